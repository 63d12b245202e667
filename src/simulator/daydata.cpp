// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/daydata.h"

#include "core/dayrecord.h"
#include "simulator/daymeasures.h"
#include "simulator/dayplan.h"
#include "simulator/simrandom.h"

#include <QTimeZone>

#include <numeric>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int secondsPerDay = 86'400;
constexpr int enoughReadings = 200;

/// Fills one day minute by minute; rates are kept in thousandths so that all arithmetic stays whole.
class DayMaker
{
public:
    DayMaker(const PersonTraits &person, DayData &data)
        : m_person(person), m_data(data), m_plan(planDay(person, data.day.date)),
          m_random(mixKey({person.key, quint64(data.day.date.toJulianDay()), 21})),
          m_maxRate(person.maxRate(data.day.date))
    {
    }

    void make()
    {
        SimRandom season(mixKey({m_person.key, quint64(m_data.day.date.toJulianDay() / 9), 22}));
        m_resting = m_person.restingRate + season.between(-2, 2);
        m_mood = m_random.between(82, 118) * m_person.vigour / 100;
        m_data.wakeMinute = m_plan.wakeMinute;
        m_data.readings.reserve(14'000);
        const int count = m_data.minutes();
        m_rate = 1000 * m_resting - 2000;
        for (int minute = 0; minute < count; ++minute) {
            const int wall = m_data.wallSecond(minute * 60) / 60;
            const Doing doing = m_plan.doing.at(std::size_t(wall));
            const bool worn = m_plan.worn.at(std::size_t(wall));
            const int walked = stepsOf(doing);
            m_data.steps[minute] = worn ? walked : 0;
            measure(minute, doing, walked, wall, worn);
        }
        if (m_data.readings.size() >= enoughReadings)
            m_data.restingRate = m_resting + m_random.between(-1, 1);
    }

private:
    int stepsOf(Doing doing)
    {
        switch (doing) {
        case Doing::Asleep:
            return m_random.chance(3) ? m_random.between(6, 19) : 0;
        case Doing::Home:
            return scaled(burst(210, 4, 38));
        case Doing::Desk:
            return scaled(burst(75, 5, 55));
        case Doing::Driving:
            return burst(20, 4, 30);
        case Doing::Walk:
            return scaled(m_random.chance(60) ? m_random.between(35, 80) : m_random.between(98, 117));
        case Doing::Stroll:
            return scaled(m_random.chance(150) ? m_random.between(10, 70) : m_random.between(84, 108));
        case Doing::Hike:
            return scaled(m_random.chance(110) ? m_random.between(0, 60) : m_random.between(88, 118));
        case Doing::Run:
            return m_random.between(152, 174);
        case Doing::Ride:
            return m_random.chance(80) ? m_random.between(2, 9) : 0;
        case Doing::Strength:
            return m_random.chance(450) ? m_random.between(4, 34) : 0;
        }
        return 0;
    }

    int burst(int perMille, int low, int high)
    {
        m_walking =
            m_walking > 0 ? m_walking - 1 : (m_random.chance(perMille / 3) ? m_random.between(1, 5) : 0);
        return m_walking > 0 ? m_random.between(low, high) : 0;
    }

    [[nodiscard]] int scaled(int steps) const { return steps * (100 + (m_mood - 100) / 3) / 100; }

    int target(Doing doing, int walked, int wall) const
    {
        const int reserve = m_maxRate - m_resting;
        const int rest = 1000 * m_resting;
        switch (doing) {
        case Doing::Asleep: {
            // Cycles of an hour and a half, lowest some three hours before waking.
            const int phase = wall % 90;
            const int wave = (phase < 45 ? phase : 90 - phase) * 130;
            const int depth = qBound(0, wall < 720 ? (m_plan.wakeMinute - wall) * 12 : 4000, 4000);
            return rest - 1000 + wave - depth;
        }
        case Doing::Home:
            return rest + 11'500 + walked * 320;
        case Doing::Desk:
            return rest + 8500 + walked * 260;
        case Doing::Driving:
            return rest + 10'000;
        case Doing::Walk:
            return rest + reserve * 400;
        case Doing::Stroll:
            return rest + reserve * 345;
        case Doing::Hike:
            return rest + reserve * (430 + (wall / 8 * 29 % 11) * 14); // uphill, downhill
        case Doing::Run:
            return rest +
                   reserve * (690 + (m_mood - 100) + (wall % 9 < 3 ? 140 : 0)); // with faster stretches
        case Doing::Ride:
            return rest + reserve * (540 + (m_mood - 100) + (wall / 6 * 17 % 7) * 22);
        case Doing::Strength:
            return rest + reserve * (380 + (wall % 6) * 40);
        }
        return rest;
    }

    void measure(int minute, Doing doing, int walked, int wall, bool worn)
    {
        const int wanted = target(doing, walked, wall);
        m_rate += wanted > m_rate ? (wanted - m_rate) * 5 / 16 : (wanted - m_rate) * 3 / 16;
        m_noise = m_noise * 3 / 4 + m_random.between(-1300, 1300);
        const int end = (minute + 1) * 60;
        int sum = 0;
        int count = 0;
        while (m_cursor < end) {
            const quint64 chance = m_random.next();
            if (worn) {
                const int jitter = int((chance >> 40) % 3001) - 1500;
                const int rate = qBound(38, (m_rate + m_noise + jitter + 500) / 1000, m_maxRate + 4);
                m_data.readings.append({m_cursor, rate});
                sum += rate;
                ++count;
            }
            const int step = int(chance & 7);
            m_cursor += step < 4 ? 5 : (step < 7 ? 10 : 15);
        }
        if (count > 0)
            m_data.minuteRates[minute] = (2 * sum + count) / (2 * count);
    }

    const PersonTraits &m_person;
    DayData &m_data;
    DayPlan m_plan;
    SimRandom m_random;
    int m_maxRate;
    int m_resting = 60;
    int m_mood = 100;
    int m_walking = 0;
    int m_rate = 60'000;
    int m_noise = 0;
    int m_cursor = 2;
};

} // namespace

