// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/daymeasures.h"

#include "simulator/dayplan.h"
#include "simulator/heartzones.h"
#include "simulator/simrandom.h"

namespace wristkeep {

namespace {

constexpr int runningCadence = 140; ///< steps a minute

int strideMm(const PersonTraits &person, int steps)
{
    return person.heightMm * (steps >= runningCadence ? 610 : 414) / 1000;
}

/// Chance of a floor in a minute with steps, per mille.
int climbChance(Doing doing, int wall)
{
    switch (doing) {
    case Doing::Hike:
        return wall / 8 * 29 % 11 > 5 ? 640 : 20; // uphill where the heart says so too
    case Doing::Walk:
        return 45;
    case Doing::Stroll:
    case Doing::Run:
        return 25;
    case Doing::Home:
        return 30;
    case Doing::Desk:
        return 15;
    default:
        return 0;
    }
}

/// `burnt`: per cent of the basal rate.
SimActivityLevel levelOf(Doing doing, int steps, qint64 burnt)
{
    if (doing == Doing::Asleep)
        return SimActivityLevel::Asleep;
    if (burnt >= 600)
        return SimActivityLevel::Very;
    if (burnt >= 430)
        return SimActivityLevel::Fair;
    return steps > 0 || burnt >= 280 ? SimActivityLevel::Light : SimActivityLevel::Sedentary;
}

} // namespace

void measureDay(const PersonTraits &person, DayData &data)
{
    const HeartZones zones(person, data.day.date);
    const DayPlan plan = planDay(person, data.day.date);
    SimRandom random(mixKey({person.key, quint64(data.day.date.toJulianDay()), 23}));
    data.measured.fill({}, data.minutes());
    for (int minute = 0; minute < data.minutes(); ++minute) {
        SimDayMinute &made = data.measured[minute];
        const int rate = data.minuteRates.at(minute);
        if (rate == 0) {
            made.calories = qint32(zones.basalCalories());
            continue;
        }
        const int steps = data.steps.at(minute);
        const int wall = data.wallSecond(minute * 60) / 60;
        const Doing doing = plan.doing.at(std::size_t(wall));
        made.millimetres = steps * strideMm(person, steps);
        made.calories = qint32(zones.caloriesOf(rate));
        made.zone = qint8(zones.zoneOf(rate));
        made.level = levelOf(doing, steps, zones.caloriesOf(rate) * 100 / zones.basalCalories());
        if (steps > 0 && random.chance(climbChance(doing, wall)))
            made.floors = qint16(doing == Doing::Hike ? random.between(1, 3) : 1);
    }
}

SimDayTotals totalsUntil(const DayData &data, int second)
{
    SimDayTotals totals;
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= second; ++minute) {
        const SimDayMinute &measured = data.measured.at(minute);
        totals.millimetres += measured.millimetres;
        totals.floors += measured.floors;
        totals.calories += measured.calories;
        ++totals.levels.at(std::size_t(measured.level));
        if (measured.zone < 0)
            continue;
        ++totals.zones.at(std::size_t(measured.zone));
        totals.wornSedentary += measured.level == SimActivityLevel::Sedentary ? 1 : 0;
    }
    return totals;
}

} // namespace wristkeep
