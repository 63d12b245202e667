// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googletypes.h"

#include "simulator/google/googlescopes.h"
#include "simulator/google/googleswitches.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int sessionPage = 25;
constexpr const char *activity = "activity_and_fitness";
constexpr const char *health = "health_metrics_and_measurements";

QByteArray quoted(const char *name, qint64 value)
{
    return '"' + QByteArray(name) + "\":\"" + QByteArray::number(value) + '"';
}

QByteArray stepValue(int value, const GoogleSwitches &switches)
{
    return value == 0 && switches.omitZero ? QByteArray() : quoted("count", value);
}

QByteArray stepSum(const GoogleSums &sums, const GoogleSwitches &switches)
{
    return sums.sum == 0 && switches.omitZero ? QByteArray() : quoted("countSum", sums.sum);
}

QByteArray rateValue(int value, const GoogleSwitches &)
{
    return quoted("beatsPerMinute", value);
}

QByteArray rateSpread(const GoogleSums &sums, const GoogleSwitches &)
{
    if (sums.count == 0)
        return R"("beatsPerMinuteAvg":"NaN","beatsPerMinuteMax":"NaN","beatsPerMinuteMin":"NaN")";
    const double mean = double(sums.sum) / double(sums.count);
    return R"("beatsPerMinuteAvg":)" + QByteArray::number(mean, 'g', QLocale::FloatingPointShortest) +
           R"(,"beatsPerMinuteMax":)" + QByteArray::number(sums.most) + R"(,"beatsPerMinuteMin":)" +
           QByteArray::number(sums.least);
}

QByteArray restingValue(int value, const GoogleSwitches &)
{
    return quoted("beatsPerMinute", value) +
           R"(,"dailyRestingHeartRateMetadata":{"calculationMethod":"WITH_SLEEP"})";
}

QByteArray restingRange(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("beatsPerMinuteMin":)" + QByteArray::number(sums.least) + R"(,"beatsPerMinuteMax":)" +
           QByteArray::number(sums.most);
}

using enum GoogleKind;

/// A new type is a row here.
constexpr std::array types = {
    GoogleType{"steps", "steps", Interval, "LRUD", activity, 90, 10'000, googleStepPoints, stepValue,
               stepSum},
    GoogleType{"heart-rate", "heartRate", Sample, "LRUD", health, 14, 10'000, googleHeartPoints, rateValue,
               rateSpread},
    GoogleType{"daily-resting-heart-rate", "dailyRestingHeartRate", Daily, "LRD", health, 90, 10'000,
               googleRestingPoints, restingValue, restingRange, "restingHeartRatePersonalRange"},
    // Known, but without data of this person.
    GoogleType{"distance", "distance", Interval, "LRUD", activity},
    GoogleType{"floors", "floors", Interval, "RUD", activity},
    GoogleType{"altitude", "altitude", Interval, "LRUD", activity},
    GoogleType{"active-energy-burned", "activeEnergyBurned", Interval, "LRUD", activity},
    GoogleType{"basal-energy-burned", "basalEnergyBurned", Interval, "LR", activity},
    GoogleType{"total-calories", "totalCalories", RollUpOnly, "UD", activity, 14},
    GoogleType{"calories-in-heart-rate-zone", "caloriesInHeartRateZone", RollUpOnly, "UD", activity, 14},
    GoogleType{"active-minutes", "activeMinutes", Interval, "LRUD", activity, 14},
    GoogleType{"active-zone-minutes", "activeZoneMinutes", Interval, "LRUD", activity},
    GoogleType{"activity-level", "activityLevel", Interval, "LR", activity},
    GoogleType{"sedentary-period", "sedentaryPeriod", Interval, "LRUD", activity},
    GoogleType{"time-in-heart-rate-zone", "timeInHeartRateZone", Interval, "LRUD", activity},
    GoogleType{"swim-lengths-data", "swimLengthsData", Interval, "LRUD", activity},
    GoogleType{"exercise", "exercise", CivilSession, "LGRW", activity, 90, sessionPage},
    GoogleType{"vo2-max", "vo2Max", Sample, "LR", activity},
    GoogleType{"run-vo2-max", "runVo2Max", Sample, "LRUD", activity},
    GoogleType{"daily-vo2-max", "dailyVo2Max", Daily, "LR", activity},
    GoogleType{"daily-heart-rate-zones", "dailyHeartRateZones", Daily, "LR", health},
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
    GoogleType{"weight", "weight", Sample, "LGRUDW", health},
    GoogleType{"body-fat", "bodyFat", Sample, "LGRUDW", health},
    GoogleType{"height", "height", Sample, "LGRW", health},
    GoogleType{"sleep", "sleep", Sleep, "LGRW", "sleep", 90, sessionPage},
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

void GoogleSums::add(int value)
{
    least = count == 0 ? value : std::min(least, value);
    most = count == 0 ? value : std::max(most, value);
    sum += value;
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
