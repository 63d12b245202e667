// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request body that can be read once and never rewound, so that the network library cannot send it a
// second time behind our back when a connection closes before the answer (docs/adr/0002-oauth-flow.md).

#include <QByteArray>
#include <QIODevice>

namespace wristkeep {

class OnceDevice final : public QIODevice
{
    Q_OBJECT
public:
    explicit OnceDevice(QByteArray body, QObject *parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_at >= m_body.size(); }
    bool seek(qint64) override { return false; } ///< refused without the library's warning
    [[nodiscard]] qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    QByteArray m_body;
    qint64 m_at = 0;
};

} // namespace wristkeep
