// SPDX-License-Identifier: GPL-3.0-or-later
// Weight and body fat as the simulated Fitbit tells them: the log of weigh-ins, and a filled daily series.
#include "simulator/generators.h"

#include "simulator/fitbiterrors.h"
#include "simulator/seriesjson.h"
#include "simulator/simworld.h"
#include "simulator/units.h"

#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestFill = 400; ///< days the series looks for a neighbour

QByteArray numberText(double value)
{
    return QByteArray::number(value, 'f', QLocale::FloatingPointShortest);
}

/// Hundredths of kg/m².
qint64 massIndex(const PersonTraits &person, int grams)
{
    const qint64 square = qint64(person.heightMm) * person.heightMm;
    return (qint64(grams) * 200'000 / square + 1) / 2;
}

QByteArray weighInJson(const ApiCall &call, const SimWeighIn &weight, bool fatLog)
{
    const SimUnits units = unitsOf(call.request.header("Accept-Language"));
    const qint64 local = weight.utc + weight.offset;
    const QDateTime wall = QDateTime::fromSecsSinceEpoch(local, Qt::UTC);
    QByteArray out = "{";
    if (!fatLog)
        out += R"("bmi":)" + numberText(double(massIndex(call.user.traits(), weight.grams)) / 100.0) + ',';
    out += R"("date":")" + wall.date().toString(Qt::ISODate).toLatin1() + '"';
    if (weight.fatPerMille > 0)
        out += R"(,"fat":)" + numberText(weight.fatPerMille / 10.0);
    // The wall clock read as if it were UTC: unique for a person, not an instant.
    out += R"(,"logId":)" + QByteArray::number(local * 1000) + R"(,"source":"AriaAir","time":")" +
           wall.time().toString(u"HH:mm:ss"_s).toLatin1() + '"';
    if (!fatLog)
        out += R"(,"weight":)" + numberText(weightIn(units, qint64(weight.grams) * 1000));
    return out + '}';
}

SimResponse bodyLog(const ApiCall &call, bool fatLog)
{
    DateRules rules;
    rules.resource = fatLog ? u"fat"_s : u"weight"_s;
    rules.periods = {u"1d"_s, u"7d"_s, u"30d"_s, u"1w"_s, u"1m"_s};
    rules.maxDays = fatLog ? 30 : 31;
    rules.singleDate = true;
    rules.explicitDates = true;
    DateQuery query;
    if (auto refusal = readDateQuery(call.parts, call.today(), rules, &query))
        return *refusal;
    QByteArray body = R"({")" + rules.resource.toLatin1() + R"(":[)";
    for (QDate date = query.first; date <= qMin(query.last, call.today()); date = date.addDays(1)) {
        const QList<SimWeighIn> weights = call.weighIns(date);
        for (const SimWeighIn &weight : weights) {
            if (!fatLog || weight.fatPerMille > 0)
                body += (body.endsWith('[') ? "" : ",") + weighInJson(call, weight, fatLog);
        }
    }
    return jsonResponse(body + "]}");
}

/// The last value up to a date, else the next one after it, else what the profile says.
SimWeighIn neighbourOf(const ApiCall &call, QDate date, bool fat)
{
    for (const int step : {-1, 1}) {
        for (int days = step < 0 ? 0 : 1; days < longestFill; ++days) {
            const QDate at = date.addDays(step * days);
            if (at < call.user.memberSince() || at > call.today())
                break;
            const QList<SimWeighIn> weights = call.weighIns(at);
            for (auto weight = weights.crbegin(); weight != weights.crend(); ++weight) {
                if (!fat || weight->fatPerMille > 0)
                    return *weight;
            }
        }
    }
    SimWeighIn profile;
    profile.grams = call.user.traits().weightG;
    return profile;
}

QByteArray bodyValue(const ApiCall &call, const QString &measure, QDate date)
{
    const SimWeighIn weight = neighbourOf(call, date, measure == u"fat"_s);
    if (measure == u"fat"_s)
        return numberText(weight.fatPerMille / 10.0);
    if (measure == u"bmi"_s)
        return numberText(double(massIndex(call.user.traits(), weight.grams)) / 100.0);
    const SimUnits units = unitsOf(call.request.header("Accept-Language"));
    return numberText(weightIn(units, qint64(weight.grams) * 1000));
}

} // namespace

SimResponse weightLogAnswer(const ApiCall &call)
{
    return bodyLog(call, false);
}

SimResponse fatLogAnswer(const ApiCall &call)
{
    return bodyLog(call, true);
}

SimResponse bodySeriesAnswer(const ApiCall &call)
{
    const QString measure = call.resource;
    DateRules rules;
    rules.resource = measure;
    rules.periods = simSeriesPeriods() + QStringList{u"max"_s};
    rules.since = call.user.memberSince();
    rules.maxDays = measure == u"bmi"_s ? 1095 : (measure == u"fat"_s ? 30 : 31);
    rules.explicitDates = true;
    DateQuery query;
    if (auto refusal = readDateQuery(call.parts, call.today(), rules, &query))
        return *refusal;
    return seriesResponse(call, u"body"_s, query, [&](QDate date) { return bodyValue(call, measure, date); });
}

} // namespace wristkeep
