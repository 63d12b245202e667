// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/dailyparser.h"

#include "providers/googlehealth/answerrows.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"

#include <QMap>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString dateText(QDate date)
{
    return date.toString(Qt::ISODate);
}

/// The service's pages disagree whether a range's end counts: should it, one day more than asked is answered.
bool isDayOfTheEnd(QDate date, const FetchTask &task, const GoogleHealthType &type)
{
    return type.call == GoogleHealthCall::DailyRollUp && date == task.last.addDays(1);
}

Outcome checkAsked(const AnswerRow &row, const FetchTask &task, const GoogleHealthType &type)
{
    if (row.date >= task.first && row.date <= task.last)
        return {};
    return notUnderstoodAt(rowPath(type, row.index),
                           u"is about %1, but %2 to %3 was asked."_s.arg(
                               dateText(row.date), dateText(task.first), dateText(task.last)));
}

} // namespace

Result<Batch> parseDailyValues(const QByteArray &body, const ParseContext &context,
                               const GoogleHealthType &type)
{
    auto answer = answerRows(body, type);
    if (!answer)
        return failure(answer.error());

    QMap<QDate, double> values;
    for (const AnswerRow &row : answer->rows) {
        if (isDayOfTheEnd(row.date, context.task, type))
            continue;
        if (const auto asked = checkAsked(row, context.task, type); !asked)
            return failure(asked.error());
        if (!row.value)
            continue;
        const auto known = values.constFind(row.date);
        if (known == values.constEnd())
            values.insert(row.date, *row.value);
        else if (type.call == GoogleHealthCall::DailyRollUp)
            return notUnderstoodAt(rowPath(type, row.index), u"names %1 again."_s.arg(dateText(row.date)));
        else
            values.insert(row.date, std::min(*known, *row.value));
    }

    Batch batch;
    batch.dataType = type.type.id;
    batch.nextPage = std::move(answer->nextPage);
    for (QDate date = context.task.first; date <= context.task.last; date = date.addDays(1)) {
        const bool hasData = values.contains(date);
        if (hasData)
            batch.daily.append(DailyValue{date, type.type.id, values.value(date), type.unit, {}});
        batch.days.append(DayResult{date, hasData, hasData ? 1 : 0});
    }
    return batch;
}

} // namespace wristkeep
