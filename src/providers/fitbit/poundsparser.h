// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Weight of one day out of the original's files: log entries or the filled series, always in pounds
// (docs/PROVIDERS.md, "Files of the original").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct ParseContext;

/// Data type `weight` in kg as from the service's own logs, and the last log's body fat in %; of the series
/// the day's value alone. NotUnderstood where the BMI says that the number is not one of pounds.
Result<Batch> parseWeightInPounds(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