qint64 simWallMidnight(QDate date)
{
    return QDate(1970, 1, 1).daysTo(date) * secondsPerDay;
}

int DayData::wallSecond(int second) const
{
    const qint64 utc = utcOf(second);
    const qint64 local = (utc + offsetAt(day, utc)) % secondsPerDay;
    return int(local < 0 ? local + secondsPerDay : local);
}

int DayData::stepsUntil(int second) const
{
    const qsizetype end = qBound(qsizetype(0), qsizetype(second / 60), steps.size());
    return std::accumulate(steps.begin(), steps.begin() + end, 0);
}

DayData makeDay(const PersonTraits &person, const CivilDay &day, bool worn)
{
    DayData data;
    data.day = day;
    data.worn = worn;
    data.steps.fill(0, data.minutes());
    data.minuteRates.fill(0, data.minutes());
    if (worn)
        DayMaker(person, data).make();
    measureDay(person, data);
    data.readings.squeeze();
    return data;
}

DayData utcDay(QDate date, const QList<const DayData *> &around)
{
    DayData data;
    data.day.date = date;
    data.day.zone = u"UTC"_s;
    data.day.startUtc = QDateTime(date, QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
    data.steps.fill(0, data.minutes());
    data.minuteRates.fill(0, data.minutes());
    data.measured.fill({}, data.minutes());
    for (const DayData *part : around) {
        const qint64 shift = part->day.startUtc - data.day.startUtc;
        for (int minute = 0; minute < part->minutes(); ++minute) {
            const qint64 at = minute + shift / 60;
            if (at < 0 || at >= data.minutes())
                continue;
            data.steps[at] = part->steps.at(minute);
            data.minuteRates[at] = part->minuteRates.at(minute);
            data.measured[at] = part->measured.at(minute);
        }
        for (const HeartReading &reading : part->readings) {
            const qint64 at = reading.second + shift;
            if (at >= 0 && at < secondsPerDay)
                data.readings.append({qint32(at), reading.rate});
        }
        data.worn = data.worn || part->worn;
        if (part->day.date == date) {
            data.restingRate = part->restingRate;
            data.wakeMinute = part->wakeMinute;
        }
    }
    return data;
}

} // namespace wristkeep
