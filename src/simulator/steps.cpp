// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generators.h"

#include "simulator/seriesjson.h"
#include "simulator/simworld.h"

#include <numeric>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

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
    DateRules rules;
    rules.resource = call.resource;
    rules.periods = simSeriesPeriods();
    rules.details = {u"1min"_s, u"5min"_s, u"15min"_s};
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
        body += (body.endsWith('[') ? "" : ",") + seriesEntry(call, date, QByteArray::number(steps));
    }
    body += ']';
    if (!query.intraday() && detailed && call.world.switches.intraday)
        query.detail = u"1min"_s;
    if (query.intraday())
        body += R"(,")" + key.toLatin1() + R"(-intraday":)" + stepsIntraday(call, query);
    return jsonResponse(body + '}');
}

} // namespace wristkeep
