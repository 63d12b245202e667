// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Heart rate of one day with its readings (docs/PROVIDERS.md, "Heart rate"): the intraday set as a series,
// resting rate and zones as daily values.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// Data types `heartrate_1min` and `heartrate_1s`. Times without a reading are absent, never zero. A day
/// without readings is one without data, unless the row keeps daily values and there is a resting rate, or
/// minutes above the lowest zone.
Result<Batch> parseHeartRate(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
