// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The daily half of Fitbit's heart-rate answers: resting rate and zones of one day, in both shapes
// (docs/PROVIDERS.md, "Heart rate").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

class JsonNode;
struct ParseContext;

struct HeartRateDay
{
    bool named = false;         ///< the answer holds an element for the asked day
    bool zonesShowWear = false; ///< minutes above the lowest zone: somebody wore it
    QList<DailyValue> resting;  ///< none or one
    QList<DailyValue> zones;    ///< bounds, minutes and calories; empty for the windowed shape
};

/// Reads `activities-heart` of a one-day answer.
Result<HeartRateDay> heartRateDay(const JsonNode &root, const ParseContext &context);

/// The whole answer where no readings were asked for: data type `heartrate_daily`.
Result<Batch> parseHeartRateDaily(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
