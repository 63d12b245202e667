// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interruption.h"

#include <QSocketNotifier>

#include <array>

#ifdef Q_OS_UNIX
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace wristkeep {

#ifdef Q_OS_UNIX
namespace {

constexpr std::array<int, 3> signalsTaken{SIGINT, SIGTERM, SIGHUP};

// A signal handler has no object to speak to; it may only write to a pipe (signal-safety(7)).
std::array<int, 2> pipeEnds{-1, -1};

void handle(int)
{
    const char byte = 1;
    const auto ignored = ::write(pipeEnds[1], &byte, 1);
    static_cast<void>(ignored);
}

} // namespace

Interruption::Interruption(QObject *parent) : QObject(parent)
{
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &Interruption::onArrived);
    for (const int signal : signalsTaken) {
        struct sigaction action
        {
        };
        action.sa_handler = handle;
        // After the first one the default is back: the second kills.
        action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
        ::sigaction(signal, &action, nullptr);
    }
}

Interruption::~Interruption()
{
    for (const int signal : signalsTaken)
        ::signal(signal, SIG_DFL);
    for (int &end : pipeEnds) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

void Interruption::onArrived()
{
    std::array<char, 16> bytes{};
    const auto ignored = ::read(pipeEnds[0], bytes.data(), bytes.size());
    static_cast<void>(ignored);
    Q_EMIT interrupted();
}
#else
Interruption::Interruption(QObject *parent) : QObject(parent) {}

Interruption::~Interruption() = default;

void Interruption::onArrived() {}
#endif

} // namespace wristkeep
