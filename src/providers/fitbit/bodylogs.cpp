// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/bodylogs.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/daytimes.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"

#include <algorithm>
#include <tuple>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double MostBmi = 1'000;
constexpr double MostFatPercent = 100;

/// Missing and 0 are the same here: nobody has none of either.
Outcome readOptional(const JsonNode &log, const QString &member, double most, std::optional<double> &value)
{
    const auto node = log.optionalMember(member);
    if (!node)
        return {};
    const auto number = quantity(*node, 0, most);
    if (!number)
        return failure(number.error());
    if (*number > 0)
        value = *number;
    return {};
}

Result<BodyLog> readBodyLog(const DayElement &element, const QString &member, double most)
{
    const JsonNode &node = element.node;
    BodyLog log;
    log.date = element.date;
    const auto value =
        node.member(member).and_then([most](const JsonNode &named) { return quantity(named, 0, most); });
    if (!value)
        return failure(value.error());
    log.value = *value;
    if (const auto named = node.optionalMember(u"time"_s)) {
        const auto time = named->time();
        if (!time)
            return failure(time.error());
        log.time = *time;
    }
    if (const auto read = readOptional(node, u"bmi"_s, MostBmi, log.bmi); !read)
        return failure(read.error());
    if (const auto read = readOptional(node, u"fat"_s, MostFatPercent, log.fat); !read)
        return failure(read.error());
    return log;
}

bool isBefore(const BodyLog &a, const BodyLog &b)
{
    return std::tie(a.date, a.time) < std::tie(b.date, b.time);
}

/// Of several logs in one second the last one counts, as everywhere.
void appendSample(std::vector<Sample> &samples, const Sample &next)
{
    if (!samples.empty() && samples.back().t >= next.t)
        samples.back().v = next.v;
    else
        samples.push_back(next);
}

} // namespace

Result<QList<BodyLog>> readBodyLogs(const JsonNode &root, const ParseContext &context, const FitbitType &row,
                                    double most)
{
    const auto elements = elementsWithDays(root, row.list, row.dateMember, context.task);
    if (!elements)
        return failure(elements.error());
    QList<BodyLog> logs;
    for (const DayElement &element : *elements) {
        const auto log = readBodyLog(element, row.list, most);
        if (!log)
            return failure(log.error());
        if (log->value > 0)
            logs.append(*log);
    }
    std::stable_sort(logs.begin(), logs.end(), isBefore);
    return logs;
}

Batch batchOfBodyLogs(const QList<BodyLog> &logs, const ParseContext &context, const FitbitType &row)
{
    Batch batch;
    batch.dataType = row.type.id;
    SampleSeries series{row.type.id, u"log"_s, row.unit, {}};
    QMap<QDate, BodyLog> lastOfDay;
    QMap<QDate, int> points;
    for (const BodyLog &log : logs) {
        lastOfDay.insert(log.date, log);
        if (!log.time.isValid())
            continue;
        const qint64 utc = instantOf(QDateTime(log.date, log.time, Qt::UTC), context.zone);
        const size_t before = series.samples.size();
        appendSample(series.samples, {utc, log.value});
        points[log.date] += int(series.samples.size() - before);
    }
    for (const BodyLog &log : std::as_const(lastOfDay)) {
        batch.daily.append({log.date, row.type.id, log.value, row.unit, {}});
        if (log.bmi)
            batch.daily.append({log.date, u"bmi"_s, *log.bmi, u"kg/m²"_s, {}});
        points[log.date] += log.bmi ? 2 : 1;
    }
    if (!series.samples.empty())
        batch.series.append(std::move(series));
    batch.days = dayResults(context.task, points);
    return batch;
}

Result<Batch> parseBodyLogs(const QByteArray &body, const ParseContext &context, const FitbitType &row)
{
    const auto logs = JsonNode::parse(body).and_then(
        [&](const JsonNode &root) { return readBodyLogs(root, context, row, row.most); });
    if (!logs)
        return failure(logs.error());
    return batchOfBodyLogs(*logs, context, row);
}

} // namespace wristkeep
