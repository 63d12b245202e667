// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealthtypes.h"

#include "providers/googlehealth/dailyparser.h"
#include "providers/googlehealth/samplesparser.h"
#include "providers/googlehealth/sleepparser.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

const QString activity = u"https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly"_s;
const QString metrics =
    u"https://www.googleapis.com/auth/googlehealth.health_metrics_and_measurements.readonly"_s;

const QString sleepScope = u"https://www.googleapis.com/auth/googlehealth.sleep.readonly"_s;

// Far above what a person can do: beyond it an answer is not what its unit says.
constexpr double MostStepsADay = 10'000'000;
constexpr double MostStepsAMinute = 1'000'000;
constexpr double MostBpm = 1'000;
constexpr double MostMillimetersADay = 1e10; // 10,000 km
constexpr double MostMillimetersUp = 1e9;    // what the service takes for one interval
constexpr double MostFloorsADay = 1'000'000;
constexpr double MostKcalADay = 1'000'000;
constexpr double MostMinutesADay = 25 * 60; // the longest civil day
constexpr double MostSecondsADay = 25 * 3600;
constexpr double MostZoneMinutesADay = 2 * MostMinutesADay; // a minute of cardio or peak counts twice

constexpr double MostGrams = 1'000'000;
constexpr double MostPercentFat = 100;

constexpr double GramsAKilogram = 1'000;
constexpr double MillimetersAKilometer = 1'000'000;
constexpr double MillimetersAMeter = 1'000;
constexpr double SecondsAMinute = 60;

constexpr int WindowMinute = 60;

// A range of heart-rate windows may be 14 times 24 hours long: thirteen days when the clock goes back among
// them.
constexpr int DaysOfHeartRate = 14;
// 90 days would be allowed; 14 keep an answer near 3 MB.
constexpr int DaysOfMinutes = 14;
constexpr int DaysOfDailyValues = 90;
// Sleep comes in pages of 25: a fortnight of nights and naps fills about one.
constexpr int DaysOfSleep = 14;
constexpr int PageOfSleep = 25;
// The service's cap for total-calories and active-minutes.
constexpr int DaysOfShortRanges = 14;

/// One row a civil day, made of reconciled data.
GoogleHealthType dailySum(const QString &id, const QString &title, const QString &path, const char *member)
{
    return {.type = {.id = id,
                     .alias = {},
                     .title = title,
                     .scope = activity,
                     .maxDaysPerRequest = DaysOfDailyValues,
                     .typicalDayBytes = 200},
            .call = GoogleHealthCall::DailyRollUp,
            .time = GoogleHealthTime::CivilStart,
            .path = path,
            .member = member,
            .unit = {},
            .resolution = {},
            .parse = &parseDailyValues};
}

GoogleHealthType steps()
{
    GoogleHealthType row = dailySum(u"steps"_s, u"Steps"_s, u"steps"_s, "steps");
    row.type.inDefaultRun = true;
    row.field = "countSum";
    row.most = MostStepsADay;
    row.unit = u"steps"_s;
    return row;
}

GoogleHealthType distance()
{
    GoogleHealthType row = dailySum(u"distance"_s, u"Distance"_s, u"distance"_s, "distance");
    row.field = "millimetersSum";
    row.most = MostMillimetersADay;
    row.perUnit = MillimetersAKilometer;
    row.unit = u"km"_s;
    return row;
}

GoogleHealthType floors()
{
    GoogleHealthType row = dailySum(u"floors"_s, u"Floors"_s, u"floors"_s, "floors");
    row.field = "countSum";
    row.most = MostFloorsADay;
    row.unit = u"floors"_s;
    return row;
}

