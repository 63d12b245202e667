// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The daily half of Fitbit's heart-rate answers: resting rate and zones of each day, in both shapes
// (docs/PROVIDERS.md, "Heart rate").

#include "core/records.h"
#include "core/result.h"

#include <QMap>

namespace wristkeep {

class JsonNode;
struct FitbitType;
struct ParseContext;

struct HeartRateDay
{
    bool zonesShowWear = false; ///< minutes above the lowest zone: somebody wore it
    QList<DailyValue> resting;  ///< none or one
    QList<DailyValue> zones;    ///< bounds, minutes and calories; empty for the windowed shape
};

/// Reads `activities-heart`: the days it names.
Result<QMap<QDate, HeartRateDay>> heartRateDays(const JsonNode &root, const ParseContext &context);

/// The whole answer where no readings were asked for, one day or a range: data type `heartrate_daily`.
Result<Batch> parseHeartRateDaily(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
