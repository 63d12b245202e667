// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/generator.h"

#include "simulator/simrandom.h"

#include <QDateTime>
#include <QTime>

#include <algorithm>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60;
constexpr qint64 hour = 3'600;
constexpr qint64 day = 86'400;

const QByteArrayList changingZones{"Europe/Berlin",    "America/New_York",  "Australia/Lord_Howe",
                                   "America/St_Johns", "Pacific/Chatham",   "Atlantic/Azores",
                                   "America/Santiago", "Africa/Casablanca", "Europe/Dublin"};
const QByteArrayList otherZones{"Asia/Kathmandu", "Pacific/Kiritimati", "Asia/Tokyo", "America/Sao_Paulo",
                                "Pacific/Pago_Pago"};

const QStringList fitbitTypes{u"steps"_s,    u"heartrate_1min"_s,     u"sleep"_s, u"weight"_s, u"floors"_s,
                              u"calories"_s, u"active_zone_minutes"_s};
const QStringList googleTypes{u"steps"_s,
                              u"heartrate_1min"_s,
                              u"resting_heart_rate"_s,
                              u"sleep"_s,
                              u"weight"_s,
                              u"distance"_s,
                              u"steps_1min"_s,
                              u"calories"_s,
                              u"active_zone_minutes"_s,
                              u"heart_rate_zones"_s,
                              u"heart_rate_zone_minutes"_s};

// Points that a sync or a backfill passes, from its beginning to its end.
const QStringList killPoints{u"sync.leased"_s,
                             u"sync.token-ready"_s,
                             u"sync.planned"_s,
                             u"sync.answered"_s,
                             u"sync.before-archive"_s,
                             u"store.archive.begin"_s,
                             u"store.archive.indexed"_s,
                             u"sync.archived"_s,
                             u"sync.parsed"_s,
                             u"store.archive.before-commit"_s,
                             u"store.archive.done"_s,
                             u"store.commit.begin"_s,
                             u"store.commit.samples"_s,
                             u"store.commit.daily"_s,
                             u"store.commit.cells"_s,
                             u"store.commit.before-commit"_s,
                             u"store.commit.committed"_s,
                             u"sync.committed"_s,
                             u"store.commit.done"_s,
                             u"sync.settled"_s,
                             u"sync.before-report"_s,
                             u"net.refresh.answered"_s,
                             u"store.token.before-commit"_s,
                             u"backfill.chunk"_s,
                             u"backfill.noted"_s};

const QStringList truncations{u"truncated-json"_s, u"malformed-json"_s, u"html"_s,          u"drop-body"_s,
                              u"longer-length"_s,  u"shorter-length"_s, u"truncated-gzip"_s};
const QStringList poorer{u"records-none"_s, u"records-fewer"_s, u"records-fewer"_s, u"records-thinner"_s};
const QStringList failings{u"server-error"_s, u"drop"_s, u"front-end-403"_s, u"conflict"_s};

template<typename List>
auto oneOf(SimRandom &dice, const List &list)
{
    return list.at(dice.below(int(list.size())));
}

class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_dice(mixKey({seed, 2026})), m_lead(SoakFaultKind(seed % soakFaultKinds))
    {
        m_schedule.seed = seed;
    }

    SoakSchedule make()
    {
        m_schedule.google = m_dice.chance(leadsIntoAutumn() ? 300 : 580);
        m_schedule.person = quint32(m_dice.between(1, 1'000'000));
        m_schedule.backfill = m_dice.chance(250);
        chooseDays();
        chooseTypes();
        choosePages();
        const int steps = m_dice.between(2, 4);
        for (int i = 0; i < steps; ++i)
            append(step(i));
        return m_schedule;
    }

