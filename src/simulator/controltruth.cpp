// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the control interface about what is true of a day, and what of a night is known.
#include "simulator/controlservice.h"

#include "simulator/apicall.h"
#include "simulator/dayrows.h"
#include "simulator/simworld.h"

#include <QJsonArray>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QJsonArray spanRows(const QList<SimSleepSpan> &spans)
{
    QJsonArray list;
    for (const SimSleepSpan &span : spans)
        list.append(QJsonArray{span.utc, span.seconds, QString::fromLatin1(sleepStageName(span.stage))});
    return list;
}

QJsonObject nightJson(const SimSleepLog &log)
{
    const SimSleepSums sums = sumsOf(log);
    QJsonObject minutes;
    for (int number = 0; number < SimSleepSums::stages; ++number) {
        const auto stage = SimSleepStage(number);
        if (sums.of(stage) > 0)
            minutes.insert(QString::fromLatin1(sleepStageName(stage)), sums.of(stage));
    }
    return {{u"id"_s, log.id},
            {u"date"_s, log.date.toString(Qt::ISODate)},
            {u"start"_s, log.startUtc},
            {u"end"_s, log.endUtc},
            {u"startOffset"_s, log.startOffset},
            {u"endOffset"_s, log.endOffset},
            {u"type"_s, log.staged() ? u"stages"_s : u"classic"_s},
            {u"isMain"_s, log.main},
            {u"isNap"_s, log.nap},
            {u"pending"_s, log.pending},
            {u"stages"_s, spanRows(log.spans)},
            {u"shortAwakenings"_s, spanRows(log.awakenings)},
            {u"minutesInBed"_s, log.minutesInBed()},
            {u"minutesAsleep"_s, sums.minutesAsleep},
            {u"minutesAwake"_s, sums.minutesAwake},
            {u"minutesAfterWakeUp"_s, sums.afterWakeUp},
            {u"stageMinutes"_s, minutes}};
}

QJsonArray weightsJson(const QList<SimWeighIn> &weights)
{
    QJsonArray list;
    for (const SimWeighIn &weight : weights) {
        const QJsonValue fat = weight.fatPerMille > 0 ? QJsonValue(weight.fatPerMille / 10.0) : QJsonValue();
        list.append(QJsonArray{weight.utc, weight.grams / 1000.0, fat});
    }
    return list;
}

void insertFigures(QJsonObject &answer, const SimDayTotals &totals)
{
    answer.insert(u"distance"_s, double(totals.millimetres) / 1000.0);
    answer.insert(u"floors"_s, totals.floors);
    answer.insert(u"elevation"_s, double(totals.climbedMm()) / 1000.0);
    answer.insert(u"calories"_s, totals.kcal());
    answer.insert(u"kcal"_s, double(totals.calories) / 100'000.0);
    answer.insert(u"minutesSedentary"_s, totals.minutesAt(SimActivityLevel::Sedentary));
    answer.insert(u"minutesLightlyActive"_s, totals.minutesAt(SimActivityLevel::Light));
    answer.insert(u"minutesFairlyActive"_s, totals.minutesAt(SimActivityLevel::Fair));
    answer.insert(u"minutesVeryActive"_s, totals.minutesAt(SimActivityLevel::Very));
    answer.insert(u"sedentarySecondsWorn"_s, totals.wornSedentary * 60);
    answer.insert(u"activeZoneMinutes"_s, totals.zoneMinutes());
    answer.insert(u"fatBurnActiveZoneMinutes"_s, totals.zoneMinutes(1));
    answer.insert(u"cardioActiveZoneMinutes"_s, totals.zoneMinutes(2));
    answer.insert(u"peakActiveZoneMinutes"_s, totals.zoneMinutes(3));
    QJsonArray zones;
    for (const int minutes : totals.zones)
        zones.append(minutes);
    answer.insert(u"zoneMinutes"_s, zones);
}

} // namespace

QJsonObject ControlService::truth(const QJsonObject &command)
{
    const SimUser *user = userOf(command);
    const QDate date = QDate::fromString(command.value(u"date"_s).toString(), Qt::ISODate);
    if (!user || !date.isValid())
        return {{u"error"_s, u"user or date is wrong"_s}};
    const DayData &data = user->day(date);
    // What has reached the service by now, or what the day really was.
    const bool known = command.value(u"known"_s).toBool();
    const qint64 now = m_world.clock.nowUtc();
    const qint64 lastSync = lastSyncOf(m_world, now);
    const int told = known ? horizonOf(data.day, lastSync, now).syncedSecond : data.day.seconds;
    QJsonArray steps;
    QJsonArray rates;
    for (int minute = 0; (minute + 1) * 60 <= told; ++minute) {
        const qint64 utc = data.utcOf(minute * 60);
        if (data.steps.at(minute) > 0)
            steps.append(QJsonArray{utc, data.steps.at(minute)});
        if (data.minuteRates.at(minute) > 0)
            rates.append(QJsonArray{utc, data.minuteRates.at(minute)});
    }
    QJsonArray nights;
    const QList<SimSleepLog> sleeps = known ? arrivedSleeps(*user, date, lastSync) : user->sleeps(date);
    for (const SimSleepLog &log : sleeps)
        nights.append(nightJson(log));
    // The service needs two nights of an account, and an hour after waking, for what it derives.
    const bool derived = date >= user->memberSince().addDays(2) && told > (data.wakeMinute + 60) * 60;
    QJsonObject answer{
        {u"user"_s, user->id()},
        {u"date"_s, date.toString(Qt::ISODate)},
        {u"zone"_s, data.day.zone},
        {u"worn"_s, data.worn},
        {u"startUtc"_s, data.day.startUtc},
        {u"seconds"_s, data.day.seconds},
        {u"steps"_s, data.stepsUntil(told)},
        {u"restingRate"_s, known && !derived ? 0 : data.restingRate},
        {u"heartMinutes"_s, rates.size()},
        {u"readings"_s, data.readings.size()},
        {u"nights"_s, nights},
        {u"weights"_s, weightsJson(known ? arrivedWeighIns(*user, date, lastSync) : user->weighIns(date))},
    };
    insertFigures(answer, totalsUntil(data, told));
    if (command.value(u"minutes"_s).toBool(true)) {
        answer.insert(u"stepMinutes"_s, steps);
        answer.insert(u"rates"_s, rates);
    }
    return answer;
}

QJsonObject ControlService::night(const QJsonObject &command)
{
    SimUser *user = userOf(command);
    const QDate date = QDate::fromString(command.value(u"date"_s).toString(), Qt::ISODate);
    const int longer = command.value(u"longer"_s).toInt();
    if (!user || !date.isValid() || longer < 0 || longer > 180)
        return {{u"error"_s, u"user or date is wrong, or longer is not 0 to 180 minutes"_s}};
    user->setNight(date, {longer, command.value(u"pending"_s).toBool()});
    QJsonArray nights;
    const QList<SimSleepLog> sleeps = user->sleeps(date);
    for (const SimSleepLog &log : sleeps)
        nights.append(nightJson(log));
    return {{u"nights"_s, nights}};
}

} // namespace wristkeep
