// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/weightparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/provider.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double KilogramsPerPound = 0.45359237; // exact, by definition
constexpr double MostPounds = 3'000;
constexpr double MostPercent = 100;
constexpr double MostBmi = 1'000;

/// One entry of either shape, on its way to the day's value.
struct Weighing
{
    QTime time; ///< invalid in the series, which tells none
    QList<DailyValue> values;
};

Result<QDate> dateOf(const JsonNode &entry, const QString &member, const FetchTask &task)
{
    return entry.member(member).and_then([&task](const JsonNode &node) { return answeredDate(node, task); });
}

/// A zero stands for "never weighed" in the series; it is no weight.
Outcome appendWeight(const JsonNode &entry, const QString &member, QDate date, Weighing &weighing)
{
    const auto pounds =
        entry.member(member).and_then([](const JsonNode &node) { return quantity(node, 0, MostPounds); });
    if (!pounds)
        return failure(pounds.error());
    if (*pounds > 0)
        weighing.values.append(DailyValue{date, u"weight"_s, *pounds * KilogramsPerPound, u"kg"_s, {}});
    return {};
}

Outcome appendOptional(const JsonNode &entry, const QString &member, double most, const DailyValue &shape,
                       Weighing &weighing)
{
    const auto node = entry.optionalMember(member);
    if (!node)
        return {};
    const auto value = quantity(*node, 0, most);
    if (!value)
        return failure(value.error());
    DailyValue daily = shape;
    daily.value = *value;
    if (*value > 0)
        weighing.values.append(daily);
    return {};
}

Result<Weighing> readWeightLog(const JsonNode &entry, const FetchTask &task)
{
    const auto date = dateOf(entry, u"date"_s, task);
    if (!date)
        return failure(date.error());
    Weighing weighing;
    if (const auto time = entry.optionalMember(u"time"_s)) {
        const auto read = time->time();
        if (!read)
            return failure(read.error());
        weighing.time = *read;
    }
    if (const auto read = appendWeight(entry, u"weight"_s, *date, weighing); !read)
        return failure(read.error());
    const DailyValue fat{*date, u"body_fat"_s, 0, u"%"_s, {}};
    if (const auto read = appendOptional(entry, u"fat"_s, MostPercent, fat, weighing); !read)
        return failure(read.error());
    const DailyValue bmi{*date, u"bmi"_s, 0, u"kg/m²"_s, {}};
    if (const auto read = appendOptional(entry, u"bmi"_s, MostBmi, bmi, weighing); !read)
        return failure(read.error());
    return weighing;
}

Result<Weighing> readSeriesEntry(const JsonNode &entry, const FetchTask &task)
{
    const auto date = dateOf(entry, u"dateTime"_s, task);
    if (!date)
        return failure(date.error());
    Weighing weighing;
    if (const auto read = appendWeight(entry, u"value"_s, *date, weighing); !read)
        return failure(read.error());
    return weighing;
}

} // namespace

Result<Batch> parseWeightInPounds(const QByteArray &body, const ParseContext &context)
{
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    const bool series = root->has(u"body-weight"_s);
    const auto entries =
        root->member(series ? u"body-weight"_s : u"weight"_s).and_then([](const JsonNode &node) {
            return node.items();
        });
    if (!entries)
        return failure(entries.error());

    Weighing last;
    for (const JsonNode &entry : *entries) {
        const auto weighing =
            series ? readSeriesEntry(entry, context.task) : readWeightLog(entry, context.task);
        if (!weighing)
            return failure(weighing.error());
        if (last.values.isEmpty() || !last.time.isValid() || weighing->time >= last.time)
            last = *weighing;
    }
    Batch batch;
    batch.dataType = u"weight"_s;
    batch.daily = last.values;
    const int points = int(batch.daily.size());
    batch.days.append(DayResult{context.task.first, points > 0, points});
    return batch;
}

} // namespace wristkeep
