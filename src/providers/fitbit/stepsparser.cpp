// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/stepsparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/provider.h"

#include <QMap>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// Far above any day a person can walk: beyond it the answer is not a count of steps.
constexpr double MostSteps = 10'000'000;

Result<DailyValue> dayOfSteps(const JsonNode &entry, const FetchTask &task)
{
    const auto dateTime = entry.member(u"dateTime"_s);
    if (!dateTime)
        return failure(dateTime.error());
    const auto date = answeredDate(*dateTime, task);
    if (!date)
        return failure(date.error());
    const auto value = entry.member(u"value"_s);
    if (!value)
        return failure(value.error());
    const auto steps = quantity(*value, 0, MostSteps);
    if (!steps)
        return failure(steps.error());
    return DailyValue{*date, u"steps"_s, *steps, u"steps"_s, u"heartrate_1min"_s};
}

} // namespace

Result<Batch> parseSteps(const QByteArray &body, const ParseContext &context)
{
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    const auto entries =
        root->member(u"activities-steps"_s).and_then([](const JsonNode &node) { return node.items(); });
    if (!entries)
        return failure(entries.error());

    QMap<QDate, double> answered;
    Batch batch;
    batch.dataType = u"steps"_s;
    for (const JsonNode &entry : *entries) {
        const auto day = dayOfSteps(entry, context.task);
        if (!day)
            return failure(day.error());
        if (answered.contains(day->date))
            return notUnderstood(entry.path(), u"names %1 again."_s.arg(day->date.toString(Qt::ISODate)));
        answered.insert(day->date, day->value);
        batch.daily.append(*day);
    }
    for (QDate date = context.task.first; date <= context.task.last; date = date.addDays(1)) {
        const bool walked = answered.value(date) > 0;
        batch.days.append(DayResult{date, walked, walked ? 1 : 0});
    }
    return batch;
}

} // namespace wristkeep
