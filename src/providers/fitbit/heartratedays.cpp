// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/heartratedays.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"

#include <QSet>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double MostMinutes = 25 * 60; // the longest civil day
constexpr double MostCalories = 1'000'000;

/// One measure of a zone, its unit and its reasonable limit. Days without wear may lack any of them.
struct ZoneMeasure
{
    QString member;
    QString type;
    QString unit;
    double most;
};

const QList<ZoneMeasure> &zoneMeasures()
{
    static const QList<ZoneMeasure> measures{{u"minutes"_s, u"minutes"_s, u"min"_s, MostMinutes},
                                             {u"caloriesOut"_s, u"calories"_s, u"kcal"_s, MostCalories},
                                             {u"min"_s, u"min"_s, u"bpm"_s, MostBpm},
                                             {u"max"_s, u"max"_s, u"bpm"_s, MostBpm}};
    return measures;
}

struct Zones
{
    QList<DailyValue> values;
    bool minutesAboveLowest = false;
};

/// `prefix` keeps a person's own zones apart from Fitbit's: each set covers the whole day.
Result<Zones> readZones(const JsonNode &holder, const QString &member, const QString &prefix, QDate date)
{
    Zones zones;
    const auto list = holder.optionalMember(member);
    if (!list)
        return zones;
    const auto items = list->items();
    if (!items)
        return failure(items.error());

    QSet<QString> names;
    double lowest = MostBpm + 1;
    QList<std::pair<double, double>> minutesByFloor;
    for (const JsonNode &item : *items) {
        const auto name = item.member(u"name"_s).and_then([](const JsonNode &node) { return node.text(); });
        if (!name)
            return failure(name.error());
        if (name->isEmpty() || names.contains(*name))
            return notUnderstood(item.path(), u"has no name of its own."_s);
        names.insert(*name);
        double minutes = 0;
        double floor = 0;
        for (const ZoneMeasure &measure : zoneMeasures()) {
            const auto node = item.optionalMember(measure.member);
            if (!node)
                continue;
            const auto value = quantity(*node, 0, measure.most);
            if (!value)
                return failure(value.error());
            if (measure.member == u"minutes"_s)
                minutes = *value;
            if (measure.member == u"min"_s)
                floor = *value;
            zones.values.append(
                DailyValue{date, prefix + measure.type + u'/' + *name, *value, measure.unit, {}});
        }
        minutesByFloor.append({floor, minutes});
        lowest = std::min(lowest, floor);
    }
    zones.minutesAboveLowest =
        std::any_of(minutesByFloor.cbegin(), minutesByFloor.cend(),
                    [lowest](const auto &zone) { return zone.first > lowest && zone.second > 0; });
    return zones;
}

/// The flat shape of a time window: its `value` is the window's mean, so neither it nor its zones are the
/// day's.
Outcome checkWindow(const JsonNode &mean, const JsonNode &entry, QDate date)
{
    if (const auto number = quantity(mean, 0, MostBpm); !number)
        return failure(number.error());
    const auto zones = readZones(entry, u"heartRateZones"_s, {}, date);
    return zones ? Outcome() : failure(zones.error());
}

Outcome readDay(const JsonNode &entry, QDate date, HeartRateDay &day)
{
    const auto value = entry.optionalMember(u"value"_s);
    if (!value)
        return {};
    if (!value->value().isObject())
        return checkWindow(*value, entry, date);

    if (const auto node = value->optionalMember(u"restingHeartRate"_s)) {
        const auto rate = quantity(*node, 0, MostBpm);
        if (!rate)
            return failure(rate.error());
        if (*rate > 0)
            day.resting.append(DailyValue{date, u"resting_heart_rate"_s, *rate, u"bpm"_s, {}});
    }
    const auto zones = readZones(*value, u"heartRateZones"_s, u"heart_rate_zone_"_s, date);
    if (!zones)
        return failure(zones.error());
    const auto own = readZones(*value, u"customHeartRateZones"_s, u"heart_rate_custom_zone_"_s, date);
    if (!own)
        return failure(own.error());
    day.zonesShowWear = zones->minutesAboveLowest;
    day.zones = zones->values + own->values;
    return {};
}

} // namespace

Result<QMap<QDate, HeartRateDay>> heartRateDays(const JsonNode &root, const ParseContext &context)
{
    const auto elements = oneElementADay(root, u"activities-heart"_s, u"dateTime"_s, context.task);
    if (!elements)
        return failure(elements.error());
    QMap<QDate, HeartRateDay> days;
    for (const DayElement &element : *elements) {
        if (const auto read = readDay(element.node, element.date, days[element.date]); !read)
            return failure(read.error());
    }
    return days;
}

Result<Batch> parseHeartRateDaily(const QByteArray &body, const ParseContext &context, const FitbitType &row)
{
    const auto days = JsonNode::parse(body).and_then(
        [&context](const JsonNode &root) { return heartRateDays(root, context); });
    if (!days)
        return failure(days.error());
    Batch batch;
    batch.dataType = row.type.id;
    QMap<QDate, int> points;
    for (auto day = days->cbegin(); day != days->cend(); ++day) {
        // An unworn day comes as 1,440 minutes in the lowest zone: no measurement, so none is kept.
        const bool worn = day->zonesShowWear || !day->resting.isEmpty();
        const QList<DailyValue> values = worn ? day->resting + day->zones : QList<DailyValue>();
        points.insert(day.key(), int(values.size()));
        batch.daily += values;
    }
    batch.days = dayResults(context.task, points);
    return batch;
}

} // namespace wristkeep
