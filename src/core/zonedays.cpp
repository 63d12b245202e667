// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zonedays.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace wristkeep {

ZoneDays::ZoneDays(Zone zone) : m_zone(std::move(zone)) {}

int ZoneDays::offsetAtNoon(QDate date)
{
    const auto known = m_noons.constFind(date);
    if (known != m_noons.cend())
        return *known;
    const int offset = m_zone.zone.offsetFromUtc(QDateTime(date, QTime(12, 0), Qt::UTC));
    m_noons.insert(date, offset);
    return offset;
}

qint64 ZoneDays::start(QDate date)
{
    const auto known = m_starts.constFind(date);
    if (known != m_starts.cend())
        return *known;
    // Found through the zone's offsets, because midnight itself is skipped by some clock changes.
    const qint64 asUtc = QDateTime(date, QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
    const int before = offsetAtNoon(date.addDays(-1));
    const int after = offsetAtNoon(date.addDays(1));
    const qint64 early = asUtc - std::max(before, after);
    const qint64 late = asUtc - std::min(before, after);
    qint64 first = early;
    if (early != late) {
        // Wall-clock dates only grow across the change, so the boundary can be halved towards.
        qint64 low = early - 3600;
        first = late + 3600;
        while (first - low > 1) {
            const qint64 middle = low + (first - low) / 2;
            (civilDate(middle, m_zone) < date ? low : first) = middle;
        }
    }
    m_starts.insert(date, first);
    return first;
}

CivilDay ZoneDays::day(QDate date)
{
    const auto known = m_days.constFind(date);
    if (known != m_days.cend())
        return *known;
    CivilDay day;
    day.date = date;
    day.zone = m_zone.id();
    day.source = m_zone.source;
    day.startUtc = start(date);
    const qint64 end = start(date.addDays(1));
    day.seconds = int(end - day.startUtc);
    const QDateTime first = QDateTime::fromSecsSinceEpoch(day.startUtc, Qt::UTC);
    day.offsetS = m_zone.zone.offsetFromUtc(first);
    day.offsetAfterS = m_zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(end - 1, Qt::UTC));
    if (day.offsetAfterS != day.offsetS) {
        const QTimeZone::OffsetData change = m_zone.zone.nextTransition(first);
        if (change.atUtc.isValid() && change.atUtc.toSecsSinceEpoch() < end)
            day.changeUtc = change.atUtc.toSecsSinceEpoch();
    }
    m_days.insert(date, day);
    return day;
}

} // namespace wristkeep
