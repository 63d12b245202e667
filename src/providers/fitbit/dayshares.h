// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One civil day of a range answer as source text (Provider::dayBody).

#include "core/result.h"

#include <QByteArray>
#include <QDate>
#include <QList>

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// {"activities-steps":[…]} with the day's elements byte for byte, in the order served; an answer for that
/// day alone is returned as received. NotUnderstood where a body or an element does not say its day, Internal
/// for a type that is given one day at a time.
Result<QByteArray> fitbitDayBody(const QList<QByteArray> &bodies, QDate date, const ParseContext &context,
                                 const FitbitType &row);

} // namespace wristkeep
