// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Standard input as a device that says when a line was typed, without ever waiting for it.

#include <QIODevice>

class QSocketNotifier;

namespace wristkeep {

class TerminalInput : public QIODevice
{
    Q_OBJECT
public:
    explicit TerminalInput(int fd, QObject *parent = nullptr);
    ~TerminalInput() override;

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool canReadLine() const override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void onReadable();

    int m_fd = -1;
    QByteArray m_waiting;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace wristkeep
