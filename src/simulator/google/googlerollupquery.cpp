// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a roll-up request, checked as the service checks it.
#include "simulator/google/googlerollup.h"

#include "simulator/google/googleerrors.h"
#include "simulator/google/googlejson.h"
#include "simulator/google/googleswitches.h"

#include <QJsonDocument>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Refusal = std::optional<SimResponse>;

constexpr qint64 dayMs = 86'400'000;

Refusal unknownMember(const QJsonObject &object, const QStringList &known, const QString &where)
{
    const QStringList names = object.keys();
    for (const QString &name : names) {
        if (!known.contains(name))
            return googleUnknownName(name, where);
    }
    return std::nullopt;
}

Refusal rangeTooLong(const GoogleType &type)
{
    return googleInvalid(
        u"INVALID_ROLLUP_QUERY_DURATION"_s,
        u"The range of a roll-up of %1 must not exceed %2 days"_s.arg(type.name()).arg(type.rollUpDays));
}

Refusal badRange(const QString &reason)
{
    const QString message = reason == u"INVALID_TIME_RANGE"_s
                                ? u"Query end time must be strictly larger than start time"_s
                                : u"The range is missing or not valid"_s;
    return googleInvalid(reason, message);
}

/// A CivilDateTime; `atMidnight` says whether its time is that.
Refusal readCivilDateTime(const QJsonObject &range, const QString &name, QDate *date, bool *atMidnight)
{
    const QString where = u"range."_s + name;
    const QJsonObject civil = range.value(name).toObject();
    if (Refusal refusal = unknownMember(civil, {u"date"_s, u"time"_s}, where))
        return refusal;
    const QJsonObject parts = civil.value(u"date"_s).toObject();
    if (Refusal refusal = unknownMember(parts, {u"year"_s, u"month"_s, u"day"_s}, where + u".date"_s))
        return refusal;
    *date =
        QDate(parts.value(u"year"_s).toInt(), parts.value(u"month"_s).toInt(), parts.value(u"day"_s).toInt());
    const QJsonObject time = civil.value(u"time"_s).toObject();
    const QStringList members = {u"hours"_s, u"minutes"_s, u"seconds"_s, u"nanos"_s};
    if (Refusal refusal = unknownMember(time, members, where + u".time"_s))
        return refusal;
    *atMidnight = std::all_of(members.begin(), members.end(),
                              [&time](const QString &member) { return time.value(member).toInt() == 0; });
    if (!date->isValid())
        return googleInvalid(u"INVALID_CIVIL_DATE_TIME"_s, u"%1 is not a civil date and time"_s.arg(where));
    return std::nullopt;
}

/// The traps of pageSize: it limits nothing, but is measured against the longest range.
Refusal checkPageSize(const QJsonObject &body, const GoogleRollUpQuery &query, const GoogleType &type)
{
    const qint64 window = query.daily ? query.windowDays * dayMs : query.windowMs;
    const qint64 range = query.daily ? query.first.daysTo(query.end) * dayMs : query.endMs - query.startMs;
    const qint64 windows = (range + window - 1) / window;
    const QJsonValue size = body.value(u"pageSize"_s);
    const qint64 wanted = size.isUndefined() ? 0 : size.toInteger(-1);
    if (wanted < 0)
        return googleInvalid(u"INVALID_PAGE_SIZE"_s, u"The page size is not valid"_s);
    const qint64 longest = type.rollUpDays * dayMs;
    if (range > longest || (wanted == 0 ? windows : wanted) > longest / window)
        return rangeTooLong(type);
    if (query.daily && wanted > 0 && wanted < windows)
        return googleInvalid(u"INVALID_DATA_POINT_NAME"_s, u"Invalid argument in request"_s);
    return std::nullopt;
}

Refusal readPhysical(const QJsonObject &body, GoogleRollUpQuery *query)
{
    const QJsonObject range = body.value(u"range"_s).toObject();
    if (Refusal refusal = unknownMember(range, {u"startTime"_s, u"endTime"_s}, u"range"_s))
        return refusal;
    const std::optional<qint64> start = readInstant(range.value(u"startTime"_s).toString());
    const std::optional<qint64> end = readInstant(range.value(u"endTime"_s).toString());
    if (!start || !end)
        return badRange(u"INVALID_TIME_RANGE_INTERVAL_FORMAT"_s);
    if (*end <= *start)
        return badRange(u"INVALID_TIME_RANGE"_s);
    const std::optional<qint64> window = readDuration(body.value(u"windowSize"_s).toString());
    if (!window || *window < 1000)
        return googleInvalid(u"INVALID_ROLLUP_WINDOW"_s, u"windowSize must be at least one second"_s);
    query->startMs = *start;
    query->endMs = *end;
    query->windowMs = *window;
    return std::nullopt;
}

Refusal readDaily(const GoogleCall &call, const QJsonObject &body, GoogleRollUpQuery *query)
{
    const QJsonObject range = body.value(u"range"_s).toObject();
    if (Refusal refusal = unknownMember(range, {u"start"_s, u"end"_s}, u"range"_s))
        return refusal;
    bool startAligned = false;
    bool endAligned = false;
    if (Refusal refusal = readCivilDateTime(range, u"start"_s, &query->first, &startAligned))
        return refusal;
    if (Refusal refusal = readCivilDateTime(range, u"end"_s, &query->end, &endAligned))
        return refusal;
    if (!startAligned)
        return googleInvalid(u"INVALID_CIVIL_DATE_TIME"_s, u"range.start must be the start of a day"_s);
    if (!endAligned || (call.switches.sameDay && query->end == query->first))
        query->end = query->end.addDays(1);
    if (query->end <= query->first)
        return badRange(u"INVALID_TIME_RANGE"_s);
    query->windowDays = body.value(u"windowSizeDays"_s).toInt(0);
    if (query->windowDays < 1)
        return googleInvalid(u"INVALID_ROLLUP_WINDOW"_s, u"windowSizeDays must be at least 1"_s);
    return std::nullopt;
}

} // namespace

std::optional<SimResponse> readRollUpQuery(const GoogleCall &call, bool daily, GoogleRollUpQuery *query)
{
    if (Refusal refusal = unknownGoogleParameter(call.request.query, {}))
        return refusal;
    const QJsonDocument document = QJsonDocument::fromJson(call.request.body);
    if (!document.isObject())
        return googleInvalid({}, u"Invalid JSON payload received. Unexpected token."_s);
    const QJsonObject body = document.object();
    const QString window = daily ? u"windowSizeDays"_s : u"windowSize"_s;
    if (Refusal refusal = unknownMember(
            body, {u"range"_s, window, u"pageSize"_s, u"pageToken"_s, u"dataSourceFamily"_s}, {}))
        return refusal;
    query->daily = daily;
    if (Refusal refusal = daily ? readDaily(call, body, query) : readPhysical(body, query))
        return refusal;
    if (Refusal refusal = checkPageSize(body, *query, call.type))
        return refusal;
    if (Refusal refusal = call.readFamily(body.value(u"dataSourceFamily"_s).toString(), &query->family))
        return refusal;
    query->binding = pageBinding(call.user.id(), call.request, body);
    query->token = body.value(u"pageToken"_s).toString();
    if (query->token.isEmpty())
        return std::nullopt;
    const std::optional<GooglePosition> position = readPageToken(query->token, query->binding);
    if (!position)
        return googleInvalid(u"INVALID_PAGE_TOKEN"_s, u"The page token is not valid for this request"_s);
    query->position = *position;
    return std::nullopt;
}

} // namespace wristkeep
