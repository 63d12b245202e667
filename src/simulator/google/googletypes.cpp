// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googletypes.h"

#include "simulator/google/googlescopes.h"
#include "simulator/google/googlevalues.h"

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int sessionPage = 25;
constexpr const char *activity = "activity_and_fitness";
constexpr const char *health = "health_metrics_and_measurements";

using enum GoogleKind;

/// A new type is a row here.
constexpr std::array types = {
    GoogleType{"steps", "steps", Interval, "LRUD", activity, 90, 10'000, googleStepPoints, stepValue,
               stepSum},
    GoogleType{"heart-rate", "heartRate", Sample, "LRUD", health, 14, 10'000, googleHeartPoints, rateValue,
               rateSpread},
    GoogleType{"daily-resting-heart-rate", "dailyRestingHeartRate", Daily, "LRD", health, 90, 10'000,
               googleRestingPoints, restingValue, restingRange, "restingHeartRatePersonalRange"},
    GoogleType{"daily-heart-rate-zones", "dailyHeartRateZones", Daily, "LR", health, 90, 10'000,
               googleZoneBoundPoints, zoneBoundValue},
    GoogleType{"distance", "distance", Interval, "LRUD", activity, 90, 10'000, googleDistancePoints,
               distanceValue, distanceSum},
    GoogleType{"floors", "floors", Interval, "RUD", activity, 90, 10'000, googleFloorPoints, stepValue,
               stepSum},
    GoogleType{"altitude", "altitude", Interval, "LRUD", activity, 90, 10'000, googleAltitudePoints,
               altitudeValue, altitudeSum},
    GoogleType{"total-calories", "totalCalories", RollUpOnly, "UD", activity, 14, 10'000, googleCaloriePoints,
               nullptr, calorieSum},
    GoogleType{"active-minutes", "activeMinutes", Interval, "LRUD", activity, 14, 10'000, googleActivePoints,
               activeValue, activeSum},
    GoogleType{"active-zone-minutes", "activeZoneMinutes", Interval, "LRUD", activity, 90, 10'000,
               googleZoneMinutePoints, zoneMinuteValue, zoneMinuteSum},
    GoogleType{"sedentary-period", "sedentaryPeriod", Interval, "LRUD", activity, 90, 10'000,
               googleSedentaryPoints, sedentaryValue, sedentarySum},
    GoogleType{"time-in-heart-rate-zone", "timeInHeartRateZone", Interval, "LRUD", activity, 90, 10'000,
               googleTimeInZonePoints, timeInZoneValue, timeInZoneSum},
    GoogleType{"weight", "weight", Sample, "LGRUDW", health, 90, 10'000, googleWeightPoints, weightValue,
               weightMean},
    GoogleType{"body-fat", "bodyFat", Sample, "LGRUDW", health, 90, 10'000, googleFatPoints, fatValue,
               fatMean},
    GoogleType{"sleep", "sleep", Sleep, "LGRW", "sleep", 90, sessionPage, googleSleepPoints, sleepValue},
    // Known, but without data of this person.
    GoogleType{"active-energy-burned", "activeEnergyBurned", Interval, "LRUD", activity},
    GoogleType{"basal-energy-burned", "basalEnergyBurned", Interval, "LR", activity},
    GoogleType{"calories-in-heart-rate-zone", "caloriesInHeartRateZone", RollUpOnly, "UD", activity, 14},
    GoogleType{"activity-level", "activityLevel", Interval, "LR", activity},
    GoogleType{"swim-lengths-data", "swimLengthsData", Interval, "LRUD", activity},
    GoogleType{"exercise", "exercise", CivilSession, "LGRW", activity, 90, sessionPage},
    GoogleType{"vo2-max", "vo2Max", Sample, "LR", activity},
    GoogleType{"run-vo2-max", "runVo2Max", Sample, "LRUD", activity},
    GoogleType{"daily-vo2-max", "dailyVo2Max", Daily, "LR", activity},
    GoogleType{"heart-rate-variability", "heartRateVariability", Sample, "LR", health},
    GoogleType{"daily-heart-rate-variability", "dailyHeartRateVariability", Daily, "LRD", health},
    GoogleType{"oxygen-saturation", "oxygenSaturation", Sample, "LR", health},
    GoogleType{"daily-oxygen-saturation", "dailyOxygenSaturation", Daily, "LR", health},
    GoogleType{"daily-respiratory-rate", "dailyRespiratoryRate", Daily, "LR", health},
    GoogleType{"respiratory-rate-sleep-summary", "respiratoryRateSleepSummary", Sample, "LR", health},
    GoogleType{"daily-sleep-temperature-derivations", "dailySleepTemperatureDerivations", Daily, "LR",
               health},
    GoogleType{"core-body-temperature", "coreBodyTemperature", Sample, "LGRUD", health},
    GoogleType{"blood-glucose", "bloodGlucose", Sample, "LGRUD", health},
    GoogleType{"height", "height", Sample, "LGRW", health},
    GoogleType{"electrocardiogram", "electrocardiogram", Ecg, "L", "ecg"},
    GoogleType{"irregular-rhythm-notification", "irregularRhythmNotification", CivilSession, "L", "irn"},
    GoogleType{"hydration-log", "hydrationLog", CivilSession, "LGRUDW", "nutrition"},
    GoogleType{"nutrition-log", "nutritionLog", CivilSession, "LGRUDW", "nutrition"},
    GoogleType{"food", "food", Catalogue, "LG", "nutrition"},
    GoogleType{"food-measurement-unit", "foodMeasurementUnit", Catalogue, "LG", "nutrition"},
    GoogleType{"symptoms", "symptoms", Sample, "W", "logged_symptoms"},
    GoogleType{"moods", "moods", Sample, "W", "mindfulness"},
    GoogleType{"menstrual-period", "menstrualPeriod", Interval, "W", "reproductive_health"},
    GoogleType{"ovulation-test", "ovulationTest", Sample, "W", "reproductive_health"},
};

