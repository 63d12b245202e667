// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One number a day out of Fitbit's activity series, one day or a range: steps, distance, minutes
// (docs/PROVIDERS.md, "Activity series"). What a series is called, in which unit and what its zero means
// stands in its row of the table.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// {"activities-steps":[{"dateTime":"2024-03-10","value":"9120"}]} to daily values of the row's id. A zero is
/// kept with the witness it needs; alone it does not make a day with data.
Result<Batch> parseActivitySeries(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
