// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a plan costs, in plain words. Pure functions; instants on this computer's clock.

#include "gui/wording.h"
#include "sync/planestimate.h"

namespace wristkeep {

/// "15:30", "tomorrow, 14:01", "28 November, 14:01": short, for what is to come.
QString momentInWords(qint64 utc, qint64 nowUtc);
/// "at 15:30", "tomorrow at 14:01", "on 28 November at 14:01".
QString atMomentInWords(qint64 utc, qint64 nowUtc);
/// "less than a minute", "4 minutes", "8 hours", "4 h 40 min", "1 day 5 h".
QString spanInWords(qint64 seconds);

/// "1,204".
QString planRequestsInWords(const PlanEstimate &plan);
/// "4 minutes, done by 15:30"; where the service's limit makes it last: "4 h 40 min at Fitbit's pace, done by
/// …".
QString planTimeInWords(const PlanEstimate &plan, qint64 nowUtc);
/// "about 95 MB".
QString planSizeInWords(const PlanEstimate &plan);
/// "Left out for want of permission: 2 days of data"; empty when nothing is.
QString planLeftOutInWords(const PlanEstimate &plan);

/// "2 requests, done by 09:13, about 40 kB", "1,204 requests, 8 hours at Fitbit's pace, done by …", or why
/// nothing is to be asked.
QString planInWords(const PlanEstimate &plan, qint64 nowUtc);
/// The same by kind of data, with what the limit holds and where the bytes go; a line each.
QStringList planDetailsInWords(const PlanEstimate &plan, const DataTitles &titles, qint64 nowUtc);

} // namespace wristkeep
