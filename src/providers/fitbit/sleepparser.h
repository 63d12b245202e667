// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Nights and naps out of Fitbit's sleep answers, one day or a range: version 1.2 with its levels, and the
// first version's minutes in files of the original (docs/PROVIDERS.md, "Sleep").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// Sessions with stages, each counted under the day of waking; daily values of minutes asleep and in bed, of
/// all sleeps of a day, and of the main sleep's efficiency. ServiceFailing while the service works the stages
/// out.
Result<Batch> parseSleep(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
