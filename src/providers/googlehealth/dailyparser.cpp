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

/// The service's pages disagree whether a range's end counts: should it, one day more than asked is answered.
bool isDayOfTheEnd(QDate date, const FetchTask &task, const GoogleHealthType &type)
{
    return type.call == GoogleHealthCall::DailyRollUp && date == task.last.addDays(1);
}

/// The day's own value and, behind it, its parts.
using DayNumbers = QList<std::optional<double>>;

DayNumbers numbersOf(const AnswerRow &row)
{
    return DayNumbers{row.value} + row.parts;
}

bool hasNumber(const DayNumbers &numbers)
{
    return std::any_of(numbers.cbegin(), numbers.cend(), [](const auto &each) { return each.has_value(); });
}

void takeLowest(DayNumbers &kept, const DayNumbers &more)
{
    for (qsizetype i = 0; i < kept.size(); ++i) {
        if (more.at(i))
            kept[i] = std::min(kept.at(i).value_or(*more.at(i)), *more.at(i));
    }
}

int appendDaily(QDate date, const DayNumbers &numbers, const GoogleHealthType &type, Batch &batch)
{
    int count = 0;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (!numbers.at(i))
            continue;
        const QString &name = i == 0 ? type.type.id : type.parts.at(i - 1).type;
        batch.daily.append(DailyValue{date, name, *numbers.at(i), type.unit, {}});
        ++count;
    }
    return count;
}

} // namespace

Result<Batch> parseDailyValues(const QByteArray &body, const ParseContext &context,
                               const GoogleHealthType &type)
{
    auto answer = answerRows(body, type);
    if (!answer)
        return failure(answer.error());

    QMap<QDate, DayNumbers> days;
    for (const AnswerRow &row : answer->rows) {
        if (isDayOfTheEnd(row.date, context.task, type))
            continue;
        if (const auto asked = checkDayAsked(row, context.task, type); !asked)
            return failure(asked.error());
        const DayNumbers numbers = numbersOf(row);
        if (!hasNumber(numbers))
            continue;
        const auto known = days.find(row.date);
        if (known == days.end())
            days.insert(row.date, numbers);
        else if (type.call == GoogleHealthCall::DailyRollUp)
            return notUnderstoodAt(rowPath(type, row.index),
                                   u"names %1 again."_s.arg(row.date.toString(Qt::ISODate)));
        else
            takeLowest(*known, numbers);
    }

    Batch batch;
    batch.dataType = type.type.id;
    batch.nextPage = std::move(answer->nextPage);
    for (QDate date = context.task.first; date <= context.task.last; date = date.addDays(1)) {
        const int points = appendDaily(date, days.value(date), type, batch);
        batch.days.append(DayResult{date, points > 0, points});
    }
    return batch;
}

} // namespace wristkeep
