// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlepoints.h"

#include "core/dayrecord.h"
#include "simulator/dayrows.h"
#include "simulator/simrandom.h"
#include "simulator/simusers.h"

namespace wristkeep {

namespace {

GooglePoint pointAt(const DayData &data, int second, int seconds, int value)
{
    GooglePoint point;
    point.startUtc = data.utcOf(second);
    point.endUtc = point.startUtc + seconds;
    point.startOffset = offsetAt(data.day, point.startUtc);
    point.endOffset = offsetAt(data.day, point.endUtc);
    point.date = data.day.date;
    point.value = value;
    return point;
}

/// Minute by minute while the tracker was worn; `make` changes the point and says whether there is one.
template<typename Make>
QList<GooglePoint> minutePoints(const GoogleDay &day, Make make)
{
    QList<GooglePoint> points;
    const DayData &data = day.data();
    const int synced = day.synced(data);
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= synced; ++minute) {
        const SimDayMinute &measured = data.measured.at(minute);
        GooglePoint point = pointAt(data, minute * 60, 60, 0);
        // On the wrist there is a reading in every minute; off it there is no count either, not even 0.
        if (measured.zone >= 0 && make(measured, point))
            points.append(point);
    }
    return points;
}

QList<GooglePoint> valuePoints(const GoogleDay &day, int (*valueOf)(const SimDayMinute &))
{
    return minutePoints(day, [valueOf](const SimDayMinute &minute, GooglePoint &point) {
        point.value = valueOf(minute);
        return true;
    });
}

/// The service needs a night and an hour for what it derives from a day.
bool isDerived(const GoogleDay &day, const DayData &data)
{
    return !day.early && day.synced(data) > (data.wakeMinute + 60) * 60 && data.restingRate > 0;
}

GooglePoint weighInPoint(const GoogleDay &day, const SimWeighIn &weight, int value)
{
    GooglePoint point;
    point.startUtc = weight.utc;
    point.endUtc = weight.utc;
    point.startOffset = weight.offset;
    point.endOffset = weight.offset;
    point.date = day.date;
    point.value = value;
    point.source = GoogleSource::Scale;
    point.id = qint64(mixKey({day.user.traits().key, quint64(weight.utc), 72}) >> 1);
    return point;
}

} // namespace

const DayData &GoogleDay::data() const
{
    return user.day(date);
}

int GoogleDay::synced(const DayData &data) const
{
    return horizonOf(data.day, lastSync, now).syncedSecond;
}

QList<GooglePoint> googleStepPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const DayData &data = day.data();
    const int synced = day.synced(data);
    SimRandom pocket(mixKey({day.user.traits().key, quint64(day.date.toJulianDay()), 71}));
    for (int minute = 0; minute < data.minutes() && (minute + 1) * 60 <= synced; ++minute) {
        const bool carried = pocket.chance(550);
        if (data.minuteRates.at(minute) == 0)
            continue;
        const int steps = data.steps.at(minute);
        points.append(pointAt(data, minute * 60, 60, steps));
        if (steps < 30 || !carried)
            continue;
        GooglePoint seen = pointAt(data, minute * 60, 60, steps - 1 - steps / 12);
        seen.source = GoogleSource::Phone;
        points.append(seen);
    }
    return points;
}

QList<GooglePoint> googleHeartPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const DayData &data = day.data();
    const int synced = day.synced(data);
    points.reserve(data.readings.size());
    for (const HeartReading &reading : data.readings) {
        if (reading.second < synced)
            points.append(pointAt(data, reading.second, 0, reading.rate));
    }
    return points;
}

QList<GooglePoint> googleRestingPoints(const GoogleDay &day)
{
    const DayData &data = day.data();
    if (!isDerived(day, data))
        return {};
    return {pointAt(data, 0, data.day.seconds, data.restingRate)};
}

QList<GooglePoint> googleZoneBoundPoints(const GoogleDay &day)
{
    const DayData &data = day.data();
    if (!isDerived(day, data))
        return {};
    return {pointAt(data, 0, data.day.seconds, 0)};
}

QList<GooglePoint> googleDistancePoints(const GoogleDay &day)
{
    return valuePoints(day, [](const SimDayMinute &minute) { return int(minute.millimetres); });
}

QList<GooglePoint> googleFloorPoints(const GoogleDay &day)
{
    return valuePoints(day, [](const SimDayMinute &minute) { return int(minute.floors); });
}

QList<GooglePoint> googleAltitudePoints(const GoogleDay &day)
{
    return valuePoints(day, [](const SimDayMinute &minute) { return minute.floors * millimetresPerFloor; });
}

QList<GooglePoint> googleActivePoints(const GoogleDay &day)
{
    return minutePoints(day, [](const SimDayMinute &minute, GooglePoint &point) {
        point.value = 1;
        point.part = qint8(minute.level);
        return minute.level != SimActivityLevel::Sedentary && minute.level != SimActivityLevel::Asleep;
    });
}

QList<GooglePoint> googleZoneMinutePoints(const GoogleDay &day)
{
    return minutePoints(day, [](const SimDayMinute &minute, GooglePoint &point) {
        point.value = minute.zone > 1 ? 2 : 1;
        point.part = minute.zone;
        return minute.zone > 0;
    });
}

QList<GooglePoint> googleSedentaryPoints(const GoogleDay &day)
{
    return minutePoints(day, [](const SimDayMinute &minute, GooglePoint &point) {
        point.value = 60;
        return minute.level == SimActivityLevel::Sedentary;
    });
}

QList<GooglePoint> googleTimeInZonePoints(const GoogleDay &day)
{
    return minutePoints(day, [](const SimDayMinute &minute, GooglePoint &point) {
        point.value = 60;
        point.part = minute.zone;
        return true;
    });
}

QList<GooglePoint> googleCaloriePoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const DayData &data = day.data();
    const int synced = day.synced(data);
    for (int minute = 0; data.worn && minute < data.minutes() && (minute + 1) * 60 <= synced; ++minute)
        points.append(pointAt(data, minute * 60, 60, data.measured.at(minute).calories));
    return points;
}

QList<GooglePoint> googleSleepPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const QList<SimSleepLog> logs = arrivedSleeps(day.user, day.date, day.lastSync);
    for (const SimSleepLog &log : logs) {
        points.append({log.startUtc, log.endUtc, log.startOffset, log.endOffset, log.date, log.seconds(),
                       GoogleSource::Tracker, 0, log.id});
    }
    return points;
}

QList<GooglePoint> googleWeightPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const QList<SimWeighIn> weights = arrivedWeighIns(day.user, day.date, day.lastSync);
    for (const SimWeighIn &weight : weights)
        points.append(weighInPoint(day, weight, weight.grams));
    return points;
}

QList<GooglePoint> googleFatPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    const QList<SimWeighIn> weights = arrivedWeighIns(day.user, day.date, day.lastSync);
    for (const SimWeighIn &weight : weights) {
        if (weight.fatPerMille > 0)
            points.append(weighInPoint(day, weight, weight.fatPerMille));
    }
    return points;
}

} // namespace wristkeep
