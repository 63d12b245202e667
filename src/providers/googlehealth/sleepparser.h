// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Nights and naps with their stages, as a list of the API holds them.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct GoogleHealthType;
struct ParseContext;

/// Each record of each source is a session of its own, under the day its end has on the clock of that moment.
/// Makes no sums of a day: its other sleeps may be on another page.
Result<Batch> parseSleep(const QByteArray &body, const ParseContext &context, const GoogleHealthType &row);

} // namespace wristkeep
