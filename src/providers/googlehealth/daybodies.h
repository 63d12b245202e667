// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The civil days of an answer and its pages as source text (Provider::dayBodies).

#include "providers/provider.h"

namespace wristkeep {

struct GoogleHealthType;

/// {"dataPoints":[…]} or {"rollupDataPoints":[…]} for each of `dates`, with the day's elements byte for byte,
/// in the order served; a body that holds one day alone and no page is returned as received. NotUnderstood as
/// the parser.
Result<DayBodies> googleHealthDayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                        const ParseContext &context, const GoogleHealthType &row);

} // namespace wristkeep
