// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A standard input the test types into.

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace wristkeep::test {

class BufferedInput : public QIODevice
{
    Q_OBJECT
public:
    BufferedInput() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }

    void type(const QByteArray &text)
    {
        m_waiting += text;
        Q_EMIT readyRead();
    }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool canReadLine() const override { return m_waiting.contains('\n'); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 size = std::min(most, qint64(m_waiting.size()));
        std::memcpy(data, m_waiting.constData(), size_t(size));
        m_waiting.remove(0, size);
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_waiting;
};

} // namespace wristkeep::test
