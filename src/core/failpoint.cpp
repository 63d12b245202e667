// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failpoint.h"

#ifdef WRISTKEEP_FAIL_POINTS

#include <QByteArray>
#include <QtGlobal>

#include <atomic>
#include <csignal>

namespace wristkeep {

void passFailPoint(const char *name)
{
    static const QByteArray wanted = qgetenv("WRISTKEEP_FAIL_AT");
    static const qsizetype colon = wanted.lastIndexOf(':');
    static const QByteArray wantedName = colon < 0 ? wanted : wanted.left(colon);
    static std::atomic<int> passesLeft{colon < 0 ? 1 : wanted.mid(colon + 1).toInt()};
    if (wantedName.isEmpty() || wantedName != name)
        return;
    // SIGKILL on oneself: no destructor, no flush, just like a power switch as far as this process goes.
    if (passesLeft.fetch_sub(1) == 1)
        std::raise(SIGKILL);
}

} // namespace wristkeep

#endif
