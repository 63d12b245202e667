// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The levels of a night in version 1.2 of Fitbit's sleep answer (docs/PROVIDERS.md, "Sleep").

#include "core/records.h"
#include "core/result.h"

class QDateTime;

namespace wristkeep {

class JsonNode;
struct Zone;

/// `levels` as stages one after the other: `data` with the short awakenings of `shortData` laid over it.
/// Stages are "awake", "light", "deep" and "rem", or "asleep", "restless" and "awake" of a classic log.
/// `start` is the night's beginning on the wall clock (wallClockStamp()), `startUtc` the instant it stands
/// for.
Result<QList<Session::Stage>> stagesOfLevels(const JsonNode &levels, const QDateTime &start, qint64 startUtc,
                                             const Zone &zone);

} // namespace wristkeep
