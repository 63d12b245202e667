// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/civilday.h"

#include <QDateTime>

#include <array>
#include <utility>

namespace wristkeep {

namespace {

struct SourceName
{
    ZoneSource source;
    const char *name;
};

constexpr std::array SourceNames{SourceName{ZoneSource::Delivered, "delivered"},
                                 SourceName{ZoneSource::Profile, "profile"},
                                 SourceName{ZoneSource::Computer, "computer"}};

/// The first instant whose wall-clock date is `date`: found through the zone's offsets, because midnight
/// itself is skipped by some clock changes.
qint64 firstInstant(QDate date, const QTimeZone &zone)
{
    const QDateTime noon(date, QTime(12, 0), Qt::UTC);
    const qint64 asUtc = QDateTime(date, QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
    const int before = zone.offsetFromUtc(noon.addDays(-1));
    const int after = zone.offsetFromUtc(noon.addDays(1));
    const qint64 early = asUtc - std::max(before, after);
    const qint64 late = asUtc - std::min(before, after);
    if (early == late)
        return early;
    const auto dateAt = [&zone](qint64 utc) {
        return QDateTime::fromSecsSinceEpoch(
                   utc + zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(utc, Qt::UTC)), Qt::UTC)
            .date();
    };
    // Wall-clock dates only grow across the change, so the boundary can be halved towards.
    qint64 low = early - 3600;
    qint64 high = late + 3600;
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        (dateAt(middle) < date ? low : high) = middle;
    }
    return high;
}

} // namespace

QString zoneSourceName(ZoneSource source)
{
    for (const SourceName &entry : SourceNames) {
        if (entry.source == source)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

std::optional<ZoneSource> zoneSourceFromName(const QString &name)
{
    for (const SourceName &entry : SourceNames) {
        if (name == QLatin1String(entry.name))
            return entry.source;
    }
    return std::nullopt;
}

Zone computerZone()
{
    const QTimeZone zone(QTimeZone::systemTimeZoneId());
    return Zone{zone.isValid() ? zone : QTimeZone::utc(), ZoneSource::Computer};
}

CivilDay civilDay(QDate date, const Zone &zone)
{
    CivilDay day;
    day.date = date;
    day.zone = zone.id();
    day.source = zone.source;
    day.startUtc = firstInstant(date, zone.zone);
    const qint64 end = firstInstant(date.addDays(1), zone.zone);
    day.seconds = int(end - day.startUtc);
    const QDateTime start = QDateTime::fromSecsSinceEpoch(day.startUtc, Qt::UTC);
    day.offsetS = zone.zone.offsetFromUtc(start);
    day.offsetAfterS = zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(end - 1, Qt::UTC));
    if (day.offsetAfterS != day.offsetS) {
        const QTimeZone::OffsetData change = zone.zone.nextTransition(start);
        if (change.atUtc.isValid() && change.atUtc.toSecsSinceEpoch() < end)
            day.changeUtc = change.atUtc.toSecsSinceEpoch();
    }
    return day;
}

QDate civilDate(qint64 utc, const Zone &zone)
{
    const QDateTime instant = QDateTime::fromSecsSinceEpoch(utc, Qt::UTC);
    return instant.addSecs(zone.zone.offsetFromUtc(instant)).date();
}

WallClock::WallClock(CivilDay day) : m_day(std::move(day)) {}

std::optional<qint64> WallClock::toUtc(QTime time)
{
    if (!time.isValid())
        return std::nullopt;
    const qint64 asUtc = QDateTime(m_day.date, time, Qt::UTC).toSecsSinceEpoch();
    const bool steppedBack = m_last && time <= *m_last;
    m_last = time;
    const qint64 before = asUtc - m_day.offsetS;
    if (!m_day.changeUtc)
        return before;

    const qint64 after = asUtc - m_day.offsetAfterS;
    const bool fitsBefore = before < *m_day.changeUtc && before >= m_day.startUtc;
    const bool fitsAfter = after >= *m_day.changeUtc && after < m_day.endUtc();
    if (fitsBefore && fitsAfter) {
        m_secondPass = m_secondPass || steppedBack;
        return m_secondPass ? after : before;
    }
    if (fitsBefore)
        return before;
    if (fitsAfter)
        return after;
    return std::nullopt;
}

} // namespace wristkeep
