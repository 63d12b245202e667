// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/heartrateparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/daytimes.h"
#include "providers/fitbit/heartratedays.h"
#include "providers/provider.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double MostBpm = 1'000;

struct Row
{
    QTime time;
    double value = 0;
    qsizetype index = 0;
};

/// The path is made only when something is wrong: a day has up to 17,000 rows.
JsonNode rowNode(const QJsonValue &row, const JsonNode &dataset, qsizetype index)
{
    return JsonNode(row, u"%1[%2]"_s.arg(dataset.path()).arg(index));
}

/// "18:05:00" without the general parser: this runs for every row of every day.
QTime quickTime(QStringView text)
{
    const auto digits = [text](qsizetype at) {
        const int tens = text[at].unicode() - u'0';
        const int ones = text[at + 1].unicode() - u'0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    };
    if (text.size() != 8 || text[2] != u':' || text[5] != u':')
        return {};
    return QTime(digits(0), digits(3), digits(6));
}

Result<Row> carefulRow(const JsonNode &node, qsizetype index)
{
    const auto time = node.member(u"time"_s).and_then([](const JsonNode &n) { return n.time(); });
    if (!time)
        return failure(time.error());
    const auto value =
        node.member(u"value"_s).and_then([](const JsonNode &n) { return quantity(n, 0, MostBpm); });
    if (!value)
        return failure(value.error());
    return Row{*time, *value, index};
}

Result<std::vector<Row>> readRows(const JsonNode &dataset)
{
    if (!dataset.value().isArray())
        return dataset.wrong(u"a list"_s);
    const QJsonArray array = dataset.value().toArray();
    std::vector<Row> rows;
    rows.reserve(size_t(array.size()));
    qsizetype index = 0;
    for (const QJsonValue item : array) {
        const QJsonObject object = item.toObject();
        const QTime time = quickTime(object.value("time"_L1).toString());
        const double value = object.value("value"_L1).toDouble(-1);
        Row row{time, value, index};
        if (!time.isValid() || value <= 0 || value > MostBpm) {
            const auto careful = carefulRow(rowNode(item, dataset, index), index);
            if (!careful)
                return failure(careful.error());
            row = *careful;
        }
        // No heart beats at 0: that would be a minute without a reading, which is absent elsewhere.
        if (row.value > 0)
            rows.push_back(row);
        ++index;
    }
    return rows;
}

Result<QString> resolutionOf(const JsonNode &intraday)
{
    const auto type = intraday.optionalMember(u"datasetType"_s);
    const auto interval = intraday.optionalMember(u"datasetInterval"_s);
    const auto every = interval ? interval->integer() : Result<qint64>(1);
    if (!every)
        return failure(every.error());
    if (*every < 1 || *every > 60)
        return notUnderstood(interval->path(), u"is %1, which is no interval."_s.arg(*every));
    const auto unit = type ? type->text() : Result<QString>(u"minute"_s);
    if (!unit)
        return failure(unit.error());
    if (*unit != "minute"_L1 && *unit != "second"_L1)
        return notUnderstood(type->path(), u"is neither \"minute\" nor \"second\"."_s);
    return QString::number(*every) + (*unit == "minute"_L1 ? u"min"_s : u"sec"_s);
}

/// Rows to samples: ascending, the last of a second wins.
Result<std::vector<Sample>> samplesOf(const std::vector<Row> &rows, const JsonNode &dataset,
                                      const CivilDay &day)
{
    std::vector<QTime> times;
    times.reserve(rows.size());
    for (const Row &row : rows)
        times.push_back(row.time);
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
    std::stable_sort(samples.begin(), samples.end(),
                     [](const Sample &a, const Sample &b) { return a.t < b.t; });
    const auto firstKept = std::unique(samples.rbegin(), samples.rend(),
                                       [](const Sample &a, const Sample &b) { return a.t == b.t; });
    samples.erase(samples.begin(), firstKept.base());
    return samples;
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

Result<Batch> parseHeartRate(const QByteArray &body, const ParseContext &context)
{
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    const auto day = heartRateDay(*root, context);
    if (!day)
        return failure(day.error());
    const auto intraday = intradayOf(*root);
    if (!intraday)
        return failure(intraday.error());
    const auto resolution = resolutionOf(*intraday);
    if (!resolution)
        return failure(resolution.error());
    const auto dataset = intraday->member(u"dataset"_s);
    if (!dataset)
        return failure(dataset.error());
    const auto rows = readRows(*dataset);
    if (!rows)
        return failure(rows.error());
    // Rows carry no date: without an element that names the day nobody knows which day they are of.
    if (!rows->empty() && !day->named)
        return notUnderstood(root->path() + u".activities-heart"_s,
                             u"does not name the day of the readings."_s);
    auto samples = samplesOf(*rows, *dataset, civilDay(context.task.first, context.zone));
    if (!samples)
        return failure(samples.error());

    Batch batch;
    batch.dataType = u"heartrate_1min"_s;
    batch.daily = day->resting;
    // An unworn day comes as 1,440 minutes in the lowest zone: no measurement, so none is kept.
    if (!samples->empty() || day->zonesShowWear || !day->resting.isEmpty())
        batch.daily += day->zones;
    const int points = int(samples->size()) + int(batch.daily.size());
    if (!samples->empty())
        batch.series.append(SampleSeries{u"heartrate_1min"_s, *resolution, u"bpm"_s, std::move(*samples)});
    batch.days.append(DayResult{context.task.first, points > 0, points});
    return batch;
}

} // namespace wristkeep
