// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A kind of data at one resolution, as one row of a provider's table. Adding a type adds a row.

#include <QMetaType>
#include <QString>

namespace wristkeep {

struct DataType
{
    QString id;    ///< "heartrate_1min": ledger, files, command line
    QString alias; ///< "heartrate": what the command line also takes; empty if none
    QString title; ///< "Heart rate, every minute"
    QString scope; ///< what the grant must contain for it
    bool inDefaultRun = false;
    int settleDays = 7; ///< days after the day's end until an answer counts as complete
    int maxDaysPerRequest = 1;
    /// The longest range of one request by the clock; 14 civil days may have 337 hours. 0: days alone count.
    int maxHoursPerRequest = 0;
    /// One day's share of an answer, roughly: what the disk and the time of a long range are reckoned from.
    int typicalDayBytes = 200;
    bool operator==(const DataType &) const = default;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::DataType)
