// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Types with one value a civil day, with several parts of it, or both: daily roll-ups and Google's daily
// types.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct GoogleHealthType;
struct ParseContext;

/// Days without a row have no data; a row that says 0 is a day of zero. Of several values a list holds for
/// one day, of several sources, the lowest counts, whatever their order.
Result<Batch> parseDailyValues(const QByteArray &body, const ParseContext &context,
                               const GoogleHealthType &row);

} // namespace wristkeep
