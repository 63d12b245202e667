// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/activityseries.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double UsualMinutes = 24 * 60;

/// What the service writes where nothing was measured, and nobody could have been measured so.
bool standsForNothing(double value, QDate date, const Zone &zone, FitbitFill fill)
{
    switch (fill) {
    case FitbitFill::ZeroIfUnworn:
        return false;
    case FitbitFill::NeverZero:
        return value <= 0;
    case FitbitFill::WholeDayIfUnworn:
        // 1,440 also on the day of a clock change: nobody knows which length the service counts with.
        return value <= 0 || value >= std::min(UsualMinutes, civilDay(date, zone).seconds / 60.0);
    }
    return false;
}

} // namespace

Result<Batch> parseActivitySeries(const QByteArray &body, const ParseContext &context, const FitbitType &row)
{
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    const auto elements = oneElementADay(*root, row.list, row.dateMember, context.task);
    if (!elements)
        return failure(elements.error());

    Batch batch;
    batch.dataType = row.type.id;
    QMap<QDate, int> points;
    for (const DayElement &element : *elements) {
        const auto value = element.node.member(u"value"_s).and_then([&row](const JsonNode &node) {
            return quantity(node, 0, row.most);
        });
        if (!value)
            return failure(value.error());
        if (standsForNothing(*value, element.date, context.zone, row.fill))
            continue;
        batch.daily.append(DailyValue{element.date, row.type.id, *value, row.unit, zeroWitnessOf(row)});
        points.insert(element.date, *value > 0 ? 1 : 0);
    }
    batch.days = dayResults(context.task, points);
    return batch;
}

} // namespace wristkeep
