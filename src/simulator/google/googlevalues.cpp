// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlevalues.h"

#include "simulator/google/googlecall.h"
#include "simulator/google/googleswitches.h"
#include "simulator/heartzones.h"

#include <QLocale>

namespace wristkeep {

namespace {

constexpr std::array<const char *, 4> levelNames = {"", "LIGHT", "MODERATE", "VIGOROUS"};
constexpr std::array<const char *, 4> zoneNames = {"LIGHT", "MODERATE", "VIGOROUS", "PEAK"};
constexpr std::array<const char *, 4> burnNames = {"", "FAT_BURN", "CARDIO", "PEAK"};

QByteArray quoted(const char *name, qint64 value)
{
    return '"' + QByteArray(name) + "\":\"" + QByteArray::number(value) + '"';
}

/// A count; of zero there may be nothing.
QByteArray counted(const char *name, qint64 value, const GoogleSwitches &switches)
{
    return value == 0 && switches.omitZero ? QByteArray() : quoted(name, value);
}

QByteArray textMember(const char *name, const char *value)
{
    return '"' + QByteArray(name) + "\":\"" + value + '"';
}

QByteArray shortestNumber(double value)
{
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

/// "NaN" for a window without samples.
QByteArray meanOf(const GoogleSums &sums, double unit)
{
    if (sums.count == 0)
        return R"("NaN")";
    return shortestNumber(double(sums.sum) / unit / double(sums.count));
}

/// One element for each part with something in it.
template<typename Write>
QByteArray partList(const char *name, const GoogleSums &sums, std::size_t first, Write write)
{
    QByteArray out = '"' + QByteArray(name) + "\":[";
    for (std::size_t part = first; part < 4; ++part) {
        if (sums.parts.at(part) > 0)
            out += (out.endsWith('[') ? "{" : ",{") + write(part) + '}';
    }
    return out + ']';
}

} // namespace

QByteArray stepValue(const GooglePoint &point, const GoogleCall &call)
{
    return counted("count", point.value, call.switches);
}

QByteArray stepSum(const GoogleSums &sums, const GoogleSwitches &switches)
{
    return counted("countSum", sums.sum, switches);
}

QByteArray rateValue(const GooglePoint &point, const GoogleCall &)
{
    return quoted("beatsPerMinute", point.value);
}

QByteArray rateSpread(const GoogleSums &sums, const GoogleSwitches &)
{
    if (sums.count == 0)
        return R"("beatsPerMinuteAvg":"NaN","beatsPerMinuteMax":"NaN","beatsPerMinuteMin":"NaN")";
    return R"("beatsPerMinuteAvg":)" + meanOf(sums, 1.0) + R"(,"beatsPerMinuteMax":)" +
           QByteArray::number(sums.most) + R"(,"beatsPerMinuteMin":)" + QByteArray::number(sums.least);
}

QByteArray restingValue(const GooglePoint &point, const GoogleCall &)
{
    return quoted("beatsPerMinute", point.value) +
           R"(,"dailyRestingHeartRateMetadata":{"calculationMethod":"WITH_SLEEP"})";
}

QByteArray restingRange(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("beatsPerMinuteMin":)" + QByteArray::number(sums.least) + R"(,"beatsPerMinuteMax":)" +
           QByteArray::number(sums.most);
}

QByteArray zoneBoundValue(const GooglePoint &point, const GoogleCall &call)
{
    const HeartZones zones(call.user.traits(), point.date);
    QByteArray out = R"("heartRateZones":[)";
    for (int zone = 0; zone < 4; ++zone) {
        out += (zone > 0 ? ",{" : "{") + textMember("heartRateZoneType", zoneNames.at(std::size_t(zone))) +
               ',' + quoted("minBeatsPerMinute", zones.low(zone)) + ',' +
               quoted("maxBeatsPerMinute", zones.high(zone)) + '}';
    }
    return out + ']';
}

QByteArray distanceValue(const GooglePoint &point, const GoogleCall &call)
{
    return counted("millimeters", point.value, call.switches);
}

QByteArray distanceSum(const GoogleSums &sums, const GoogleSwitches &switches)
{
    return counted("millimetersSum", sums.sum, switches);
}

QByteArray altitudeValue(const GooglePoint &point, const GoogleCall &call)
{
    return counted("gainMillimeters", point.value, call.switches);
}

QByteArray altitudeSum(const GoogleSums &sums, const GoogleSwitches &switches)
{
    return counted("gainMillimetersSum", sums.sum, switches);
}

QByteArray calorieSum(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("kcalSum":)" + HeartZones::kcalText(sums.sum);
}

QByteArray activeValue(const GooglePoint &point, const GoogleCall &)
{
    return R"("activeMinutesByActivityLevel":[{)" +
           textMember("activityLevel", levelNames.at(std::size_t(point.part))) + ',' +
           quoted("activeMinutes", point.value) + "}]";
}

QByteArray activeSum(const GoogleSums &sums, const GoogleSwitches &)
{
    return partList("activeMinutesRollupByActivityLevel", sums, 1, [&](std::size_t level) {
        return textMember("activityLevel", levelNames.at(level)) + ',' +
               quoted("activeMinutesSum", sums.parts.at(level));
    });
}

QByteArray zoneMinuteValue(const GooglePoint &point, const GoogleCall &)
{
    return textMember("heartRateZone", burnNames.at(std::size_t(point.part))) + ',' +
           quoted("activeZoneMinutes", point.value);
}

QByteArray zoneMinuteSum(const GoogleSums &sums, const GoogleSwitches &switches)
{
    QByteArray out;
    constexpr std::array<const char *, 4> names = {"", "sumInFatBurnHeartZone", "sumInCardioHeartZone",
                                                   "sumInPeakHeartZone"};
    for (std::size_t zone = 1; zone < names.size(); ++zone) {
        const QByteArray member = counted(names.at(zone), sums.parts.at(zone), switches);
        out += (out.isEmpty() || member.isEmpty() ? "" : ",") + member;
    }
    return out;
}

QByteArray sedentaryValue(const GooglePoint &, const GoogleCall &)
{
    return {}; // the interval's length is the value
}

QByteArray sedentarySum(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("durationSum":")" + QByteArray::number(sums.sum) + R"(s")";
}

QByteArray timeInZoneValue(const GooglePoint &point, const GoogleCall &)
{
    return textMember("heartRateZoneType", zoneNames.at(std::size_t(point.part)));
}

QByteArray timeInZoneSum(const GoogleSums &sums, const GoogleSwitches &)
{
    return partList("timeInHeartRateZones", sums, 0, [&](std::size_t zone) {
        return textMember("heartRateZone", zoneNames.at(zone)) + R"(,"duration":")" +
               QByteArray::number(sums.parts.at(zone)) + R"(s")";
    });
}

QByteArray weightValue(const GooglePoint &point, const GoogleCall &)
{
    return R"("weightGrams":)" + QByteArray::number(point.value);
}

QByteArray weightMean(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("weightGramsAvg":)" + meanOf(sums, 1.0);
}

QByteArray fatValue(const GooglePoint &point, const GoogleCall &)
{
    return R"("percentage":)" + shortestNumber(point.value / 10.0);
}

QByteArray fatMean(const GoogleSums &sums, const GoogleSwitches &)
{
    return R"("bodyFatPercentageAvg":)" + meanOf(sums, 10.0);
}

} // namespace wristkeep
