// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlepoints.h"

#include "simulator/simrandom.h"
#include "simulator/sleeplog.h"

namespace wristkeep {

namespace {

GooglePoint pointAt(const GoogleDay &day, int second, int seconds, int value)
{
    const qint64 start = day.data.utcOf(second);
    const qint64 end = start + seconds;
    return {start,
            end,
            offsetAt(day.data.day, start),
            offsetAt(day.data.day, end),
            day.data.day.date,
            value,
            GoogleSource::Tracker};
}

} // namespace

QList<GooglePoint> googleStepPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    SimRandom pocket(mixKey({day.personKey, quint64(day.data.day.date.toJulianDay()), 71}));
    for (int minute = 0; minute < day.data.minutes() && (minute + 1) * 60 <= day.synced; ++minute) {
        const bool carried = pocket.chance(550);
        // On the wrist there is a reading in every minute; off it there is no count either, not even 0.
        if (day.data.minuteRates.at(minute) == 0)
            continue;
        const int steps = day.data.steps.at(minute);
        points.append(pointAt(day, minute * 60, 60, steps));
        if (steps < 30 || !carried)
            continue;
        GooglePoint seen = pointAt(day, minute * 60, 60, steps - 1 - steps / 12);
        seen.source = GoogleSource::Phone;
        points.append(seen);
    }
    return points;
}

QList<GooglePoint> googleHeartPoints(const GoogleDay &day)
{
    QList<GooglePoint> points;
    points.reserve(day.data.readings.size());
    for (const HeartReading &reading : day.data.readings) {
        if (reading.second < day.synced)
            points.append(pointAt(day, reading.second, 0, reading.rate));
    }
    return points;
}

QList<GooglePoint> googleRestingPoints(const GoogleDay &day)
{
    // The service needs a night and an hour.
    const bool awake = day.synced > (day.data.wakeMinute + 60) * 60;
    if (day.early || !awake || day.data.restingRate == 0)
        return {};
    return {pointAt(day, 0, day.data.day.seconds, day.data.restingRate)};
}

} // namespace wristkeep
