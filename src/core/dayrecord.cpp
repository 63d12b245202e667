// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dayrecord.h"

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qint64 hour = 3600;
constexpr qint64 wholeDay = 86400;

/// Not negative, also for instants before 1970.
qint64 within(qint64 value, qint64 length)
{
    return ((value % length) + length) % length;
}

} // namespace

int offsetAt(const CivilDay &day, qint64 utc)
{
    return day.changeUtc && utc >= *day.changeUtc ? day.offsetAfterS : day.offsetS;
}

QTime wallTime(const CivilDay &day, qint64 utc)
{
    return QTime::fromMSecsSinceStartOfDay(int(within(utc + offsetAt(day, utc), wholeDay)) * 1000);
}

std::vector<WallHour> wallHours(const CivilDay &day)
{
    std::vector<WallHour> hours;
    for (qint64 start = day.startUtc; start < day.endUtc();) {
        qint64 end = start + hour - within(start + offsetAt(day, start), hour);
        if (day.changeUtc && start < *day.changeUtc)
            end = std::min(end, *day.changeUtc);
        end = std::min(end, day.endUtc());
        hours.push_back({start, int(end - start)});
        start = end;
    }
    return hours;
}

} // namespace wristkeep
