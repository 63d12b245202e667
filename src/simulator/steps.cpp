// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generators.h"

#include "simulator/simworld.h"

#include <numeric>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QByteArray seriesEntry(const ApiCall &call, QDate date, int steps)
{
    const QByteArray day = date.toString(Qt::ISODate).toLatin1();
    const QByteArray value = QByteArray::number(steps);
    if (call.varies(date, 200, 1))
        return R"({"value":")" + value + R"(","dateTime":")" + day + "\"}";
    return R"({"dateTime":")" + day + R"(","value":")" + value + "\"}";
}

QList<DayRow> rowsOf(const ApiCall &call, const DateQuery &query, QDate date)
{
    const DayData data = call.day(date);
    QList<DayRow> rows = stepRows(data, query.detail, call.horizon(data), call.world.switches.fallBack);
    rows.removeIf([&](const DayRow &row) { return !query.covers(date, row.wallSecond); });
    return rows;
}

QByteArray stepsIntraday(const ApiCall &call, const DateQuery &query)
{
    QList<DayRow> rows;
    for (QDate date = query.first; date <= query.last; date = date.addDays(1))
        rows += rowsOf(call, query, date);
    return dataSetJson(rows, query.detail, call.varies(query.first, 100, 2));
}

int windowSteps(const ApiCall &call, const DateQuery &query, QDate date)
{
    const QList<DayRow> rows = rowsOf(call, query, date);
    return std::accumulate(rows.begin(), rows.end(), 0,
                           [](int sum, const DayRow &row) { return sum + row.value; });
}

} // namespace

int dailySteps(const ApiCall &call, QDate date)
{
    if (call.inUtc()) {
        const DayData data = call.day(date);
        return data.stepsUntil(call.horizon(data).syncedSecond);
    }
    const DayData &data = call.user.day(date);
    return data.stepsUntil(call.horizon(data).syncedSecond);
}

SimResponse stepsAnswer(const ApiCall &call)
{
    DateQuery query;
    const DateRules rules{call.resource,
                          {u"1d"_s, u"7d"_s, u"30d"_s, u"1w"_s, u"1m"_s, u"3m"_s, u"6m"_s, u"1y"_s},
                          {u"1min"_s, u"5min"_s, u"15min"_s},
                          1095,
                          false};
    if (auto refusal = readDateQuery(call.parts, call.today(), rules, &query))
        return *refusal;
    const bool detailed = call.world.switches.intradayInDaily && query.first == query.last;
    if (query.intraday()) {
        if (auto refusal = call.refuseIntraday())
            return *refusal;
    }
    QString key = u"activities-"_s + call.resource;
    key.replace(u'/', u'-');
    QByteArray body = R"({")" + key.toLatin1() + R"(":[)";
    for (QDate date = query.first; date <= query.last; date = date.addDays(1)) {
        if (date < call.user.memberSince())
            continue; // before the account existed there is no entry at all
        const int steps = query.windowed ? windowSteps(call, query, date) : dailySteps(call, date);
        body += (body.endsWith('[') ? "" : ",") + seriesEntry(call, date, steps);
    }
    body += ']';
    if (!query.intraday() && detailed && call.world.switches.intraday)
        query.detail = u"1min"_s;
    if (query.intraday())
        body += R"(,")" + key.toLatin1() + R"(-intraday":)" + stepsIntraday(call, query);
    return jsonResponse(body + '}');
}

} // namespace wristkeep
