// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rows of any answer of the Google Health API, read by simdjson without a tree of values: fourteen days
// of minutes are 20,160 of them. Whatever is wrong is named by its path.

#include "core/result.h"
#include "providers/googlehealth/instanttext.h"

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace wristkeep {

struct FetchTask;
struct GoogleHealthType;

/// A point or window. A row about something else than the type's value is no row.
struct AnswerRow
{
    qsizetype index = 0;         ///< its place in the list
    QDate date;                  ///< of types with civil dates; else invalid
    Instant start;               ///< of the others: the reading's instant, or its window's start
    std::optional<double> value; ///< in our unit; none: "NaN", or a zero that stands for no reading
    /// As many as the type has parts, in their order; none as for `value`, or not told.
    QList<std::optional<double>> parts;
};

struct AnswerRows
{
    std::vector<AnswerRow> rows; ///< in the order served
    QString nextPage;            ///< empty: this was the last page
};

/// NotUnderstood with the path of the member at fault.
Result<AnswerRows> answerRows(const QByteArray &body, const GoogleHealthType &row);

/// For rows with a date: NotUnderstood when it is none of the task's.
Outcome checkDayAsked(const AnswerRow &row, const FetchTask &task, const GoogleHealthType &type);

/// "$.dataPoints[3].heartRate".
QString rowPath(const GoogleHealthType &row, qsizetype index, const QString &rest = {});

/// NotUnderstood: "PATH " + `what`.
tl::unexpected<Error> notUnderstoodAt(const QString &path, const QString &what);

} // namespace wristkeep