struct OperationName
{
    GoogleOperation operation;
    char letter;
    const char *name;
};

constexpr std::array<OperationName, 6> operationTable = {{
    {GoogleOperation::List, 'L', "list"},
    {GoogleOperation::Get, 'G', "get"},
    {GoogleOperation::Reconcile, 'R', "reconcile"},
    {GoogleOperation::RollUp, 'U', "rollup"},
    {GoogleOperation::DailyRollUp, 'D', "dailyRollup"},
    {GoogleOperation::Write, 'W', "create"},
}};

} // namespace

void GoogleSums::add(const GooglePoint &point)
{
    least = count == 0 ? point.value : std::min(least, point.value);
    most = count == 0 ? point.value : std::max(most, point.value);
    sum += point.value;
    parts.at(std::size_t(point.part)) += point.value;
    ++count;
}

bool GoogleType::supports(GoogleOperation operation) const
{
    return QByteArrayView(operations).contains(operationTable.at(std::size_t(operation)).letter);
}

QString GoogleType::filterName() const
{
    return name().replace(u'-', u'_');
}

QString GoogleType::readScope() const
{
    return googleHealthScope(QLatin1StringView(scope)) + u".readonly"_s;
}

QString GoogleType::operationNames() const
{
    QStringList names;
    for (const OperationName &row : operationTable) {
        if (supports(row.operation))
            names.append(QString::fromLatin1(row.name));
    }
    return names.join(u", "_s);
}

const GoogleType *findGoogleType(const QString &id)
{
    const auto found = std::find_if(types.begin(), types.end(), [&id](const GoogleType &type) {
        return id == QLatin1StringView(type.id);
    });
    return found == types.end() ? nullptr : &*found;
}

const GoogleType *findGoogleFilterType(const QString &name)
{
    const auto found = std::find_if(types.begin(), types.end(),
                                    [&name](const GoogleType &type) { return type.filterName() == name; });
    return found == types.end() ? nullptr : &*found;
}

QString googleOperationName(GoogleOperation operation)
{
    return QString::fromLatin1(operationTable.at(std::size_t(operation)).name);
}

} // namespace wristkeep
