// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/datequery.h"

#include "simulator/fitbiterrors.h"

#include <QTime>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

SimResponse invalidDate(const QString &text)
{
    return fitbitError(400, u"validation"_s, u"Invalid date: %1"_s.arg(text), u"date"_s);
}

std::optional<QDate> readDate(const QString &text, QDate today, const DateRules &rules)
{
    if (text == u"today"_s && !rules.explicitDates)
        return today;
    const QDate date = QDate::fromString(text, u"yyyy-MM-dd"_s);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<QDate> firstOfPeriod(const QString &period, QDate last, QDate since)
{
    const QList<QPair<QString, QDate>> known = {
        {u"1d"_s, last},
        {u"7d"_s, last.addDays(-6)},
        {u"30d"_s, last.addDays(-29)},
        {u"1w"_s, last.addDays(-6)},
        {u"1m"_s, last.addMonths(-1).addDays(1)},
        {u"3m"_s, last.addMonths(-3).addDays(1)},
        {u"6m"_s, last.addMonths(-6).addDays(1)},
        {u"1y"_s, last.addYears(-1).addDays(1)},
        {u"max"_s, since},
    };
    for (const auto &[name, first] : known) {
        if (name == period)
            return first;
    }
    return std::nullopt;
}

/// "HH:mm" or "HH:mm:ss"; -1 when it is neither. A bare minute at the end of a window lasts until its last
/// second.
int readSecond(const QString &text, bool end)
{
    const bool seconds = text.size() == 8;
    const QTime time = QTime::fromString(text, seconds ? u"HH:mm:ss"_s : u"HH:mm"_s);
    if (!time.isValid())
        return -1;
    return time.msecsSinceStartOfDay() / 1000 + (end && !seconds ? 59 : 0);
}

bool tooLong(const DateQuery &query, const DateRules &rules)
{
    if (rules.oneYear)
        return query.last > query.first.addYears(1).addDays(-1);
    return query.first.daysTo(query.last) + 1 > rules.maxDays;
}

std::optional<SimResponse> checkIntraday(const QStringList &parts, const DateRules &rules, DateQuery *query)
{
    query->detail = parts.at(2);
    if (!rules.details.contains(query->detail))
        return fitbitError(400, u"validation"_s, u"Invalid detail level: %1"_s.arg(query->detail),
                           u"detail-level"_s);
    if (parts.size() == 6) {
        query->windowed = true;
        query->fromSecond = readSecond(parts.at(4), false);
        query->toSecond = readSecond(parts.at(5), true);
        if (parts.at(3) != u"time"_s || query->fromSecond < 0 || query->toSecond < 0)
            return fitbitError(400, u"validation"_s, u"Invalid time: %1"_s.arg(parts.at(4)), u"time"_s);
    }
    const qint64 seconds =
        query->first.daysTo(query->last) * 86'400 + query->toSecond - query->fromSecond + 1;
    if (seconds <= 0)
        return fitbitError(400, u"validation"_s, u"The end time must not be before the start time."_s,
                           u"time"_s);
    // One minute of tolerance: 08:00 to 08:00 of the next day names both ends.
    if (seconds > 86'400 + 60)
        return fitbitError(400, u"request"_s, u"Time range should not be bigger than 24 hours."_s);
    return std::nullopt;
}

} // namespace

bool DateQuery::covers(QDate date, int second) const
{
    return !(date == first && second < fromSecond) && !(date == last && second > toSecond);
}

std::optional<SimResponse> readDateQuery(const QStringList &parts, QDate today, const DateRules &rules,
                                         DateQuery *query)
{
    const bool shapes = parts.size() == 2 || (parts.size() == 1 && rules.singleDate);
    if (!shapes && (rules.details.isEmpty() || (parts.size() != 3 && parts.size() != 6)))
        return unknownEndpoint(u"/%1/date/%2"_s.arg(rules.resource, parts.join(u'/')));
    const std::optional<QDate> date = readDate(parts.at(0), today, rules);
    if (!date)
        return invalidDate(parts.at(0));
    query->literalToday = parts.at(0) == u"today"_s;
    const bool intraday = parts.size() > 2;
    const QString second = parts.size() > 1 ? parts.at(1) : u"1d"_s;
    const bool period = intraday || parts.size() == 1 ? second == u"1d"_s : rules.periods.contains(second);
    if (period) {
        query->last = *date;
        query->first = firstOfPeriod(second, *date, rules.since).value_or(*date);
    } else {
        const std::optional<QDate> last = readDate(second, today, rules);
        if (!last)
            return invalidDate(second);
        query->first = *date;
        query->last = *last;
    }
    if (query->last < query->first)
        return fitbitError(400, u"validation"_s, u"The end date must not be before the start date."_s,
                           u"date"_s);
    if (intraday)
        return checkIntraday(parts, rules, query);
    if (!period && tooLong(*query, rules)) {
        const QString limit = rules.oneYear ? u"1 year"_s : u"%1 days"_s.arg(rules.maxDays);
        return fitbitError(400, u"validation"_s,
                           u"The range cannot exceed %1 for resource type %2"_s.arg(limit, rules.resource),
                           u"date"_s);
    }
    return std::nullopt;
}

} // namespace wristkeep
