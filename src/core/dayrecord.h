// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One civil day as the screen shows it, and the days there are: values that cross from the reading thread to
// the window. A missing value is missing, never zero.

#include "core/civilday.h"
#include "core/fetchtask.h"
#include "core/records.h"

#include <QMetaType>

#include <optional>
#include <vector>

namespace wristkeep {

/// The days of an account that were ever asked for, whatever came of it; and those its predecessor has data
/// of.
struct SyncedDays
{
    AccountKey account;
    QList<QDate> days; ///< ascending
    /// The predecessor's newest day with data, while the account has no day of its own; else invalid.
    QDate goesOnFrom;
};

/// A stretch of a day that lies in one hour of the wall clock: 3600 s, or less beside a clock change.
struct WallHour
{
    qint64 startUtc = 0; ///< Unix seconds
    int seconds = 3600;
    bool operator==(const WallHour &) const = default;
};

struct HourlySteps
{
    WallHour hour;
    double steps = 0;
    bool operator==(const HourlySteps &) const = default;
};

struct DayRecord
{
    AccountKey account; ///< that was asked for
    /// The provider before this one, when the values and cells are its own: the account has nothing of the
    /// day.
    QString keptFrom;
    CivilDay day;
    std::optional<Cell> stepsCell; ///< none: never asked
    std::optional<Cell> heartCell;
    std::optional<double> steps;
    std::optional<double> predecessorSteps; ///< of a day that both have
    std::optional<double> restingHeartRate; ///< bpm
    std::optional<int> heartMinutes;        ///< minutes with at least one reading; never 0
    std::vector<Sample> heartRate;          ///< bpm, ascending
    std::vector<HourlySteps> hourlySteps;   ///< hours with readings only; empty where no such series is kept
};

/// Local minus UTC at an instant of the day, seconds.
int offsetAt(const CivilDay &day, qint64 utc);
/// What the clock on the wall said.
QTime wallTime(const CivilDay &day, qint64 utc);
/// The whole day in order: 24 on most days, 23 to 26 where the clocks change.
std::vector<WallHour> wallHours(const CivilDay &day);

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::SyncedDays)
Q_DECLARE_METATYPE(wristkeep::DayRecord)
