// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The civil days of a range answer as source text (Provider::dayBodies).

#include "providers/provider.h"

namespace wristkeep {

struct FitbitType;

/// {"activities-steps":[…]} for each of `dates`, with the day's elements byte for byte, in the order served;
/// an answer for one day alone is returned as received. NotUnderstood where a body or an element does not say
/// its day, Internal for a type that is given one day at a time.
Result<DayBodies> fitbitDayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                  const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
