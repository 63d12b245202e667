// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbittypes.h"

#include "providers/fitbit/activityseries.h"
#include "providers/fitbit/bodylogs.h"
#include "providers/fitbit/heartratedays.h"
#include "providers/fitbit/heartrateparser.h"
#include "providers/fitbit/sleepparser.h"
#include "providers/fitbit/zoneminutes.h"

#include <QRegularExpression>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// 1,095 would be allowed. A calendar year, leap years included, keeps "one request a year"; and an answer
// that is not understood holds up one year and not three.
constexpr int DaysOfSeries = 366;
constexpr int DaysOfHeartSummaries = 365; // "1 year"
constexpr int DaysOfSleep = 100;
constexpr int DaysOfWeight = 31;
constexpr int DaysOfBodyFat = 30;

// Far above what a person can do or be: beyond it an answer is not what its unit says.
constexpr double MostStepsOfADay = 10'000'000;
constexpr double MostKilometres = 10'000;
constexpr double MostFloors = 100'000;
constexpr double MostMetresUp = 100'000;
constexpr double MostKilocalories = 1'000'000;
constexpr double MostMinutesOfADay = 25 * 60;
constexpr double MostZoneMinutes = 2 * MostMinutesOfADay; // cardio and peak count twice
constexpr double MostKilograms = 1'500;
constexpr double MostPercentFat = 100;

constexpr int SeriesBytes = 65;

struct SeriesShape
{
    QString resource; ///< as in the address
    QString unit;
    double most = 0;
    FitbitFill fill = FitbitFill::ZeroIfUnworn;
};

/// A row of the activity series; `type` lacks what all of them share.
FitbitType seriesRow(DataType type, const SeriesShape &shape)
{
    type.scope = u"activity"_s;
    type.maxDaysPerRequest = DaysOfSeries;
    type.typicalDayBytes = SeriesBytes;
    const QString path = u"/1/user/-/activities/"_s + shape.resource + u"/date/"_s;
    return {.type = std::move(type),
            .dayPath = path + u"%1/1d.json"_s,
            .rangePath = path + u"%1/%2.json"_s,
            .list = u"activities-"_s + shape.resource,
            .unit = shape.unit,
            .most = shape.most,
            .fill = shape.fill,
            .parse = &parseActivitySeries};
}

FitbitType seriesRow(const QString &id, const QString &title, const SeriesShape &shape)
{
    return seriesRow({.id = id, .alias = {}, .title = title, .scope = {}}, shape);
}

FitbitType stepsRow()
{
    return seriesRow({.id = u"steps"_s, .alias = {}, .title = u"Steps"_s, .scope = {}, .inDefaultRun = true},
                     {u"steps"_s, u"steps"_s, MostStepsOfADay});
}

FitbitType zoneMinutesRow()
{
    FitbitType row = seriesRow(u"active_zone_minutes"_s, u"Active zone minutes"_s,
                               {u"active-zone-minutes"_s, u"min"_s, MostZoneMinutes});
    row.type.typicalDayBytes = 170;
    row.parse = &parseZoneMinutes;
    return row;
}

QList<FitbitType> activityRows()
{
    using Fill = FitbitFill;
    return {stepsRow(),
            seriesRow(u"distance"_s, u"Distance"_s, {u"distance"_s, u"km"_s, MostKilometres}),
            seriesRow(u"floors"_s, u"Floors climbed"_s, {u"floors"_s, u"floors"_s, MostFloors}),
            seriesRow(u"elevation"_s, u"Elevation gained"_s, {u"elevation"_s, u"m"_s, MostMetresUp}),
            seriesRow(u"calories"_s, u"Calories burned"_s,
                      {u"calories"_s, u"kcal"_s, MostKilocalories, Fill::NeverZero}),
            seriesRow(u"sedentary_minutes"_s, u"Sedentary minutes"_s,
                      {u"minutesSedentary"_s, u"min"_s, MostMinutesOfADay, Fill::WholeDayIfUnworn}),
            seriesRow(u"lightly_active_minutes"_s, u"Lightly active minutes"_s,
                      {u"minutesLightlyActive"_s, u"min"_s, MostMinutesOfADay}),
            seriesRow(u"fairly_active_minutes"_s, u"Fairly active minutes"_s,
                      {u"minutesFairlyActive"_s, u"min"_s, MostMinutesOfADay}),
            seriesRow(u"very_active_minutes"_s, u"Very active minutes"_s,
                      {u"minutesVeryActive"_s, u"min"_s, MostMinutesOfADay}),
            zoneMinutesRow()};
}

