// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failpoint.h"

#ifdef WRISTKEEP_FAIL_POINTS

#include <QByteArray>
#include <QFile>

#include <atomic>
#include <csignal>

namespace wristkeep {

namespace {

void noteIn(const QByteArray &file, const char *name)
{
    QFile list(QString::fromLocal8Bit(file));
    if (list.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        list.write(QByteArray(name) + '\n');
}

} // namespace

void passFailPoint(const char *name)
{
    static const QByteArray list = qgetenv("WRISTKEEP_FAIL_LIST");
    static const QByteArray wanted = qgetenv("WRISTKEEP_FAIL_AT");
    static const qsizetype colon = wanted.lastIndexOf(':');
    static const QByteArray wantedName = colon < 0 ? wanted : wanted.left(colon);
    static std::atomic<int> passesLeft{colon < 0 ? 1 : wanted.mid(colon + 1).toInt()};
    if (!list.isEmpty())
        noteIn(list, name);
    if (wantedName.isEmpty() || wantedName != name)
        return;
    // SIGKILL on oneself: no destructor, no flush, just like a power switch as far as this process goes.
    if (passesLeft.fetch_sub(1) == 1)
        std::raise(SIGKILL);
}

} // namespace wristkeep

#endif
