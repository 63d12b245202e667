// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the person does on one day, minute by minute of the wall clock, and when the tracker is on the wrist.

#include "simulator/person.h"

namespace wristkeep {

struct DayPlan
{
    static constexpr int minutes = 1440;
    std::array<Doing, minutes> doing{};
    std::array<bool, minutes> worn{};
    int wakeMinute = 0;

    [[nodiscard]] bool asleepOnWrist(int minute) const
    {
        return doing.at(std::size_t(minute)) == Doing::Asleep && worn.at(std::size_t(minute));
    }
};

/// Pure: depends on person and date alone, so days can be made in any order.
DayPlan planDay(const PersonTraits &person, QDate date);

/// When the person gets up, minutes after midnight on the wall clock.
int wakeMinuteOn(const PersonTraits &person, QDate date);

/// Left at home, or the battery was empty, for the whole day.
bool isUnwornDay(const PersonTraits &person, QDate date);

} // namespace wristkeep
