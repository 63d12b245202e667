// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealthtypes.h"

#include "providers/googlehealth/dailyparser.h"
#include "providers/googlehealth/samplesparser.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

const QString activity = u"https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly"_s;
const QString metrics =
    u"https://www.googleapis.com/auth/googlehealth.health_metrics_and_measurements.readonly"_s;

// Far above what a person can do: beyond it an answer is not what its unit says.
constexpr double MostStepsADay = 10'000'000;
constexpr double MostStepsAMinute = 1'000'000;
constexpr double MostBpm = 1'000;

constexpr int WindowMinute = 60;

// A range of heart-rate windows may be 14 times 24 hours long: thirteen days when the clock goes back among
// them.
constexpr int DaysOfHeartRate = 14;
// 90 days would be allowed; 14 keep an answer near 3 MB.
constexpr int DaysOfMinutes = 14;
constexpr int DaysOfDailyValues = 90;

GoogleHealthType steps()
{
    return {.type = {.id = u"steps"_s,
                     .alias = {},
                     .title = u"Steps"_s,
                     .scope = activity,
                     .inDefaultRun = true,
                     .maxDaysPerRequest = DaysOfDailyValues,
                     .zeroNeedsWitness = false},
            .call = GoogleHealthCall::DailyRollUp,
            .path = u"steps"_s,
            .filterMember = {},
            .member = "steps",
            .field = "countSum",
            .most = MostStepsADay,
            .resolution = {},
            .unit = u"steps"_s,
            .parse = &parseDailyValues};
}

// By roll-up rather than list: phone and tracker count the same steps, and only a roll-up is reconciled.
GoogleHealthType stepsByMinute()
{
    return {.type = {.id = u"steps_1min"_s,
                     .alias = {},
                     .title = u"Steps, every minute"_s,
                     .scope = activity,
                     .maxDaysPerRequest = DaysOfMinutes,
                     .zeroNeedsWitness = false},
            .call = GoogleHealthCall::RollUp,
            .path = u"steps"_s,
            .filterMember = {},
            .windowSeconds = WindowMinute,
            .member = "steps",
            .field = "countSum",
            .most = MostStepsAMinute,
            .resolution = u"1min"_s,
            .unit = u"steps"_s,
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
                     .zeroNeedsWitness = false,
                     .maxHoursPerRequest = 24 * DaysOfHeartRate},
            .call = GoogleHealthCall::RollUp,
            .path = u"heart-rate"_s,
            .filterMember = {},
            .windowSeconds = WindowMinute,
            .member = "heartRate",
            .field = "beatsPerMinuteAvg",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .rounded = true,
            .resolution = u"1min"_s,
            .unit = u"bpm"_s,
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
                     .zeroNeedsWitness = false},
            .call = GoogleHealthCall::Reconcile,
            .path = u"heart-rate"_s,
            .filterMember = u"sample_time.physical_time"_s,
            .member = "heartRate",
            .field = "beatsPerMinute",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .resolution = u"raw"_s,
            .unit = u"bpm"_s,
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
                     .zeroNeedsWitness = false},
            .call = GoogleHealthCall::List,
            .path = u"daily-resting-heart-rate"_s,
            .filterMember = u"date"_s,
            .member = "dailyRestingHeartRate",
            .field = "beatsPerMinute",
            .most = MostBpm,
            .zero = GoogleHealthZero::NoReading,
            .resolution = {},
            .unit = u"bpm"_s,
            .parse = &parseDailyValues};
}

} // namespace

const QList<GoogleHealthType> &googleHealthTypes()
{
    static const QList<GoogleHealthType> rows{steps(), stepsByMinute(), heartRateByMinute(),
                                              heartRateReadings(), restingHeartRate()};
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
    return row.call == GoogleHealthCall::DailyRollUp || row.filterMember == "date"_L1;
}

const char *listMember(const GoogleHealthType &row)
{
    const bool rolledUp = row.call == GoogleHealthCall::RollUp || row.call == GoogleHealthCall::DailyRollUp;
    return rolledUp ? "rollupDataPoints" : "dataPoints";
}

} // namespace wristkeep
