// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The daily series of the simulated Fitbit: one entry a date, values as text.

#include "simulator/apicall.h"

namespace wristkeep {

/// The periods of the activity series.
QStringList simSeriesPeriods();

/// {"dateTime":"2024-03-10","value":"9120"}, now and then the other way round.
QByteArray seriesEntry(const ApiCall &call, QDate date, const QByteArray &value);

/// {"KEY":[…]}, the key made of prefix and resource ("activities", "tracker/distance"). Dates before the
/// account existed have no entry.
SimResponse seriesResponse(const ApiCall &call, const QString &prefix, const DateQuery &query,
                           const std::function<QByteArray(QDate)> &value);

} // namespace wristkeep