// Named as at Fitbit; what the service calls altitude is what was climbed, and that may be below 0.
GoogleHealthType elevation()
{
    GoogleHealthType row = dailySum(u"elevation"_s, u"Elevation"_s, u"altitude"_s, "altitude");
    row.field = "gainMillimetersSum";
    row.least = -MostMillimetersUp;
    row.most = MostMillimetersUp;
    row.perUnit = MillimetersAMeter;
    row.unit = u"m"_s;
    return row;
}

GoogleHealthType calories()
{
    GoogleHealthType row = dailySum(u"calories"_s, u"Calories"_s, u"total-calories"_s, "totalCalories");
    row.type.maxDaysPerRequest = DaysOfShortRanges;
    row.field = "kcalSum";
    row.most = MostKcalADay;
    row.unit = u"kcal"_s;
    return row;
}

GoogleHealthType activeZoneMinutes()
{
    GoogleHealthType row = dailySum(u"active_zone_minutes"_s, u"Active zone minutes"_s,
                                    u"active-zone-minutes"_s, "activeZoneMinutes");
    row.type.typicalDayBytes = 290;
    row.parts = {{"", "sumInFatBurnHeartZone", u"active_zone_minutes/fat_burn"_s},
                 {"", "sumInCardioHeartZone", u"active_zone_minutes/cardio"_s},
                 {"", "sumInPeakHeartZone", u"active_zone_minutes/peak"_s}};
    row.sumsParts = true;
    row.most = MostZoneMinutesADay;
    row.unit = u"min"_s;
    return row;
}

// Under the service's own names: nothing says that its levels are Fitbit's.
GoogleHealthType activeMinutes()
{
    GoogleHealthType row =
        dailySum(u"active_minutes"_s, u"Active minutes by level"_s, u"active-minutes"_s, "activeMinutes");
    row.type.maxDaysPerRequest = DaysOfShortRanges;
    row.type.typicalDayBytes = 400;
    row.partList = "activeMinutesRollupByActivityLevel";
    row.partKey = "activityLevel";
    row.parts = {{"LIGHT", "activeMinutesSum", u"active_minutes/light"_s},
                 {"MODERATE", "activeMinutesSum", u"active_minutes/moderate"_s},
                 {"VIGOROUS", "activeMinutesSum", u"active_minutes/vigorous"_s}};
    row.most = MostMinutesADay;
    row.unit = u"min"_s;
    return row;
}

GoogleHealthType sedentaryMinutes()
{
    GoogleHealthType row =
        dailySum(u"sedentary_minutes"_s, u"Sedentary minutes"_s, u"sedentary-period"_s, "sedentaryPeriod");
    row.field = "durationSum";
    row.isDuration = true;
    row.most = MostSecondsADay;
    row.perUnit = SecondsAMinute;
    row.unit = u"min"_s;
    return row;
}

// The upper three zones have Fitbit's names and so stand beside them. Fitbit's lowest, "Out of Range", also
// counts the time the device was not worn, which this one does not.
GoogleHealthType heartRateZoneMinutes()
{
    GoogleHealthType row = dailySum(u"heart_rate_zone_minutes"_s, u"Minutes in each heart rate zone"_s,
                                    u"time-in-heart-rate-zone"_s, "timeInHeartRateZone");
    row.type.typicalDayBytes = 400;
    row.partList = "timeInHeartRateZones";
    row.partKey = "heartRateZone";
    row.parts = {{"LIGHT", "duration", u"heart_rate_zone_minutes/Light"_s},
                 {"MODERATE", "duration", u"heart_rate_zone_minutes/Fat Burn"_s},
                 {"VIGOROUS", "duration", u"heart_rate_zone_minutes/Cardio"_s},
                 {"PEAK", "duration", u"heart_rate_zone_minutes/Peak"_s}};
    row.isDuration = true;
    row.most = MostSecondsADay;
    row.perUnit = SecondsAMinute;
    row.unit = u"min"_s;
    return row;
}

