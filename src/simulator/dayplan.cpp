// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/dayplan.h"

#include "simulator/simrandom.h"

#include <algorithm>

namespace wristkeep {

namespace {

enum Purpose : quint64 {
    Rhythm = 11,
    Errands = 12,
    Wearing = 13,
    Night = 14,
    Holiday = 15,
    Absence = 16,
    Nap = 17
};

SimRandom randomFor(const PersonTraits &person, QDate date, Purpose purpose)
{
    return SimRandom(mixKey({person.key, quint64(date.toJulianDay()), purpose}));
}

/// One week in about eleven is a holiday.
bool isHoliday(const PersonTraits &person, QDate date)
{
    const qint64 week = (date.toJulianDay()) / 7;
    return SimRandom(mixKey({person.key, quint64(week), Holiday})).below(11) == 0;
}

bool isWorkday(const PersonTraits &person, QDate date)
{
    return date.dayOfWeek() <= 5 && !isHoliday(person, date);
}

int wakeOf(const PersonTraits &person, QDate date)
{
    SimRandom random = randomFor(person, date, Rhythm);
    const int late = isWorkday(person, date) ? 0 : person.weekendLater;
    return person.wakeMinute + late + random.between(-18, 22);
}

/// In minutes after the midnight the day began with; beyond 1440 when it is after the next one.
int bedOf(const PersonTraits &person, QDate date)
{
    SimRandom random = randomFor(person, date, Night);
    return DayPlan::minutes + wakeOf(person, date.addDays(1)) - person.sleepMinutes - random.between(-25, 40);
}

/// One night in about thirteen the tracker lies on its charger.
bool nightUnworn(const PersonTraits &person, QDate evening)
{
    SimRandom random = randomFor(person, evening, Night);
    random.next();
    return random.below(13) == 0;
}

bool isIdle(Doing doing)
{
    return doing == Doing::Home || doing == Doing::Desk;
}

class Planner
{
public:
    Planner(const PersonTraits &person, QDate date)
        : m_person(person), m_date(date), m_random(randomFor(person, date, Errands))
    {
    }

    DayPlan make()
    {
        m_plan.worn.fill(true);
        m_plan.doing.fill(Doing::Home);
        m_plan.wakeMinute = wakeOf(m_person, m_date);
        if (isWorkday(m_person, m_date))
            workday();
        else
            freeDay();
        sport();
        if (m_random.chance(300))
            put(Doing::Stroll, m_random.between(1180, 1240), m_random.between(15, 35));
        nap();
        sleep();
        wear();
        return m_plan;
    }

private:
    void put(Doing doing, int from, int length)
    {
        for (int minute = qMax(0, from); minute < qMin(DayPlan::minutes, from + length); ++minute)
            m_plan.doing.at(std::size_t(minute)) = doing;
    }

    void takeOff(int from, int length)
    {
        for (int minute = qMax(0, from); minute < qMin(DayPlan::minutes, from + length); ++minute)
            m_plan.worn.at(std::size_t(minute)) = false;
    }

    void workday()
    {
        const int begin = m_plan.wakeMinute + m_random.between(58, 82);
        const int end = m_random.between(985, 1065);
        if (m_person.office.at(std::size_t(m_date.dayOfWeek() - 1))) {
            const int way = m_person.commuteMinutes + m_random.between(-2, 3);
            put(Doing::Walk, begin, way);
            put(Doing::Desk, begin + way, end - begin - way);
            put(Doing::Walk, end, way + m_random.between(0, 6));
            put(Doing::Stroll, m_random.between(725, 765), m_random.between(14, 32));
        } else {
            put(Doing::Desk, begin, end - begin);
            if (m_random.chance(550))
                put(Doing::Stroll, m_random.between(735, 790), m_random.between(20, 40));
        }
        if (m_random.chance(350))
            put(Doing::Walk, end + m_random.between(40, 70), m_random.between(10, 22)); // shopping
    }

