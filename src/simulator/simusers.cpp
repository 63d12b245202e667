// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simusers.h"

#include "core/dayrecord.h"
#include "simulator/dayplan.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

SimUser::SimUser(quint64 seed, int index, const QByteArray &zone, QDate memberSince)
    : m_traits(makePerson(seed, index)), m_memberSince(memberSince)
{
    if (!setZone(zone, std::nullopt))
        setZone("UTC", std::nullopt);
}

Zone SimUser::zoneOn(QDate date) const
{
    auto next = m_zones.upperBound(date);
    if (next != m_zones.begin())
        --next;
    return {QTimeZone(next.value()), ZoneSource::Profile};
}

bool SimUser::setZone(const QByteArray &zone, std::optional<QDate> from)
{
    if (!QTimeZone(zone).isValid())
        return false;
    if (!from)
        m_zones.clear();
    m_zones.insert(from.value_or(QDate(1970, 1, 1)), zone);
    changed();
    return true;
}

void SimUser::setWear(QDate first, QDate last, Wear wear)
{
    for (QDate date = first; date <= last; date = date.addDays(1)) {
        if (wear == Wear::Auto)
            m_wear.remove(date);
        else
            m_wear.insert(date, wear);
    }
    changed();
}

void SimUser::clearWear()
{
    m_wear.clear();
    changed();
}

void SimUser::setNight(QDate date, SimNightChange change)
{
    if (change == SimNightChange())
        m_nights.remove(date);
    else
        m_nights.insert(date, change);
    changed();
}

void SimUser::clearNights()
{
    m_nights.clear();
    changed();
}

void SimUser::changed()
{
    m_days.clear();
    m_totals.clear();
    m_sleeps.clear();
    ++m_revision;
}

QDate SimUser::dateAt(qint64 utc) const
{
    // The zone depends on the date and the date on the zone: one correction settles all but the day of a
    // change.
    const QDate guess = QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).date();
    return civilDate(utc, zoneOn(civilDate(utc, zoneOn(guess))));
}

CivilDay SimUser::civilDayOf(QDate date) const
{
    return civilDay(date, zoneOn(date));
}

int SimUser::offsetOf(qint64 utc) const
{
    return offsetAt(civilDayOf(dateAt(utc)), utc);
}

bool SimUser::wornOn(QDate date) const
{
    switch (m_wear.value(date, Wear::Auto)) {
    case Wear::Worn:
        return true;
    case Wear::Unworn:
        return false;
    case Wear::Auto:
        break;
    }
    return date >= m_memberSince && !isUnwornDay(m_traits, date);
}

const DayData &SimUser::day(QDate date) const
{
    const qint64 key = date.toJulianDay();
    if (const DayData *known = m_days.object(key))
        return *known;
    auto made = std::make_unique<DayData>(makeDay(m_traits, civilDayOf(date), wornOn(date)));
    const DayData &data = *made;
    m_days.insert(key, made.release());
    return data;
}

DayData SimUser::dayInUtc(QDate date) const
{
    const DayData before = day(date.addDays(-1));
    const DayData same = day(date);
    const DayData after = day(date.addDays(1));
    return utcDay(date, {&before, &same, &after});
}

SimDayTotals SimUser::totals(QDate date) const
{
    const qint64 key = date.toJulianDay();
    if (const SimDayTotals *known = m_totals.object(key))
        return *known;
    const DayData &data = day(date);
    auto made = std::make_unique<SimDayTotals>(totalsUntil(data, data.day.seconds));
    const SimDayTotals totals = *made;
    m_totals.insert(key, made.release());
    return totals;
}

QList<SimSleepLog> SimUser::sleeps(QDate date) const
{
    const qint64 key = date.toJulianDay();
    if (const QList<SimSleepLog> *known = m_sleeps.object(key))
        return *known;
    const auto dayOf = [this](QDate of) { return SimSleepDay{civilDayOf(of), wornOn(of)}; };
    auto made = std::make_unique<QList<SimSleepLog>>(
        makeSleeps(m_traits, {dayOf(date.addDays(-1)), dayOf(date), dayOf(date.addDays(1))}));
    const SimNightChange change = nightOf(date);
    for (SimSleepLog &log : *made) {
        if (log.main && change.longer > 0)
            lengthenSleep(log, change.longer);
        if (log.main && change.pending)
            hideStages(log);
    }
    const QList<SimSleepLog> sleeps = *made;
    m_sleeps.insert(key, made.release());
    return sleeps;
}

QList<SimWeighIn> SimUser::weighIns(QDate date) const
{
    return date < m_memberSince ? QList<SimWeighIn>() : makeWeighIns(m_traits, civilDayOf(date));
}

QList<SimSleepLog> arrivedSleeps(const SimUser &user, QDate date, qint64 lastSync)
{
    constexpr qint64 computing = 600;
    QList<SimSleepLog> logs = user.sleeps(date);
    logs.removeIf([lastSync](const SimSleepLog &log) { return log.endUtc + computing > lastSync; });
    return logs;
}

QList<SimWeighIn> arrivedWeighIns(const SimUser &user, QDate date, qint64 lastSync)
{
    QList<SimWeighIn> weights = user.weighIns(date);
    weights.removeIf([lastSync](const SimWeighIn &weight) { return weight.utc > lastSync; });
    return weights;
}

SimUsers::SimUsers(quint64 seed, QByteArray zone, QDate memberSince, int count)
    : m_seed(seed), m_zone(std::move(zone)), m_memberSince(memberSince)
{
    for (int index = 0; index < qMax(1, count); ++index)
        add();
}

SimUser *SimUsers::find(const QString &id)
{
    const auto found =
        std::find_if(m_users.begin(), m_users.end(), [&id](const SimUser &u) { return u.id() == id; });
    return found == m_users.end() ? nullptr : &*found;
}

SimUser &SimUsers::current()
{
    return m_users.at(m_current);
}

bool SimUsers::setCurrent(const QString &id)
{
    for (std::size_t index = 0; index < m_users.size(); ++index) {
        if (m_users.at(index).id() == id) {
            m_current = index;
            return true;
        }
    }
    return false;
}

SimUser &SimUsers::add()
{
    m_users.emplace_back(m_seed, int(m_users.size()), m_zone, m_memberSince);
    return m_users.back();
}

} // namespace wristkeep
