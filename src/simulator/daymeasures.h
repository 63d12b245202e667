// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What follows from a day's steps and heart rates: distance, floors, calories, levels of activity and minutes
// in heart rate zones, minute by minute and as the figures of the day.

#include "simulator/daydata.h"

#include <array>

namespace wristkeep {

constexpr int millimetresPerFloor = 3048;

/// Fills `data.measured` from what `data` holds.
void measureDay(const PersonTraits &person, DayData &data);

struct SimDayTotals
{
    qint64 millimetres = 0;
    int floors = 0;
    qint64 calories = 0;         ///< in 1/100000 kcal; without wear the basal rate
    std::array<int, 5> levels{}; ///< minutes by SimActivityLevel; not worn counts as sedentary
    int wornSedentary = 0;       ///< sedentary minutes with the tracker on the wrist
    std::array<int, 4> zones{};  ///< minutes with a reading by heart rate zone

    [[nodiscard]] qint64 climbedMm() const { return qint64(floors) * millimetresPerFloor; }
    [[nodiscard]] int kcal() const { return int((calories + 50'000) / 100'000); }
    [[nodiscard]] int minutesAt(SimActivityLevel level) const { return levels.at(std::size_t(level)); }
    /// Active zone minutes of a zone (1 … 3): one a minute of fat burn, two a minute of cardio and peak.
    [[nodiscard]] int zoneMinutes(int zone) const { return zones.at(std::size_t(zone)) * (zone > 1 ? 2 : 1); }
    [[nodiscard]] int zoneMinutes() const { return zoneMinutes(1) + zoneMinutes(2) + zoneMinutes(3); }
};

/// Of the minutes that end up to that second of the day.
SimDayTotals totalsUntil(const DayData &data, int second);

} // namespace wristkeep
