// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Weight of one day out of the original's files: log entries or the filled series, always in pounds
// (docs/PROVIDERS.md, "Files of the original").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct ParseContext;

/// Data type `weight`: the day's last weight in kg; body fat in % and BMI where a log has them.
Result<Batch> parseWeightInPounds(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
