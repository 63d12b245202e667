// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One civil day of an answer and its pages as source text (Provider::dayBody).

#include "core/result.h"

#include <QByteArray>
#include <QDate>
#include <QList>

namespace wristkeep {

struct GoogleHealthType;
struct ParseContext;

/// {"dataPoints":[…]} or {"rollupDataPoints":[…]} with the day's elements byte for byte, in the order served;
/// a body that holds that day alone and no page is returned as received. NotUnderstood as the parser.
Result<QByteArray> googleHealthDayBody(const QList<QByteArray> &bodies, QDate date,
                                       const ParseContext &context, const GoogleHealthType &row);

} // namespace wristkeep
