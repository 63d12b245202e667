// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/answerdays.h"

#include "core/fetchtask.h"
#include "providers/fitbit/answerchecks.h"

#include <QSet>

namespace wristkeep {

using namespace Qt::StringLiterals;

Result<QList<DayElement>> elementsWithDays(const JsonNode &root, const QString &list,
                                           const QString &dateMember, const FetchTask &task)
{
    const auto nodes = root.member(list).and_then([](const JsonNode &node) { return node.items(); });
    if (!nodes)
        return failure(nodes.error());
    QList<DayElement> elements;
    elements.reserve(nodes->size());
    for (const JsonNode &node : *nodes) {
        const auto date = node.member(dateMember).and_then([&task](const JsonNode &named) {
            return answeredDate(named, task);
        });
        if (!date)
            return failure(date.error());
        elements.append({*date, node});
    }
    return elements;
}

Result<QList<DayElement>> oneElementADay(const JsonNode &root, const QString &list, const QString &dateMember,
                                         const FetchTask &task)
{
    auto elements = elementsWithDays(root, list, dateMember, task);
    if (!elements)
        return elements;
    QSet<QDate> named;
    for (const DayElement &element : *elements) {
        if (named.contains(element.date))
            return notUnderstood(element.node.path(),
                                 u"names %1 again."_s.arg(element.date.toString(Qt::ISODate)));
        named.insert(element.date);
    }
    return elements;
}

QList<DayResult> dayResults(const FetchTask &task, const QMap<QDate, int> &points)
{
    QList<DayResult> days;
    for (QDate date = task.first; date <= task.last; date = date.addDays(1)) {
        const int held = points.value(date);
        days.append(DayResult{date, held > 0, held});
    }
    return days;
}

} // namespace wristkeep
