// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/daytimes.h"

#include <algorithm>
#include <iterator>

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

/// Seconds of the wall clock, the end not included; empty on other days.
struct WallSpan
{
    qint64 first = 0;
    qint64 end = 0;

    [[nodiscard]] bool holds(QTime time) const
    {
        const int second = time.msecsSinceStartOfDay() / 1000;
        return second >= first && second < end;
    }
};

WallSpan repeatedSpan(const CivilDay &day)
{
    if (!day.changeUtc || day.offsetAfterS >= day.offsetS)
        return {};
    const qint64 midnight = day.date.startOfDay(Qt::UTC).toSecsSinceEpoch();
    return {*day.changeUtc + day.offsetAfterS - midnight, *day.changeUtc + day.offsetS - midnight};
}

bool hasTwice(const std::vector<QTime> &times, const WallSpan &span)
{
    std::vector<QTime> repeated;
    std::copy_if(times.cbegin(), times.cend(), std::back_inserter(repeated),
                 [&span](QTime time) { return span.holds(time); });
    std::sort(repeated.begin(), repeated.end());
    return std::adjacent_find(repeated.cbegin(), repeated.cend()) != repeated.cend();
}

} // namespace

RepeatedHour repeatedHourIn(const std::vector<QTime> &times, const CivilDay &day)
{
    const WallSpan span = repeatedSpan(day);
    int stepsBack = 0;
    bool stepsOutside = false; // a clock that goes back leads from the repeated hour into the repeated hour
    int pairs = 0;
    int pairsOutside = 0;
    for (size_t i = 1; i < times.size(); ++i) {
        const bool inside = span.holds(times[i]) && span.holds(times[i - 1]);
        if (times[i] < times[i - 1]) {
            ++stepsBack;
            stepsOutside = stepsOutside || !inside;
        } else if (times[i] == times[i - 1]) {
            ++(inside ? pairs : pairsOutside);
        }
    }
    // Rows told twice elsewhere are not the two hours here either.
    if (stepsBack == 0)
        return pairs == 0 || pairsOutside == 0 ? RepeatedHour::Told : RepeatedHour::Unclear;
    if (stepsBack == 1 && !stepsOutside)
        return pairs == 0 ? RepeatedHour::Told : RepeatedHour::Unclear;
    return hasTwice(times, span) ? RepeatedHour::Unclear : RepeatedHour::Untold;
}

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
    const bool alone = repeatedHourIn(times, day) == RepeatedHour::Untold;
    WallClock clock(day);
    for (size_t i = 0; i < times.size(); ++i) {
        if (alone)
            clock = WallClock(day);
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
