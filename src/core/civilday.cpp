// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/civilday.h"

#include "core/zonedays.h"

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
    return ZoneDays(zone).day(date);
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
