// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who the made-up person is: body, habits and week, all drawn from one key.

#include <QDate>
#include <QString>

#include <array>
#include <cstdint>

namespace wristkeep {

/// What somebody does in one minute of the day.
enum class Doing : std::uint8_t { Asleep, Home, Desk, Walk, Stroll, Run, Ride, Strength, Hike, Driving };

struct PersonTraits
{
    quint64 key = 0;
    QString id; ///< 6 characters, Fitbit's encoded id
    QString firstName;
    QString lastName;
    bool female = true;
    QDate born;
    int heightMm = 1710;
    int weightG = 63'400;
    int restingRate = 58;  ///< beats a minute
    int wakeMinute = 400;  ///< on working days, minutes after midnight
    int weekendLater = 75; ///< how much later on other days
    int sleepMinutes = 450;
    int commuteMinutes = 18;      ///< on foot, each way
    int vigour = 100;             ///< per cent of an average walker
    std::array<bool, 7> office{}; ///< Monday first
    std::array<Doing, 7> sport{}; ///< Home: none on that weekday

    [[nodiscard]] QString fullName() const { return firstName + QLatin1Char(' ') + lastName; }
    [[nodiscard]] int ageOn(QDate date) const;
    [[nodiscard]] int maxRate(QDate date) const { return 220 - ageOn(date); }
    /// Basal metabolic rate (Mifflin-St Jeor), kilocalories a day.
    [[nodiscard]] int basalRate(QDate date) const;
};

/// The same seed and index give the same person.
PersonTraits makePerson(quint64 seed, int index);

} // namespace wristkeep