// By roll-up rather than list: phone and tracker count the same steps, and only a roll-up is reconciled.
GoogleHealthType stepsByMinute()
{
    return {.type = {.id = u"steps_1min"_s,
                     .alias = {},
                     .title = u"Steps, every minute"_s,
                     .scope = activity,
                     .maxDaysPerRequest = DaysOfMinutes,
                     .typicalDayBytes = 75'000},
            .call = GoogleHealthCall::RollUp,
            .time = GoogleHealthTime::WindowStart,
            .path = u"steps"_s,
            .windowSeconds = WindowMinute,
            .member = "steps",
            .field = "countSum",
            .most = MostStepsAMinute,
            .unit = u"steps"_s,
            .resolution = u"1min"_s,
            .parse = &parseSamples};
}

GoogleHealthType heartRateByMinute()
{
    return {.type = {.id = u"heartrate_1min"_s,
                     .alias = u"heartrate"_s,
                     .title = u"Heart rate, every minute"_s,
                     .scope = metrics,
                     .inDefaultRun = true,
                     .maxDaysPerRequest = DaysOfHeartRate,
                     .maxHoursPerRequest = 24 * DaysOfHeartRate,
                     .typicalDayBytes = 220'000},
            .call = GoogleHealthCall::RollUp,
            .time = GoogleHealthTime::WindowStart,
            .path = u"heart-rate"_s,
            .windowSeconds = WindowMinute,
            .member = "heartRate",
            .field = "beatsPerMinuteAvg",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .rounded = true,
            .unit = u"bpm"_s,
            .resolution = u"1min"_s,
            .parse = &parseSamples};
}

// Reconciled rather than listed: a watch and a chest strap worn together would give two readings a second,
// and a point of the list does not always name its source.
GoogleHealthType heartRateReadings()
{
    return {.type = {.id = u"heartrate_raw"_s,
                     .alias = {},
                     .title = u"Heart rate, every reading"_s,
                     .scope = metrics,
                     .typicalDayBytes = 4'000'000},
            .call = GoogleHealthCall::Reconcile,
            .time = GoogleHealthTime::Sample,
            .path = u"heart-rate"_s,
            .member = "heartRate",
            .field = "beatsPerMinute",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .unit = u"bpm"_s,
            .resolution = u"raw"_s,
            .parse = &parseSamples};
}

GoogleHealthType restingHeartRate()
{
    return {.type = {.id = u"resting_heart_rate"_s,
                     .alias = {},
                     .title = u"Resting heart rate"_s,
                     .scope = metrics,
                     .inDefaultRun = true,
                     .maxDaysPerRequest = DaysOfDailyValues,
                     .typicalDayBytes = 270},
            .call = GoogleHealthCall::List,
            .time = GoogleHealthTime::Date,
            .path = u"daily-resting-heart-rate"_s,
            .member = "dailyRestingHeartRate",
            .field = "beatsPerMinute",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .unit = u"bpm"_s,
            .resolution = {},
            .parse = &parseDailyValues};
}

// Listed rather than reconciled: only a listed record always has its name, and says what measured it.
GoogleHealthType nights()
{
    return {.type = {.id = u"sleep"_s,
                     .alias = {},
                     .title = u"Sleep"_s,
                     .scope = sleepScope,
                     .maxDaysPerRequest = DaysOfSleep,
                     .typicalDayBytes = 6'000},
            .call = GoogleHealthCall::List,
            .time = GoogleHealthTime::SessionEnd,
            .path = u"sleep"_s,
            .pageSize = PageOfSleep,
            .member = "sleep",
            .unit = {},
            .resolution = {},
            .parse = &parseSleep};
}

// Listed: of a weighing nothing is to be lost, and no sum is made of it.
GoogleHealthType weighing(const QString &id, const QString &title, const QString &path, const char *member)
{
    return {.type = {.id = id,
                     .alias = {},
                     .title = title,
                     .scope = metrics,
                     .maxDaysPerRequest = DaysOfDailyValues,
                     .typicalDayBytes = 400},
            .call = GoogleHealthCall::List,
            .time = GoogleHealthTime::Sample,
            .path = path,
            .member = member,
            .zero = GoogleHealthZero::NoReading,
            .unit = {},
            .resolution = u"raw"_s,
            .parse = &parseSamples};
}

GoogleHealthType weight()
{
    GoogleHealthType row = weighing(u"weight"_s, u"Weight"_s, u"weight"_s, "weight");
    row.field = "weightGrams";
    row.most = MostGrams;
    row.perUnit = GramsAKilogram;
    row.unit = u"kg"_s;
    return row;
}

GoogleHealthType bodyFat()
{
    GoogleHealthType row = weighing(u"body_fat"_s, u"Body fat"_s, u"body-fat"_s, "bodyFat");
    row.field = "percentage";
    row.most = MostPercentFat;
    row.unit = u"%"_s;
    return row;
}

// Under the names of the minutes in them.
GoogleHealthType heartRateZones()
{
    GoogleHealthType row = restingHeartRate();
    row.type.id = u"heart_rate_zones"_s;
    row.type.title = u"Limits of the heart rate zones"_s;
    row.type.inDefaultRun = false;
    row.type.typicalDayBytes = 550;
    row.path = u"daily-heart-rate-zones"_s;
    row.member = "dailyHeartRateZones";
    row.field = "";
    row.partList = "heartRateZones";
    row.partKey = "heartRateZoneType";
    for (const auto &[name, zone] : {std::pair("LIGHT", u"Light"_s), std::pair("MODERATE", u"Fat Burn"_s),
                                     std::pair("VIGOROUS", u"Cardio"_s), std::pair("PEAK", u"Peak"_s)}) {
        row.parts.append({name, "minBeatsPerMinute", u"heart_rate_zone_min/"_s + zone});
        row.parts.append({name, "maxBeatsPerMinute", u"heart_rate_zone_max/"_s + zone});
    }
    return row;
}

} // namespace

const QList<GoogleHealthType> &googleHealthTypes()
{
    static const QList<GoogleHealthType> rows{steps(),
                                              stepsByMinute(),
                                              heartRateByMinute(),
                                              heartRateReadings(),
                                              restingHeartRate(),
                                              distance(),
                                              floors(),
                                              elevation(),
                                              calories(),
                                              activeZoneMinutes(),
                                              activeMinutes(),
                                              sedentaryMinutes(),
                                              heartRateZoneMinutes(),
                                              heartRateZones(),
                                              nights(),
                                              weight(),
                                              bodyFat()};
    return rows;
}

const GoogleHealthType *googleHealthType(const QString &id)
{
    const QList<GoogleHealthType> &rows = googleHealthTypes();
    const auto found = std::find_if(rows.cbegin(), rows.cend(),
                                    [&id](const GoogleHealthType &row) { return row.type.id == id; });
    return found == rows.cend() ? nullptr : &*found;
}

bool hasCivilDates(const GoogleHealthType &row)
{
    return row.time != GoogleHealthTime::WindowStart && row.time != GoogleHealthTime::Sample;
}

QString filterMember(const GoogleHealthType &row)
{
    switch (row.time) {
    case GoogleHealthTime::Date:
        return u"date"_s;
    case GoogleHealthTime::Sample:
        return u"sample_time.physical_time"_s;
    case GoogleHealthTime::SessionEnd:
        return u"interval.civil_end_time"_s;
    case GoogleHealthTime::WindowStart:
    case GoogleHealthTime::CivilStart:
        break;
    }
    return {};
}

bool isRolledUp(const GoogleHealthType &row)
{
    return row.call == GoogleHealthCall::RollUp || row.call == GoogleHealthCall::DailyRollUp;
}

const char *listMember(const GoogleHealthType &row)
{
    return isRolledUp(row) ? "rollupDataPoints" : "dataPoints";
}

} // namespace wristkeep
