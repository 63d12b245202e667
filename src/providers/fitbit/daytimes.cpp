// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/daytimes.h"

#include <algorithm>

namespace wristkeep {

namespace {

/// The later of the two instants a repeated time stands for; the only one otherwise.
std::optional<qint64> secondOccurrence(QTime time, const CivilDay &day)
{
    WallClock clock(day);
    const auto first = clock.toUtc(time);
    const auto second = clock.toUtc(time);
    return second ? second : first;
}

} // namespace

std::vector<std::optional<qint64>> instantsOf(const std::vector<QTime> &times, const CivilDay &day)
{
    std::vector<std::optional<qint64>> instants;
    instants.reserve(times.size());
    if (!day.changeUtc) {
        const qint64 midnight = day.date.startOfDay(Qt::UTC).toSecsSinceEpoch() - day.offsetS;
        for (const QTime &time : times)
            instants.emplace_back(midnight + time.msecsSinceStartOfDay() / 1000);
        return instants;
    }

    // Times that only ever rise or stay: then a time that stays is the second of a pair. The wall clock
    // alone would take everything after the first pair for the second hour.
    const bool paired = std::is_sorted(times.cbegin(), times.cend());
    WallClock clock(day);
    for (size_t i = 0; i < times.size(); ++i) {
        const bool repeats = i > 0 && times[i] == times[i - 1];
        instants.push_back(paired && repeats ? secondOccurrence(times[i], day) : clock.toUtc(times[i]));
    }
    return instants;
}

Result<QDateTime> wallClockStamp(const JsonNode &node)
{
    const auto text = node.text();
    if (!text)
        return failure(text.error());
    // As a time of this computer's zone it would be none in the hour that zone skips.
    const QDateTime stamp = QDateTime::fromString(*text + u'Z', Qt::ISODateWithMs);
    if (!stamp.isValid() || stamp.timeSpec() != Qt::UTC)
        return node.wrong(QStringLiteral("a time like 2024-03-09T23:32:30.000"));
    return stamp;
}

QList<qint64> instantsOf(const QDateTime &stamp, const Zone &zone)
{
    WallClock clock(civilDay(stamp.date(), zone));
    const auto first = clock.toUtc(stamp.time());
    const auto second = clock.toUtc(stamp.time());
    QList<qint64> instants;
    if (first)
        instants.append(*first);
    if (second && second != first)
        instants.append(*second);
    return instants;
}

qint64 instantOf(const QDateTime &stamp, const Zone &zone)
{
    const QList<qint64> instants = instantsOf(stamp, zone);
    if (!instants.isEmpty())
        return instants.first();
    const CivilDay day = civilDay(stamp.date(), zone);
    return day.changeUtc.value_or(day.startUtc);
}

} // namespace wristkeep
