// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When the program syncs by itself, and what it asks for then. Pure: everything it knows comes in as values.

#include "core/syncmessages.h"

#include <QHash>

namespace wristkeep {

struct ScheduleInput
{
    int hours = 0;                       ///< between runs; 0: never
    std::optional<qint64> lastBeganUtc;  ///< Unix seconds at which the last scheduled run began
    qint64 nowUtc = 0;                   ///< Unix seconds
    QDate today;                         ///< on this computer's wall clock, for accounts without a known zone
    QList<AccountStatus> accounts;       ///< as last read
    QHash<AccountKey, qint64> pausedUtc; ///< Unix seconds at which an account's request limit ends, also past
};

/// The run that is due now, if one is. Connected accounts only; one that waits for its request limit is left
/// out, and is due by itself once the wait is over. The run asks the eight days up to each participant's own
/// yesterday (a day more where others live further west): seven that may still change and the one that has
/// just settled. The planner leaves out what is settled there, unless its last answer is doubted.
std::optional<SyncRequest> scheduledRun(const ScheduleInput &input);

} // namespace wristkeep
