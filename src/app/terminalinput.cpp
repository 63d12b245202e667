// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalinput.h"

#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cstring>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace wristkeep {

TerminalInput::TerminalInput(int fd, QObject *parent) : QIODevice(parent), m_fd(fd)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
#ifdef Q_OS_UNIX
    m_notifier = new QSocketNotifier(fd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &TerminalInput::onReadable);
#endif
}

TerminalInput::~TerminalInput() = default;

qint64 TerminalInput::bytesAvailable() const
{
    return m_waiting.size() + QIODevice::bytesAvailable();
}

bool TerminalInput::canReadLine() const
{
    return m_waiting.contains('\n') || QIODevice::canReadLine();
}

qint64 TerminalInput::readData(char *data, qint64 most)
{
    const qint64 size = std::min(most, qint64(m_waiting.size()));
    std::memcpy(data, m_waiting.constData(), size_t(size));
    m_waiting.remove(0, size);
    return size;
}

qint64 TerminalInput::writeData(const char *, qint64)
{
    return -1;
}

void TerminalInput::onReadable()
{
#ifdef Q_OS_UNIX
    std::array<char, 4096> bytes{};
    const auto got = ::read(m_fd, bytes.data(), bytes.size());
    if (got <= 0) {
        // End of input (Ctrl-D) stays readable for ever.
        m_notifier->setEnabled(false);
        return;
    }
    m_waiting.append(bytes.data(), qsizetype(got));
    Q_EMIT readyRead();
#endif
}

} // namespace wristkeep