/// The readings of one day; `type` lacks what they share.
FitbitType heartReadingsRow(DataType type, const QString &resolution)
{
    type.scope = u"heartrate"_s;
    return {.type = std::move(type),
            .dayPath = u"/1/user/-/activities/heart/date/%1/1d/"_s + resolution + u".json"_s,
            .rangePath = {},
            .list = u"activities-heart"_s,
            .unit = u"bpm"_s,
            .resolution = resolution,
            .parse = &parseHeartRate};
}

FitbitType heartByMinuteRow()
{
    FitbitType row = heartReadingsRow({.id = u"heartrate_1min"_s,
                                       .alias = u"heartrate"_s,
                                       .title = u"Heart rate, every minute"_s,
                                       .scope = {},
                                       .inDefaultRun = true,
                                       .typicalDayBytes = 50'000},
                                      u"1min"_s);
    row.keepsDailyValues = true;
    return row;
}

FitbitType heartBySecondRow()
{
    return heartReadingsRow({.id = u"heartrate_1s"_s,
                             .alias = {},
                             .title = u"Heart rate, every second"_s,
                             .scope = {},
                             .typicalDayBytes = 450'000},
                            u"1sec"_s);
}

FitbitType heartSummariesRow()
{
    return {.type = {.id = u"heartrate_daily"_s,
                     .alias = {},
                     .title = u"Resting heart rate and zones"_s,
                     .scope = u"heartrate"_s,
                     .maxDaysPerRequest = DaysOfHeartSummaries,
                     .typicalDayBytes = 450},
            .dayPath = u"/1/user/-/activities/heart/date/%1/1d.json"_s,
            .rangePath = u"/1/user/-/activities/heart/date/%1/%2.json"_s,
            .list = u"activities-heart"_s,
            .unit = {},
            .parse = &parseHeartRateDaily};
}

FitbitType sleepRow()
{
    return {.type = {.id = u"sleep"_s,
                     .alias = {},
                     .title = u"Sleep"_s,
                     .scope = u"sleep"_s,
                     .maxDaysPerRequest = DaysOfSleep,
                     .typicalDayBytes = 5'000},
            .dayPath = u"/1.2/user/-/sleep/date/%1.json"_s,
            .rangePath = u"/1.2/user/-/sleep/date/%1/%2.json"_s,
            .list = u"sleep"_s,
            .dateMember = u"dateOfSleep"_s,
            .unit = {},
            .parse = &parseSleep};
}

struct BodyShape
{
    QString resource; ///< in the address, and the list and the value member of an answer
    QString unit;
    double most = 0;
    int days = 1;
};

FitbitType bodyRow(const QString &id, const QString &title, const BodyShape &shape)
{
    return {.type = {.id = id,
                     .alias = {},
                     .title = title,
                     .scope = u"weight"_s,
                     .maxDaysPerRequest = shape.days,
                     .typicalDayBytes = 130},
            .dayPath = u"/1/user/-/body/log/"_s + shape.resource + u"/date/%1.json"_s,
            .rangePath = u"/1/user/-/body/log/"_s + shape.resource + u"/date/%1/%2.json"_s,
            .list = shape.resource,
            .dateMember = u"date"_s,
            .unit = shape.unit,
            .most = shape.most,
            .parse = &parseBodyLogs};
}

/// The address without the days it names.
QString withoutDays(QString path)
{
    static const QRegularExpression day(u"%[12]|[0-9]{4}-[0-9]{2}-[0-9]{2}"_s);
    return path.replace(day, u"DAY"_s);
}

} // namespace

const QList<FitbitType> &fitbitTypes()
{
    static const QList<FitbitType> rows =
        activityRows() +
        QList<FitbitType>{
            heartByMinuteRow(),
            heartBySecondRow(),
            heartSummariesRow(),
            sleepRow(),
            bodyRow(u"weight"_s, u"Weight"_s, {u"weight"_s, u"kg"_s, MostKilograms, DaysOfWeight}),
            bodyRow(u"body_fat"_s, u"Body fat"_s, {u"fat"_s, u"%"_s, MostPercentFat, DaysOfBodyFat})};
    return rows;
}

const FitbitType *fitbitType(const QString &id)
{
    const QList<FitbitType> &rows = fitbitTypes();
    const auto found =
        std::find_if(rows.cbegin(), rows.cend(), [&id](const FitbitType &row) { return row.type.id == id; });
    return found == rows.cend() ? nullptr : &*found;
}

QString zeroWitnessOf(const FitbitType &row)
{
    return row.fill == FitbitFill::ZeroIfUnworn ? u"heartrate_1min"_s : QString();
}

const FitbitType *fitbitTypeAsked(const QString &path)
{
    const QString asked = withoutDays(path);
    for (const FitbitType &row : fitbitTypes()) {
        if (asked == withoutDays(row.dayPath) || asked == withoutDays(row.rangePath))
            return &row;
    }
    return nullptr;
}

} // namespace wristkeep