private:
    /// Records out of order hurt most where a clock goes back: there their order has a meaning.
    [[nodiscard]] bool leadsIntoAutumn() const
    {
        return m_lead == SoakFaultKind::Reordering || m_lead == SoakFaultKind::Duplicates;
    }

    /// The first day from there on whose clock changes, or goes back; the same day if there is none.
    static QDate changeFrom(QDate from, const Zone &zone, bool back)
    {
        QDateTime after(from, QTime(0, 0), Qt::UTC);
        for (int tries = 0; tries < 4; ++tries) {
            const QTimeZone::OffsetData next = zone.zone.nextTransition(after);
            if (!next.atUtc.isValid() || next.atUtc.date() > QDate(2026, 10, 1))
                return from;
            const QDate date = civilDate(next.atUtc.toSecsSinceEpoch() - 1, zone);
            const CivilDay civil = civilDay(date, zone);
            if (!back || civil.seconds > day)
                return date;
            after = next.atUtc;
        }
        return from;
    }

    void chooseDays()
    {
        const bool autumn = leadsIntoAutumn() && !m_schedule.google;
        const bool changes = autumn || m_dice.chance(500);
        m_schedule.zone = changes ? oneOf(m_dice, changingZones) : oneOf(m_dice, otherZones + changingZones);
        const Zone zone{QTimeZone(m_schedule.zone), ZoneSource::Profile};
        QDate last = QDate(2024, 6, 1).addDays(m_dice.below(800));
        const int days = m_dice.between(1, m_schedule.google ? 6 : 4);
        if (changes)
            last = changeFrom(last, zone, autumn).addDays(m_dice.below(days));
        m_schedule.last = last;
        m_schedule.first = last.addDays(1 - days);
        const QList<int> ages = m_lead == SoakFaultKind::ClockJump ? QList<int>{0, 1, 1, 3, 5}
                                                                   : QList<int>{0, 1, 1, 3, 7, 8, 8, 20, 200};
        const int age = oneOf(m_dice, ages);
        const QDate today = last.addDays(m_schedule.backfill ? 1 : age);
        m_schedule.nowUtc =
            awayFromMidnight(civilDay(today, zone).startUtc + m_dice.between(20, 1'400) * minute, zone);
    }

    void chooseTypes()
    {
        QStringList all = m_schedule.google ? googleTypes : fitbitTypes;
        m_schedule.types = {u"steps"_s, u"heartrate_1min"_s};
        const bool wantsReadings = leadsIntoAutumn() || m_lead == SoakFaultKind::Poorer;
        if (!wantsReadings && m_dice.chance(300))
            m_schedule.types.clear();
        const int more = m_dice.between(m_schedule.types.isEmpty() ? 1 : 0, 3);
        for (int i = 0; i < more; ++i)
            m_schedule.types << oneOf(m_dice, all);
        // Nights come back longer, in stages, by the day of their end: no other type has as much to go wrong.
        if (m_dice.chance(250))
            m_schedule.types << u"sleep"_s;
        m_schedule.types.removeDuplicates();
    }

    void choosePages()
    {
        if (!m_schedule.google || !m_dice.chance(400))
            return;
        const bool byMinute = std::any_of(m_schedule.types.begin(), m_schedule.types.end(),
                                          [](const QString &type) { return type.endsWith(u"_1min"_s); });
        m_schedule.pageSize = oneOf(m_dice, byMinute ? QList<int>{700, 1'440, 2'000} : QList<int>{1, 2, 3});
    }

    SoakStep step(int index)
    {
        SoakStep step;
        step.action = m_schedule.backfill && (index == 0 || m_dice.chance(700)) ? SoakAction::Backfill
                                                                                : SoakAction::SyncRange;
        if (step.action == SoakAction::SyncRange && m_dice.chance(200))
            askForDay(step);
        if (index > 0)
            step.laterSeconds =
                oneOf(m_dice, QList<qint64>{0, 0, 0, minute, 20 * minute, 2 * hour, day, 8 * day});
        // The first fault goes round all kinds, so that none is forgotten by chance; the others come as they
        // like.
        const int faults = index == 0 ? m_dice.between(1, 2) : m_dice.below(3);
        for (int i = 0; i < faults; ++i) {
            add(step, index == 0 && i == 0 ? m_lead : anyKind());
        }
        return step;
    }

    /// What takes two things to be seen, a commit half done or a day answered before, is tried more often.
    SoakFaultKind anyKind()
    {
        if (m_dice.chance(200))
            return m_dice.chance(500) ? SoakFaultKind::RefusedRow : SoakFaultKind::Poorer;
        return SoakFaultKind(m_dice.below(soakFaultKinds));
    }

    void append(SoakStep step)
    {
        if (step.has(SoakFaultKind::Poorer)) {
            m_hasPoorer = true;
            // There has to be something that the answer can be poorer than.
            SoakStep before;
            before.laterSeconds = step.laterSeconds;
            m_schedule.steps << before;
            step.laterSeconds = oneOf(m_dice, QList<qint64>{0, 0, 0, 20 * minute, 2 * hour, day});
            // A range asks no more for what has settled, a backfill for nothing that is good.
            if (step.action == SoakAction::Backfill || m_dice.chance(500))
                askForDay(step);
            // Beside others it is judged less strictly.
            if (m_dice.chance(700)) {
                step.phoneBehindSeconds = 0;
                step.faults.removeIf(
                    [](const SoakFault &fault) { return fault.kind != SoakFaultKind::Poorer; });
            }
        }
        m_schedule.steps << step;
    }

    void askForDay(SoakStep &step)
    {
        step.action = SoakAction::SyncDay;
        step.day = m_schedule.first.addDays(m_dice.below(int(m_schedule.first.daysTo(m_schedule.last)) + 1));
    }

    void add(SoakStep &step, SoakFaultKind kind)
    {
        // The same poorer answer an hour later would be believed (docs/adr/0013).
        if (kind == SoakFaultKind::Poorer && m_hasPoorer)
            return;
        // Two of a kind, or two ways to end the process, would be one.
        const bool ends = kind == SoakFaultKind::Kill || kind == SoakFaultKind::Interrupt;
        if (step.has(kind) || (ends && (step.has(SoakFaultKind::Kill) || step.has(SoakFaultKind::Interrupt))))
            return;
        // One hurdle of the storage would hide another.
        const auto isHurdle = [](SoakFaultKind each) {
            return each == SoakFaultKind::FullDisk || each == SoakFaultKind::ReadOnly;
        };
        const bool hasHurdle = step.has(SoakFaultKind::FullDisk) || step.has(SoakFaultKind::ReadOnly);
        if (kind == SoakFaultKind::RefusedRow ? hasHurdle
                                              : isHurdle(kind) && step.has(SoakFaultKind::RefusedRow))
            return;
        SoakFault fault = faultOf(kind);
        // A day by its name is the only one whose rows are written.
        if (kind == SoakFaultKind::RefusedRow && step.action == SoakAction::SyncDay)
            fault.amount = m_schedule.first.daysTo(step.day);
        if (kind == SoakFaultKind::LateData)
            step.phoneBehindSeconds = oneOf(
                m_dice, QList<qint64>{90 * minute, 7 * hour, day, 2 * day, 3 * day + 5 * hour, 10 * day});
        step.faults << fault;
    }

    SoakFault faultOf(SoakFaultKind kind)
    {
        SoakFault fault;
        fault.kind = kind;
        fault.skip = oneOf(m_dice, QList<int>{0, 0, 1, 1, 2, 3});
        fault.times = oneOf(m_dice, QList<int>{1, 1, 1, 2, -1});
        switch (kind) {
        case SoakFaultKind::Kill:
            fault.what = m_dice.chance(800) ? oneOf(m_dice, killPoints) : QString();
            fault.skip = m_dice.between(1, 3);
            fault.amount = m_dice.between(20, 500);
            break;
        case SoakFaultKind::Interrupt:
            fault.amount = m_dice.between(20, 500);
            break;
        case SoakFaultKind::Truncation:
            fault.what = oneOf(m_dice, truncations);
            break;
        case SoakFaultKind::Failing:
            fault.what = oneOf(m_dice, failings);
            break;
        case SoakFaultKind::Duplicates:
        case SoakFaultKind::Reordering:
            fault.times = m_dice.chance(700) ? -1 : 1;
            fault.skip = kind == m_lead ? 0 : fault.skip;
            break;
        case SoakFaultKind::Revision:
            fault.what =
                m_schedule.first.addDays(m_dice.below(int(m_schedule.first.daysTo(m_schedule.last)) + 1))
                    .toString(Qt::ISODate);
            fault.amount = m_dice.between(5, 60);
            break;
        case SoakFaultKind::ClockJump:
            fault.amount = oneOf(m_dice, QList<qint64>{-400 * day, -9 * day, -day, -hour, hour, day, 9 * day,
                                                       9 * day, 400 * day, 400 * day});
            fault.skip = m_dice.chance(500) ? 0 : m_dice.between(1, 60);
            break;
        case SoakFaultKind::FullDisk:
            fault.amount = oneOf(m_dice, QList<qint64>{-(1 << 20), 0, 4'096, 20'000, 60'000, 200'000});
            break;
        case SoakFaultKind::ReadOnly:
            fault.what = oneOf(m_dice, QStringList{u"data"_s, u"archive"_s, u"database"_s});
            break;
        case SoakFaultKind::LockedTable:
            // Only now and then longer than the program waits: it costs the time it waits.
            fault.amount = m_dice.chance(965) ? m_dice.between(200, 2'500) : 0;
            break;
        case SoakFaultKind::RefusedRow:
            fault.what = oneOf(m_dice, tablesOfTypes());
            fault.amount = m_dice.below(int(m_schedule.first.daysTo(m_schedule.last)) + 1);
            // Before the first of them nothing would be written that could be left behind.
            if (fault.what == u"daily_values"_s)
                fault.amount = m_schedule.first.daysTo(m_schedule.last);
            break;
        case SoakFaultKind::Poorer:
            fault.what = oneOf(m_dice, poorer);
            fault.skip = m_dice.chance(800) ? 0 : fault.skip;
            fault.times = m_dice.chance(800) ? -1 : fault.times;
            break;
        case SoakFaultKind::Quota:
        case SoakFaultKind::Expiry:
        case SoakFaultKind::LateData:
            break;
        }
        return fault;
    }

    /// Tables that a commit of the types writes, those in the middle of it more often.
    [[nodiscard]] QStringList tablesOfTypes() const
    {
        QStringList tables{u"ledger"_s, u"ledger"_s, u"ledger"_s, u"documents"_s, u"history"_s};
        for (const QString &type : m_schedule.types) {
            if (type == u"sleep"_s)
                tables << u"sessions"_s << u"stages"_s << u"stages"_s;
            else if (type.endsWith(u"_1min"_s) || type == u"weight"_s)
                tables << u"samples"_s << u"levels"_s;
            else
                tables << u"daily_values"_s;
        }
        return tables;
    }

    SimRandom m_dice;
    SoakFaultKind m_lead; ///< the first fault
    bool m_hasPoorer = false;
    SoakSchedule m_schedule;
};

} // namespace

SoakSchedule scheduleOf(quint32 seed)
{
    return Generator(seed).make();
}

qint64 awayFromMidnight(qint64 utc, const Zone &zone)
{
    while (civilDate(utc - 20 * minute, zone) != civilDate(utc + 20 * minute, zone))
        utc += 10 * minute;
    return utc;
}

} // namespace wristkeep::test
