// SPDX-License-Identifier: GPL-3.0-or-later
// The daily activity series beside steps, and active zone minutes.
#include "simulator/generators.h"
#include "simulator/seriesjson.h"
#include "simulator/simworld.h"
#include "simulator/units.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

std::optional<SimResponse> readActivityDates(const ApiCall &call, DateQuery *query)
{
    DateRules rules;
    rules.resource = call.resource;
    rules.periods = simSeriesPeriods();
    return readDateQuery(call.parts, call.today(), rules, query);
}

QByteArray kilometresValue(const ApiCall &call, QDate date, const SimDayTotals &totals, SimUnits units)
{
    const QByteArray text = distanceText(units, totals.millimetres);
    // Binary noise, as the real series has it; it is far below a millimetre.
    const bool noisy = totals.millimetres > 0 && call.varies(date, 120, 6);
    return noisy ? text + QByteArray("000000000000").left(qMax(0, int(17 - text.size()))) + '1' : text;
}

QByteArray activityValue(const ApiCall &call, const QString &measure, QDate date)
{
    const SimUnits units = unitsOf(call.request.header("Accept-Language"));
    const SimDayTotals totals = call.totals(date);
    if (measure == u"distance"_s)
        return kilometresValue(call, date, totals, units);
    if (measure == u"elevation"_s)
        return heightText(units, totals.climbedMm());
    const QList<QPair<QString, int>> counts = {
        {u"floors"_s, totals.floors},
        {u"calories"_s, totals.kcal()},
        {u"minutesSedentary"_s, totals.minutesAt(SimActivityLevel::Sedentary)},
        {u"minutesLightlyActive"_s, totals.minutesAt(SimActivityLevel::Light)},
        {u"minutesFairlyActive"_s, totals.minutesAt(SimActivityLevel::Fair)},
        {u"minutesVeryActive"_s, totals.minutesAt(SimActivityLevel::Very)},
    };
    for (const auto &[name, count] : counts) {
        if (name == measure)
            return QByteArray::number(count);
    }
    return QByteArray::number(call.user.traits().basalRate(date)); // caloriesBMR
}

/// Zones and days without such minutes are left out.
QByteArray zoneMinutesEntry(QDate date, const SimDayTotals &totals)
{
    QByteArray value = R"({"activeZoneMinutes":)" + QByteArray::number(totals.zoneMinutes());
    constexpr std::array<const char *, 4> names = {"", "fatBurn", "cardio", "peak"};
    for (int zone = 1; zone < 4; ++zone) {
        if (totals.zoneMinutes(zone) > 0) {
            value += R"(,")" + QByteArray(names.at(std::size_t(zone))) + R"(ActiveZoneMinutes":)" +
                     QByteArray::number(totals.zoneMinutes(zone));
        }
    }
    return R"({"dateTime":")" + date.toString(Qt::ISODate).toLatin1() + R"(","value":)" + value + "}}";
}

} // namespace

SimResponse activityAnswer(const ApiCall &call)
{
    DateQuery query;
    if (auto refusal = readActivityDates(call, &query))
        return *refusal;
    const QString measure = call.resource.section(u'/', -1);
    return seriesResponse(call, u"activities"_s, query,
                          [&](QDate date) { return activityValue(call, measure, date); });
}

SimResponse zoneMinutesAnswer(const ApiCall &call)
{
    DateQuery query;
    if (auto refusal = readActivityDates(call, &query))
        return *refusal;
    QByteArray body = R"({"activities-active-zone-minutes":[)";
    for (QDate date = query.first; date <= query.last; date = date.addDays(1)) {
        const SimDayTotals totals = date < call.user.memberSince() ? SimDayTotals() : call.totals(date);
        if (totals.zoneMinutes() > 0)
            body += (body.endsWith('[') ? "" : ",") + zoneMinutesEntry(date, totals);
    }
    return jsonResponse(body + "]}");
}

} // namespace wristkeep
