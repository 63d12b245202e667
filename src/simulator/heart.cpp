// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generators.h"

#include "simulator/heartzones.h"
#include "simulator/simworld.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A civil second's place in the data of its date: the window as elapsed seconds.
bool inWindow(const DateQuery &query, const DayData &data, int second)
{
    return query.covers(data.day.date, data.wallSecond(second));
}

int restingRate(const ApiCall &call, const DayData &data)
{
    // The service needs a night and an hour; the first two days of an account have none.
    const bool early = data.day.date < call.user.memberSince().addDays(2);
    const bool awake = call.horizon(data).syncedSecond > (data.wakeMinute + 60) * 60;
    return early || !awake ? 0 : data.restingRate;
}

QByteArray zonesJson(const ApiCall &call, const DateQuery &query, const DayData &data)
{
    const int synced = call.horizon(data).syncedSecond;
    HeartZones zones(call.user.traits(), data.day.date);
    int seen = 0;
    bool measured = false;
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= synced; ++minute) {
        if (query.windowed && !inWindow(query, data, minute * 60))
            continue;
        if (call.world.switches.fallBack == FallBack::SingleCopy && isRepeatedHour(data.day, minute * 60))
            continue;
        measured = measured || data.minuteRates.at(minute) > 0;
        if (data.minuteRates.at(minute) > 0)
            zones.add(data.minuteRates.at(minute));
        else if (call.world.switches.zonesFillDay)
            zones.addUnmeasured();
        ++seen;
    }
    if (!measured && !query.windowed) {
        if (areZonesBare(call.world.switches.notWorn, data.day.date) || seen == 0)
            return zones.bareJson();
        zones.clear();
        for (int minute = 0; minute < seen; ++minute)
            zones.addUnmeasured();
    }
    return zones.json();
}

QByteArray plainEntry(const ApiCall &call, const DateQuery &query, const DayData &data)
{
    const QByteArray date = data.day.date.toString(Qt::ISODate).toLatin1();
    const int resting = restingRate(call, data);
    QByteArray value = R"({"customHeartRateZones":[],"heartRateZones":)" + zonesJson(call, query, data);
    if (call.varies(data.day.date, 180, 3))
        value += R"(,"zonesVersion":2)"; // a member no client knows
    if (resting > 0)
        value += R"(,"restingHeartRate":)" + QByteArray::number(resting);
    value += '}';
    if (call.varies(data.day.date, 200, 4))
        return R"({"value":)" + value + R"(,"dateTime":")" + date + "\"}";
    return R"({"dateTime":")" + date + R"(","value":)" + value + '}';
}

/// The shape of answers to a window: flat, with the window's mean as text.
QByteArray windowEntry(const ApiCall &call, const DateQuery &query, const DayData &data)
{
    const int synced = call.horizon(data).syncedSecond;
    qint64 sum = 0;
    qint64 count = 0;
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= synced; ++minute) {
        if (data.minuteRates.at(minute) > 0 && inWindow(query, data, minute * 60)) {
            sum += data.minuteRates.at(minute);
            ++count;
        }
    }
    const qint64 hundredths = count > 0 ? (200 * sum + count) / (2 * count) : 0;
    const QByteArray mean = QByteArray::number(hundredths / 100) + '.' +
                            QByteArray::number(hundredths % 100).rightJustified(2, '0');
    const QByteArray date =
        query.literalToday ? QByteArray("today") : data.day.date.toString(Qt::ISODate).toLatin1();
    return R"({"customHeartRateZones":[],"dateTime":")" + date + R"(","heartRateZones":)" +
           zonesJson(call, query, data) + R"(,"value":")" + mean + "\"}";
}

QByteArray heartIntraday(const ApiCall &call, const DateQuery &query)
{
    QList<DayRow> rows;
    for (QDate date = query.first; date <= query.last; date = date.addDays(1)) {
        const DayData data = call.day(date);
        QList<DayRow> part = heartRows(data, query.detail, call.horizon(data), call.world.switches.fallBack);
        if (query.windowed)
            part.removeIf([&](const DayRow &row) { return !query.covers(date, row.wallSecond); });
        rows += part;
    }
    return dataSetJson(rows, query.detail, call.varies(query.first, 100, 5));
}

} // namespace

SimResponse heartAnswer(const ApiCall &call)
{
    DateQuery query;
    DateRules rules;
    rules.resource = u"heart"_s;
    rules.periods = {u"1d"_s, u"7d"_s, u"30d"_s, u"1w"_s, u"1m"_s};
    rules.details = {u"1sec"_s, u"1min"_s, u"5min"_s, u"15min"_s};
    rules.oneYear = true;
    if (auto refusal = readDateQuery(call.parts, call.today(), rules, &query))
        return *refusal;
    if (query.intraday()) {
        if (auto refusal = call.refuseIntraday())
            return *refusal;
    }
    QByteArray body = R"({"activities-heart":[)";
    for (QDate date = query.first; date <= query.last; date = date.addDays(1)) {
        if (date < call.user.memberSince())
            continue;
        const bool flat = query.windowed || call.version == u"1.1"_s;
        const DayData data = call.day(date);
        body += body.endsWith('[') ? "" : ",";
        body += flat ? windowEntry(call, query, data) : plainEntry(call, query, data);
    }
    body += ']';
    if (!query.intraday() && query.first == query.last && call.world.switches.intradayInDaily &&
        call.world.switches.intraday)
        query.detail = u"1min"_s;
    if (query.intraday())
        body += R"(,"activities-heart-intraday":)" + heartIntraday(call, query);
    return jsonResponse(body + '}');
}

} // namespace wristkeep
