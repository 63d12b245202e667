// SPDX-License-Identifier: GPL-3.0-or-later
// Where in the day plan a night or a nap lies, and how its stages follow each other.
#include "core/dayrecord.h"
#include "simulator/daydata.h"
#include "simulator/dayplan.h"
#include "simulator/simrandom.h"
#include "simulator/sleeplog.h"

#include <algorithm>

namespace wristkeep {

namespace {

constexpr int shortestNight = 60; ///< minutes
constexpr int shortestNap = 20;
constexpr int longestGap = 15;   ///< minutes off the wrist that do not end a log
constexpr int leastStaged = 180; ///< shorter logs have no stages

/// Minutes asleep on the wrist, from one instant on.
struct SleepStretch
{
    qint64 startUtc = 0;
    QList<bool> worn; ///< one a minute; false: off the wrist or awake for a while
};

/// Adds the minutes of a day's plan between two of its seconds, as time really passes.
void appendMinutes(SleepStretch &stretch, const SimSleepDay &day, const DayPlan &plan, bool evening)
{
    for (int second = 0; second < day.day.seconds; second += 60) {
        const qint64 utc = day.day.startUtc + second;
        const qint64 local = utc + offsetAt(day.day, utc) - simWallMidnight(day.day.date);
        const int wall = int(qBound(qint64(0), local / 60, qint64(DayPlan::minutes - 1)));
        if (evening ? wall < 1200 : wall >= 720)
            continue;
        if (stretch.worn.isEmpty())
            stretch.startUtc = utc;
        stretch.worn.append(day.worn && plan.asleepOnWrist(wall));
    }
}

/// The stretch cut at long gaps: [first, last) in minutes.
QList<QPair<int, int>> fragmentsOf(const SleepStretch &stretch, int shortest)
{
    QList<QPair<int, int>> found;
    for (int minute = 0; minute < stretch.worn.size(); ++minute) {
        if (!stretch.worn.at(minute))
            continue;
        if (!found.isEmpty() && minute - found.last().second <= longestGap)
            found.last().second = minute + 1;
        else
            found.append({minute, minute + 1});
    }
    found.removeIf([shortest](const QPair<int, int> &part) { return part.second - part.first < shortest; });
    return found;
}

/// One log, painted stage by stage into slots of equal length.
class SleepPainter
{
public:
    SleepPainter(quint64 key, int slotSeconds, int slotCount)
        : m_random(key), m_slotSeconds(slotSeconds), m_slots(slotCount, SimSleepStage::Light)
    {
    }

    void paintStages()
    {
        int at = paint(0, m_random.between(2, 16), SimSleepStage::Wake);
        for (int cycle = 0; at < size(); ++cycle) {
            at = paint(at, m_random.between(16, 50), SimSleepStage::Light);
            at = paint(at, m_random.between(20, 70) / (cycle / 2 + 1), SimSleepStage::Deep);
            at = paint(at, m_random.between(20, 60), SimSleepStage::Light);
            at = paint(at, m_random.between(8, 30) + 8 * qMin(cycle, 4), SimSleepStage::Rem);
            if (m_random.chance(450))
                at = paint(at, m_random.between(7, 18), SimSleepStage::Wake);
        }
        paint(size() - m_random.between(2, 9), size(), SimSleepStage::Wake);
    }

    void paintClassic()
    {
        std::fill(m_slots.begin(), m_slots.end(), SimSleepStage::Asleep);
        for (int at = m_random.between(8, 30); at < size() - 2; at += m_random.between(14, 50)) {
            const bool awake = m_random.chance(120);
            paint(at, m_random.between(1, awake ? 6 : 4),
                  awake ? SimSleepStage::Awake : SimSleepStage::Restless);
        }
    }

    int paint(int from, int length, SimSleepStage stage)
    {
        const int end = qMin(size(), from + length);
        for (int slot = qMax(0, from); slot < end; ++slot)
            m_slots[slot] = stage;
        return end;
    }

    [[nodiscard]] QList<SimSleepSpan> spans(qint64 startUtc) const
    {
        QList<SimSleepSpan> out;
        for (int slot = 0; slot < size(); ++slot) {
            if (!out.isEmpty() && out.last().stage == m_slots.at(slot))
                out.last().seconds += m_slotSeconds;
            else
                out.append({startUtc + slot * m_slotSeconds, m_slotSeconds, m_slots.at(slot)});
        }
        return out;
    }

    /// Up to three minutes each, never beside another and never where the stage says awake already.
    [[nodiscard]] QList<SimSleepSpan> awakenings(qint64 startUtc)
    {
        QList<SimSleepSpan> out;
        for (int at = m_random.between(20, 60); at < size() - 8; at += m_random.between(16, 70)) {
            const int length = m_random.between(1, 6);
            const auto first = m_slots.begin() + at - 1;
            if (std::find(first, first + length + 2, SimSleepStage::Wake) == first + length + 2)
                out.append({startUtc + at * m_slotSeconds, length * m_slotSeconds, SimSleepStage::Wake});
        }
        return out;
    }

private:
    [[nodiscard]] int size() const { return int(m_slots.size()); }

    SimRandom m_random;
    int m_slotSeconds;
    QList<SimSleepStage> m_slots;
};

class SleepMaker
{
public:
    SleepMaker(const PersonTraits &person, const std::array<SimSleepDay, 3> &days)
        : m_person(person), m_days(days)
    {
        for (std::size_t day = 0; day < days.size(); ++day)
            m_plans.at(day) = planDay(person, days.at(day).day.date);
    }

