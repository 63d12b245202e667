// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/syncmessages.h"

namespace wristkeep {

QString logLevelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Info:
        return QStringLiteral("info");
    case LogLevel::Warning:
        return QStringLiteral("warning");
    case LogLevel::Problem:
        return QStringLiteral("problem");
    }
    return {};
}

bool permissionEndsSoon(const AccountStatus &account, qint64 nowUtc)
{
    constexpr double ahead = 2 * 86'400;
    return account.state == ConnectionState::Connected && account.refreshEndsAt &&
           *account.refreshEndsAt - double(nowUtc) <= ahead;
}

} // namespace wristkeep
