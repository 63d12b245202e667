// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Heart rate of one day with its readings (docs/PROVIDERS.md, "Heart rate"): the intraday set as a series,
// resting rate and zones as daily values.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct ParseContext;

/// Data type `heartrate_1min`. Minutes without a reading are absent, never zero. A day without readings,
/// without a resting rate and without minutes above the lowest zone is a day without data.
Result<Batch> parseHeartRate(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
