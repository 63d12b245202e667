// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/zoneminutes.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct ZonePart
{
    QLatin1StringView member;
    QLatin1StringView suffix; ///< of the row's id
};

constexpr std::array ZoneParts{
    ZonePart{"activeZoneMinutes"_L1, ""_L1}, ZonePart{"fatBurnActiveZoneMinutes"_L1, "/fat_burn"_L1},
    ZonePart{"cardioActiveZoneMinutes"_L1, "/cardio"_L1}, ZonePart{"peakActiveZoneMinutes"_L1, "/peak"_L1}};

Result<QList<DailyValue>> zoneMinutesOf(const DayElement &element, const FitbitType &row)
{
    QList<DailyValue> values;
    const auto value = element.node.optionalMember(u"value"_s);
    if (!value)
        return values;
    if (!value->value().isObject())
        return value->wrong(u"an object"_s);
    for (const ZonePart &part : ZoneParts) {
        const auto node = value->optionalMember(part.member);
        if (!node)
            continue;
        const auto minutes = quantity(*node, 0, row.most);
        if (!minutes)
            return failure(minutes.error());
        values.append({element.date, row.type.id + part.suffix, *minutes, row.unit, zeroWitnessOf(row)});
    }
    return values;
}

} // namespace

Result<Batch> parseZoneMinutes(const QByteArray &body, const ParseContext &context, const FitbitType &row)
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
        const auto values = zoneMinutesOf(element, row);
        if (!values)
            return failure(values.error());
        // Zeros alone do not make a day with data, as in the other series.
        const bool isMeasured = std::any_of(values->cbegin(), values->cend(),
                                            [](const DailyValue &value) { return value.value > 0; });
        points.insert(element.date, isMeasured ? int(values->size()) : 0);
        batch.daily += *values;
    }
    batch.days = dayResults(context.task, points);
    return batch;
}

} // namespace wristkeep
