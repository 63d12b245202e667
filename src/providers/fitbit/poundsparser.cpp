// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/poundsparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/bodylogs.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"

#include <cmath>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double KilogramsPerPound = 0.45359237; // exact, by definition
constexpr double MostPounds = 3'000;

// Kilograms taken for pounds make a person of 2.05 m look shorter than this.
constexpr double LeastHeight = 1.40; // m

/// A day file of ours has the same name and shape, in kilograms: only the height its BMI implies tells.
bool looksLikeKilograms(const BodyLog &log)
{
    return log.bmi && std::sqrt(log.value * KilogramsPerPound / *log.bmi) < LeastHeight;
}

/// A zero stands for "never weighed"; it is no weight.
Result<Batch> parseSeriesInPounds(const JsonNode &root, const ParseContext &context, const FitbitType &row)
{
    const auto elements = oneElementADay(root, u"body-weight"_s, u"dateTime"_s, context.task);
    if (!elements)
        return failure(elements.error());
    QList<BodyLog> days;
    for (const DayElement &element : *elements) {
        const auto pounds = element.node.member(u"value"_s).and_then([](const JsonNode &node) {
            return quantity(node, 0, MostPounds);
        });
        if (!pounds)
            return failure(pounds.error());
        if (*pounds > 0)
            days.append({element.date, {}, *pounds * KilogramsPerPound, {}, {}});
    }
    return batchOfBodyLogs(days, context, row);
}

} // namespace

Result<Batch> parseWeightInPounds(const QByteArray &body, const ParseContext &context)
{
    const FitbitType &row = *fitbitType(u"weight"_s);
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    if (root->has(u"body-weight"_s))
        return parseSeriesInPounds(*root, context, row);
    auto logs = readBodyLogs(*root, context, row, MostPounds);
    if (!logs)
        return failure(logs.error());
    for (BodyLog &log : *logs) {
        if (looksLikeKilograms(log))
            return notUnderstood(u"$.weight"_s, u"is in kilograms by its BMI, not in pounds."_s);
        log.value *= KilogramsPerPound;
    }
    Batch batch = batchOfBodyLogs(*logs, context, row);
    // Not among the points: the service's own answer for the day, which lacks it, must not look poorer.
    if (!logs->isEmpty() && logs->last().fat)
        batch.daily.append({logs->last().date, u"body_fat"_s, *logs->last().fat, u"%"_s, {}});
    return batch;
}

} // namespace wristkeep
