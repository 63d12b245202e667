// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which days `sync` is asked for: the rules of --date, --from and --to.

#include "core/result.h"

#include <QDate>

#include <optional>

namespace wristkeep {

struct Arguments;

struct DateRange
{
    std::optional<QDate> first; ///< none: each participant's yesterday
    std::optional<QDate> last;  ///< none with `first`: up to yesterday
};

/// BadUsage for impossible or reversed dates, --to alone, --date with the others.
Result<DateRange> dateRange(const Arguments &arguments);

/// BadUsage when the range reaches beyond `today`, or --from alone begins after yesterday.
Outcome checkNotFuture(const DateRange &range, QDate today);

} // namespace wristkeep
