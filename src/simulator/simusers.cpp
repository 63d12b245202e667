// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simusers.h"

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

void SimUser::setNight(QDate date, NightChange change)
{
    if (change == NightChange())
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

DayTotals SimUser::totals(QDate date) const
{
    const qint64 key = date.toJulianDay();
    if (const DayTotals *known = m_totals.object(key))
        return *known;
    const DayData &data = day(date);
    auto made = std::make_unique<DayTotals>(totalsUntil(data, data.day.seconds));
    const DayTotals totals = *made;
    m_totals.insert(key, made.release());
    return totals;
}

QList<SleepLog> SimUser::sleeps(QDate date) const
{
    const qint64 key = date.toJulianDay();
    if (const QList<SleepLog> *known = m_sleeps.object(key))
        return *known;
    const auto dayOf = [this](QDate of) { return SleepDay{civilDayOf(of), wornOn(of)}; };
    auto made = std::make_unique<QList<SleepLog>>(
        makeSleeps(m_traits, {dayOf(date.addDays(-1)), dayOf(date), dayOf(date.addDays(1))}));
    const NightChange change = nightOf(date);
    for (SleepLog &log : *made) {
        if (log.main && change.longer > 0)
            lengthenSleep(log, change.longer);
        if (log.main && change.pending)
            hideStages(log);
    }
    const QList<SleepLog> sleeps = *made;
    m_sleeps.insert(key, made.release());
    return sleeps;
}

QList<WeighIn> SimUser::weighIns(QDate date) const
{
    return date < m_memberSince ? QList<WeighIn>() : makeWeighIns(m_traits, civilDayOf(date));
}

QList<SleepLog> arrivedSleeps(const SimUser &user, QDate date, qint64 lastSync)
{
    constexpr qint64 computing = 600;
    QList<SleepLog> logs = user.sleeps(date);
    logs.removeIf([lastSync](const SleepLog &log) { return log.endUtc + computing > lastSync; });
    return logs;
}

QList<WeighIn> arrivedWeighIns(const SimUser &user, QDate date, qint64 lastSync)
{
    QList<WeighIn> weights = user.weighIns(date);
    weights.removeIf([lastSync](const WeighIn &weight) { return weight.utc > lastSync; });
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
