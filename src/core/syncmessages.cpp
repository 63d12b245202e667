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

} // namespace wristkeep
