// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Active zone minutes of each day, in all and by zone (docs/PROVIDERS.md, "Active zone minutes").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// Daily values `active_zone_minutes` and `active_zone_minutes/fat_burn`, `/cardio`, `/peak`. A day or a zone
/// the answer leaves out has none.
Result<Batch> parseZoneMinutes(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
