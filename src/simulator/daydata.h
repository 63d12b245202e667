// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The truth of one civil day of one person: steps minute by minute, heart rate every few seconds. Minutes are
// counted as time really passes, so a day of a clock change has 1380 or 1500 of them.

#include "core/civilday.h"
#include "simulator/person.h"

#include <QList>

namespace wristkeep {

struct HeartReading
{
    qint32 second = 0; ///< since the day's first instant
    qint32 rate = 0;   ///< beats a minute
};

enum class SimActivityLevel : std::uint8_t { Sedentary, Light, Fair, Very, Asleep };

/// What one minute amounts to besides steps and rate.
struct SimDayMinute
{
    qint32 millimetres = 0;
    qint32 calories = 0; ///< in 1/100000 kcal, the basal rate included
    qint16 floors = 0;
    qint8 zone = -1; ///< heart rate zone, 0 … 3; -1: no reading
    SimActivityLevel level = SimActivityLevel::Sedentary;
};

struct DayData
{
    CivilDay day;
    bool worn = false;            ///< false: nothing was recorded at all
    QList<int> steps;             ///< one a minute; zeros where nothing was counted
    QList<HeartReading> readings; ///< ascending
    QList<int> minuteRates;       ///< the mean of the minute's readings; 0: no reading
    QList<SimDayMinute> measured; ///< one a minute
    int wakeMinute = 0;           ///< of the wall clock
    int restingRate = 0;          ///< 0: not computed

    [[nodiscard]] int minutes() const { return day.seconds / 60; }
    /// Seconds on the wall clock (0 … 86399) at so many seconds after the day's first instant.
    [[nodiscard]] int wallSecond(int second) const;
    [[nodiscard]] qint64 utcOf(int second) const { return day.startUtc + second; }
    /// Steps up to (not including) that second.
    [[nodiscard]] int stepsUntil(int second) const;
};

/// What the wall clock shows when a date begins, in seconds since 1970.
qint64 simWallMidnight(QDate date);

/// Pure: the same person, day and wear give the same data.
DayData makeDay(const PersonTraits &person, const CivilDay &day, bool worn);

/// A day counted in UTC, cut out of the civil days around it.
DayData utcDay(QDate date, const QList<const DayData *> &around);

} // namespace wristkeep
