// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/heartrateparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/daytimes.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/heartratedays.h"
#include "providers/fitbit/heartraterows.h"
#include "providers/provider.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// What the answer does not tell is as it was asked for.
Result<QString> resolutionOf(const JsonNode &intraday, const QString &asked)
{
    const auto type = intraday.optionalMember(u"datasetType"_s);
    const auto interval = intraday.optionalMember(u"datasetInterval"_s);
    const auto every = interval ? interval->integer() : Result<qint64>(1);
    if (!every)
        return failure(every.error());
    if (*every < 1 || *every > 60)
        return notUnderstood(interval->path(), u"is %1, which is no interval."_s.arg(*every));
    const QString askedUnit = asked.endsWith("sec"_L1) ? u"second"_s : u"minute"_s;
    const auto unit = type ? type->text() : Result<QString>(askedUnit);
    if (!unit)
        return failure(unit.error());
    if (*unit != "minute"_L1 && *unit != "second"_L1)
        return notUnderstood(type->path(), u"is neither \"minute\" nor \"second\"."_s);
    return QString::number(*every) + (*unit == "minute"_L1 ? u"min"_s : u"sec"_s);
}

/// Rows to samples: ascending, the last of a second wins.
Result<std::vector<Sample>> samplesOf(const std::vector<HeartRateRow> &rows, const JsonNode &dataset,
                                      const CivilDay &day)
{
    std::vector<QTime> times;
    times.reserve(rows.size());
    for (const HeartRateRow &row : rows)
        times.push_back(row.time);
    if (repeatedHourIn(times, day) == RepeatedHour::Unclear) {
        return notUnderstood(
            dataset.path(),
            u"names times of the hour that the clock change of %1 repeated more than once, in no order that tells one hour from the other."_s
                .arg(day.date.toString(Qt::ISODate)));
    }
    const auto instants = instantsOf(times, day);

    std::vector<Sample> samples;
    samples.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!instants[i]) {
            return notUnderstood(
                u"%1[%2].time"_s.arg(dataset.path()).arg(rows[i].index),
                u"is %1, an hour that the clock change of %2 skipped in %3. The account may be in another time zone."_s
                    .arg(rows[i].time.toString(u"HH:mm:ss"_s), day.date.toString(Qt::ISODate), day.zone));
        }
        samples.push_back(Sample{*instants[i], rows[i].value});
    }
    const auto isEarlier = [](const Sample &a, const Sample &b) { return a.t < b.t; };
    const auto isNoLater = [](const Sample &a, const Sample &b) { return a.t >= b.t; };
    if (std::adjacent_find(samples.cbegin(), samples.cend(), isNoLater) == samples.cend())
        return samples;
    std::stable_sort(samples.begin(), samples.end(), isEarlier);
    const auto firstKept = std::unique(samples.rbegin(), samples.rend(),
                                       [](const Sample &a, const Sample &b) { return a.t == b.t; });
    samples.erase(samples.begin(), firstKept.base());
    return samples;
}

/// An unworn day comes as 1,440 minutes in the lowest zone: no measurement, so none is kept.
QList<DailyValue> dailyValuesOf(const HeartRateDay &day, bool hasReadings)
{
    const bool worn = hasReadings || day.zonesShowWear || !day.resting.isEmpty();
    return worn ? day.resting + day.zones : QList<DailyValue>();
}

Result<JsonNode> intradayOf(const JsonNode &root)
{
    auto intraday = root.member(u"activities-heart-intraday"_s);
    if (intraday || !root.value().isObject())
        return intraday;
    // Without the permission for readings Fitbit may send the day's summary alone.
    Error error = intraday.error();
    error.detail += u" Fitbit may not let this application read minute values."_s;
    return failure(error);
}

} // namespace

Result<Batch> parseHeartRate(const QByteArray &body, const ParseContext &context, const FitbitType &row)
{
    auto ordinary = ordinaryHeartRateAnswer(body);
    const auto root = ordinary ? Result<JsonNode>(ordinary->rest) : JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    const auto days = heartRateDays(*root, context);
    if (!days)
        return failure(days.error());
    const auto intraday = intradayOf(*root);
    if (!intraday)
        return failure(intraday.error());
    const auto resolution = resolutionOf(*intraday, row.resolution);
    if (!resolution)
        return failure(resolution.error());
    const auto dataset = intraday->member(u"dataset"_s);
    if (!dataset)
        return failure(dataset.error());
    const auto rows = ordinary ? Result<std::vector<HeartRateRow>>(std::move(ordinary->rows))
                               : checkedHeartRateRows(*dataset);
    if (!rows)
        return failure(rows.error());
    // Rows carry no date: without an element that names the day nobody knows which day they are of.
    if (!rows->empty() && days->isEmpty())
        return notUnderstood(root->path() + u".activities-heart"_s,
                             u"does not name the day of the readings."_s);
    auto samples = samplesOf(*rows, *dataset, civilDay(context.task.first, context.zone));
    if (!samples)
        return failure(samples.error());

    Batch batch;
    batch.dataType = row.type.id;
    if (row.keepsDailyValues)
        batch.daily = dailyValuesOf(days->value(context.task.first), !samples->empty());
    const int points = int(samples->size()) + int(batch.daily.size());
    if (!samples->empty())
        batch.series.append(SampleSeries{row.type.id, *resolution, row.unit, std::move(*samples)});
    batch.days.append(DayResult{context.task.first, points > 0, points});
    return batch;
}

} // namespace wristkeep
