// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// rollUp and dailyRollUp: sums over windows of physical time, or of civil days in the person's own zone.
// Windows without data are missing.

#include "simulator/google/googlecall.h"
#include "simulator/google/googlepagetoken.h"

#include <QMap>

namespace wristkeep {

struct GoogleRollUpQuery
{
    bool daily = false;
    qint64 startMs = 0; ///< physical: milliseconds since the epoch
    qint64 endMs = 0;   ///< exclusive
    qint64 windowMs = 0;
    QDate first; ///< daily
    QDate end;   ///< exclusive
    int windowDays = 1;
    GoogleFamily family = GoogleFamily::All;
    QString token;
    GooglePosition position;
    QByteArray binding;
};

/// Returns the refusal, or nothing and fills `query`.
std::optional<SimResponse> readRollUpQuery(const GoogleCall &call, bool daily, GoogleRollUpQuery *query);

/// Sums by window number, counted from the range's start.
QMap<qint64, GoogleSums> rollUpWindows(const GoogleCall &call, const GoogleRollUpQuery &query);

SimResponse rollUpAnswer(const GoogleCall &call, const GoogleRollUpQuery &query);

} // namespace wristkeep
