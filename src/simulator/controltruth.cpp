// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the control interface about what is true of a day, and what of a night is known.
#include "simulator/controlservice.h"

#include "simulator/apicall.h"
#include "simulator/dayrows.h"
#include "simulator/heartzones.h"
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

/// As Fitbit counts them: a minute without a reading is out of range, and the hour a clock repeats is told
/// once. Bounds, minutes and kilocalories; the latter two are null where they are not told.
QJsonArray fitbitZones(const SimUser &user, const DayData &data, int told, const SimSwitches &switches)
{
    std::array<int, 4> minutes{};
    std::array<qint64, 4> burnt{};
    int unmeasured = 0;
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= told; ++minute) {
        const SimDayMinute &measured = data.measured.at(minute);
        if (switches.fallBack == FallBack::SingleCopy && isRepeatedHour(data.day, minute * 60))
            continue;
        unmeasured += measured.zone < 0 ? 1 : 0;
        if (measured.zone < 0 && !switches.zonesFillDay)
            continue;
        ++minutes.at(std::size_t(qMax(0, int(measured.zone))));
        burnt.at(std::size_t(qMax(0, int(measured.zone)))) += measured.calories;
    }
    const HeartZones bounds(user.traits(), data.day.date);
    const int seen = minutes[0] + minutes[1] + minutes[2] + minutes[3];
    const bool isMeasured = seen > (switches.zonesFillDay ? unmeasured : 0);
    if (!isMeasured) {
        minutes.front() = unmeasured;
        burnt.front() = unmeasured * bounds.basalCalories();
    }
    const bool isBare = !isMeasured && (unmeasured == 0 || areZonesBare(switches.notWorn, data.day.date));
    QJsonArray zones;
    for (int zone = 0; zone < 4; ++zone) {
        const auto figured = [isBare](double figure) { return isBare ? QJsonValue() : QJsonValue(figure); };
        zones.append(QJsonArray{bounds.low(zone), bounds.high(zone), figured(minutes.at(std::size_t(zone))),
                                figured(double(burnt.at(std::size_t(zone))) / 100'000.0)});
    }
    return zones;
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
    answer.insert(u"fitbitZones"_s, fitbitZones(*user, data, told, m_world.switches));
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
