// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process.h"

#include "core/logging.h"

#include <QCoreApplication>

#ifdef Q_OS_UNIX
#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace wristkeep {

using namespace Qt::StringLiterals;

#ifdef Q_OS_UNIX
namespace {

struct Inherited
{
    mode_t mask = 022;
    rlimit core{};
};

Inherited inherited;

} // namespace
#endif

void hardenProcess()
{
#ifdef Q_OS_UNIX
    inherited.mask = ::umask(077);
    ::getrlimit(RLIMIT_CORE, &inherited.core);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    // A database or day file opened as 0, 1 or 2 would be written into by whoever prints.
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
        if (::fcntl(fd, F_GETFD) == -1)
            ::open("/dev/null", O_RDWR);
    }
    ::signal(SIGPIPE, SIG_IGN);
#endif
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

std::function<void()> softenChild()
{
#ifdef Q_OS_UNIX
    return [] {
        ::setsid();
        ::umask(inherited.mask);
        // The hard limit is already 0 and stays; the soft one is all a program may still change.
        ::setrlimit(RLIMIT_CORE, &inherited.core);
        ::signal(SIGPIPE, SIG_DFL);
    };
#else
    return [] {};
#endif
}

void setUpApplication(const std::shared_ptr<const SecretRegister> &secrets)
{
    QCoreApplication::setApplicationName(u"wristkeep"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WRISTKEEP_VERSION));
    // QT_LOGGING_RULES goes before these.
    QLoggingCategory::setFilterRules(u"*.debug=false\n*.info=false"_s);
    installLogHandler(secrets);
}

LogEnd::~LogEnd()
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

int terminalWidth()
{
    constexpr int usual = 80;
#ifdef Q_OS_UNIX
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return usual;
}

bool isTerminal(int fd)
{
#ifdef Q_OS_UNIX
    return ::isatty(fd) == 1;
#else
    Q_UNUSED(fd)
    return false;
#endif
}

} // namespace wristkeep
