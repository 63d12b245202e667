// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the readers of a night's parts share: how long a night may be, and a list of stages that grows.

#include "core/records.h"

namespace wristkeep {

inline constexpr qint64 LongestSleepGap = 12 * 3600; ///< s; a larger step back in time is disorder, not a gap
inline constexpr qint64 LongestSleep = 48 * 3600;    ///< s

/// Goes on with the last stage where it is the same and there is no gap.
inline void appendStage(QList<Session::Stage> &stages, const Session::Stage &next)
{
    if (!stages.isEmpty() && stages.last().stage == next.stage &&
        stages.last().startUtc + stages.last().seconds == next.startUtc)
        stages.last().seconds += next.seconds;
    else
        stages.append(next);
}

} // namespace wristkeep
