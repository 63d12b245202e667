// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The elements of an answer's list by the days they are about, and the days an answer speaks of.

#include "core/json.h"
#include "core/records.h"

#include <QDate>
#include <QMap>

namespace wristkeep {

struct FetchTask;

struct DayElement
{
    QDate date; ///< one the task asked for
    JsonNode node;
};

/// The elements of the list `list`, in the order served; `dateMember` names the day of each. NotUnderstood
/// where the list is missing or an element is about a day that was not asked for.
Result<QList<DayElement>> elementsWithDays(const JsonNode &root, const QString &list,
                                           const QString &dateMember, const FetchTask &task);

/// The same for lists with one element a day: a day that is named again is an error.
Result<QList<DayElement>> oneElementADay(const JsonNode &root, const QString &list, const QString &dateMember,
                                         const FetchTask &task);

/// One result for each day of the task; days without points have no data.
QList<DayResult> dayResults(const FetchTask &task, const QMap<QDate, int> &points);

} // namespace wristkeep
