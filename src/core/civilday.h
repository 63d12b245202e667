// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Civil days and wall-clock times of a person's own zone, and the UTC instants they stand for.

#include <QByteArray>
#include <QDate>
#include <QMetaType>
#include <QTime>
#include <QTimeZone>

#include <cstdint>
#include <optional>

namespace wristkeep {

/// How sure the zone is: told by the data itself, by the account's profile, or only by this computer.
enum class ZoneSource : std::uint8_t { Delivered, Profile, Computer };

/// "delivered", "profile", "computer": the values of civil_days.zone_source.
QString zoneSourceName(ZoneSource source);
std::optional<ZoneSource> zoneSourceFromName(const QString &name);

struct Zone
{
    QTimeZone zone;
    ZoneSource source = ZoneSource::Computer;

    [[nodiscard]] QString id() const { return QString::fromLatin1(zone.id()); }
};

/// This computer's zone; UTC if it has none that Qt knows.
Zone computerZone();

/// One civil day on the wall clock of a zone: 23 to 25 hours long, with at most one clock change.
struct CivilDay
{
    QDate date;
    QString zone; ///< IANA name
    ZoneSource source = ZoneSource::Computer;
    qint64 startUtc = 0;             ///< Unix seconds of its first instant
    int seconds = 86400;             ///< its length
    int offsetS = 0;                 ///< local minus UTC at its start, seconds
    std::optional<qint64> changeUtc; ///< the clock change inside the day
    int offsetAfterS = 0;            ///< offset from changeUtc on

    [[nodiscard]] qint64 endUtc() const { return startUtc + seconds; }
    bool operator==(const CivilDay &) const = default;
};

CivilDay civilDay(QDate date, const Zone &zone);

/// The date on the wall clock of `zone` at a Unix second.
QDate civilDate(qint64 utc, const Zone &zone);

/// Turns the wall-clock times of one day, given in order, into Unix seconds. A time that repeats or steps
/// back across the repeated hour of an autumn clock change takes the second occurrence; a time inside the
/// hour that spring skips has no instant.
class WallClock
{
public:
    explicit WallClock(CivilDay day);
    std::optional<qint64> toUtc(QTime time);

private:
    CivilDay m_day;
    std::optional<QTime> m_last;
    bool m_secondPass = false;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Zone)
