// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The minutes of a night in the first version of Fitbit's sleep answer (docs/PROVIDERS.md, "Sleep").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

class JsonNode;
struct Zone;

/// `minuteData` joined to stages "asleep", "restless" and "awake". Minute follows minute, also across
/// midnight and a clock change; where the wall clock jumps, the set has a hole of that length.
Result<QList<Session::Stage>> stagesOfMinutes(const JsonNode &list, qint64 startUtc, const Zone &zone);

} // namespace wristkeep
