// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Nights out of the first version of Fitbit's sleep answer: a list of minutes, no sleep stages
// (docs/PROVIDERS.md, "Files of the original").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct ParseContext;

/// Data type `sleep`: sessions with classic stages "asleep", "restless", "awake", counted under the day of
/// waking; daily values of minutes asleep, minutes in bed and the main sleep's efficiency.
Result<Batch> parseSleepV1(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