    QList<SimSleepLog> make()
    {
        night(0, 1);
        nap();
        night(1, 2);
        m_logs.removeIf([this](const SimSleepLog &log) { return log.date != today().date; });
        SimSleepLog *longest = nullptr;
        for (SimSleepLog &log : m_logs) {
            if (!log.nap && (!longest || log.seconds() > longest->seconds()))
                longest = &log;
        }
        if (longest)
            longest->main = true;
        return m_logs;
    }

private:
    [[nodiscard]] const CivilDay &today() const { return m_days.at(1).day; }

    void night(std::size_t evening, std::size_t morning)
    {
        SleepStretch stretch;
        const SimSleepDay &before = m_days.at(evening);
        // A night flight has no evening before it: the days do not meet.
        if (before.day.endUtc() == m_days.at(morning).day.startUtc)
            appendMinutes(stretch, before, m_plans.at(evening), true);
        appendMinutes(stretch, m_days.at(morning), m_plans.at(morning), false);
        // Whoever fell asleep without the tracker does not put it on in the middle of the night.
        const bool fellAsleepBefore = m_plans.at(evening).doing.back() == Doing::Asleep;
        if (!m_days.at(morning).worn || (fellAsleepBefore && !before.worn))
            return;
        SimRandom random(mixKey({m_person.key, quint64(before.day.date.toJulianDay()), 31}));
        const int length = int(stretch.worn.count(true));
        if (random.below(14) == 0 && length >= 360) {
            const int pause = int(stretch.worn.indexOf(true)) + length * random.between(40, 60) / 100;
            std::fill_n(stretch.worn.begin() + pause, random.between(40, 90), false);
        }
        const bool few = random.below(24) == 0;
        int number = 0;
        for (const auto &[first, last] : fragmentsOf(stretch, shortestNight))
            append(stretch, first, last, few, false, before.day.date, number++);
    }

    void nap()
    {
        SleepStretch stretch;
        stretch.startUtc = today().startUtc;
        constexpr int noon = 720;
        constexpr int evening = 1200;
        const int shift = (today().changeUtc ? today().offsetS - today().offsetAfterS : 0) / 60;
        for (int minute = 0; minute < DayPlan::minutes; ++minute) {
            const bool inside = minute >= noon && minute < evening;
            stretch.worn.append(m_days.at(1).worn && inside && m_plans.at(1).asleepOnWrist(minute));
        }
        stretch.startUtc += shift * 60;
        int number = 0;
        for (const auto &[first, last] : fragmentsOf(stretch, shortestNap))
            append(stretch, first, last, false, true, today().date, 5 + number++);
    }

    void append(const SleepStretch &stretch, int first, int last, bool few, bool nap, QDate evening,
                int number)
    {
        const quint64 key = mixKey({m_person.key, quint64(evening.toJulianDay()), 32, quint64(number)});
        SimSleepLog log;
        log.quality = nap || last - first < leastStaged
                          ? SimSleepQuality::TooShort
                          : (few ? SimSleepQuality::FewReadings : SimSleepQuality::Staged);
        const int half = log.staged() && key % 2 == 0 ? 30 : 0;
        log.nap = nap;
        log.id = 40'000'000'000 + simWallMidnight(evening) / 86'400 * 1'000'000 + number * 100'000 +
                 qint64(key % 99'991);
        log.startUtc = stretch.startUtc + first * 60 + half;
        log.endUtc = stretch.startUtc + last * 60;
        const CivilDay &startDay = dayOf(log.startUtc);
        const CivilDay &endDay = dayOf(log.endUtc);
        log.date = endDay.date;
        log.startOffset = offsetAt(startDay, log.startUtc);
        log.endOffset = offsetAt(endDay, log.endUtc);
        paint(log, key, stretch, first, last);
        m_logs.append(log);
    }

    void paint(SimSleepLog &log, quint64 key, const SleepStretch &stretch, int first, int last)
    {
        const int slot = log.staged() ? 30 : 60;
        SleepPainter painter(key, slot, log.seconds() / slot);
        if (log.staged())
            painter.paintStages();
        else
            painter.paintClassic();
        // Off the wrist for some minutes, nobody knows more than that the sleeper moved.
        for (int minute = first; minute < last; ++minute) {
            if (!stretch.worn.at(minute))
                painter.paint((minute - first) * 60 / slot, 60 / slot,
                              log.staged() ? SimSleepStage::Wake : SimSleepStage::Awake);
        }
        log.spans = painter.spans(log.startUtc);
        if (log.staged())
            log.awakenings = painter.awakenings(log.startUtc);
    }

    [[nodiscard]] const CivilDay &dayOf(qint64 utc) const
    {
        for (std::size_t day = m_days.size(); day-- > 1;) {
            if (utc >= m_days.at(day).day.startUtc)
                return m_days.at(day).day;
        }
        return m_days.front().day;
    }

    const PersonTraits &m_person;
    const std::array<SimSleepDay, 3> &m_days;
    std::array<DayPlan, 3> m_plans;
    QList<SimSleepLog> m_logs;
};

} // namespace

QList<SimSleepLog> makeSleeps(const PersonTraits &person, const std::array<SimSleepDay, 3> &days)
{
    return SleepMaker(person, days).make();
}

} // namespace wristkeep