    void freeDay()
    {
        put(Doing::Stroll, m_random.between(620, 690), m_random.between(25, 60));
        if (isHoliday(m_person, m_date) && m_date.dayOfWeek() == 6)
            put(Doing::Driving, 700, m_random.between(150, 330)); // the journey there
        else if (m_random.chance(isHoliday(m_person, m_date) ? 650 : 380))
            put(Doing::Hike, m_random.between(790, 850), m_random.between(80, 190));
        if (m_random.chance(400))
            put(Doing::Walk, m_random.between(1070, 1110), m_random.between(10, 25));
    }

    void sport()
    {
        const Doing sport = m_person.sport.at(std::size_t(m_date.dayOfWeek() - 1));
        if (sport == Doing::Home || m_random.chance(180))
            return;
        const int start = isWorkday(m_person, m_date) ? m_random.between(1085, 1120)
                                                      : m_plan.wakeMinute + m_random.between(60, 100);
        const int length = m_random.between(32, sport == Doing::Ride ? 85 : 58);
        put(sport, start, length);
        takeOff(start + length + m_random.between(12, 20), m_random.between(9, 16)); // the shower
    }

    /// About one day in ten, away from the office, where nothing else is planned.
    void nap()
    {
        SimRandom random = randomFor(m_person, m_date, Nap);
        const bool atOffice =
            isWorkday(m_person, m_date) && m_person.office.at(std::size_t(m_date.dayOfWeek() - 1));
        if (atOffice || !random.chance(430))
            return;
        const int length = random.between(28, 85);
        for (int from = random.between(790, 860); from < 1000; from += 20) {
            const auto first = m_plan.doing.begin() + from;
            if (std::all_of(first, first + length, [](Doing doing) { return isIdle(doing); })) {
                put(Doing::Asleep, from, length);
                return;
            }
        }
    }

    void sleep()
    {
        put(Doing::Asleep, 0, m_plan.wakeMinute);
        const int late = bedOf(m_person, m_date.addDays(-1)) - DayPlan::minutes;
        if (late > 0)
            put(Doing::Home, 0, late);
        put(Doing::Asleep, bedOf(m_person, m_date), DayPlan::minutes);
    }

    void wear()
    {
        SimRandom random = randomFor(m_person, m_date, Wearing);
        takeOff(m_plan.wakeMinute + random.between(8, 18), random.between(8, 17));
        if (m_date.toJulianDay() % 4 == qint64(m_person.key % 4))
            takeOff(random.between(1215, 1260), random.between(40, 85)); // charging
        if (nightUnworn(m_person, m_date.addDays(-1)))
            takeOff(0, m_plan.wakeMinute + random.between(5, 60));
        if (nightUnworn(m_person, m_date))
            takeOff(bedOf(m_person, m_date) - random.between(5, 40), DayPlan::minutes);
        if (random.below(34) == 0)
            takeOff(m_plan.wakeMinute, random.between(200, 520)); // forgotten in the morning
        for (int gaps = random.between(2, 7); gaps > 0; --gaps) {
            const bool longOne = random.chance(160);
            takeOff(random.below(DayPlan::minutes), longOne ? random.between(9, 36) : random.between(1, 4));
        }
    }

    const PersonTraits &m_person;
    QDate m_date;
    SimRandom m_random;
    DayPlan m_plan;
};

} // namespace

int wakeMinuteOn(const PersonTraits &person, QDate date)
{
    return wakeOf(person, date);
}

DayPlan planDay(const PersonTraits &person, QDate date)
{
    return Planner(person, date).make();
}

bool isUnwornDay(const PersonTraits &person, QDate date)
{
    // A lost charger: three days in a row, every seven months or so.
    const qint64 turn = (date.toJulianDay() + qint64(person.key % 211)) % 211;
    return turn < 3 || randomFor(person, date, Absence).below(36) == 0;
}

} // namespace wristkeep
