// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/samplesparser.h"

#include "providers/googlehealth/answerrows.h"
#include "providers/googlehealth/civildays.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"

#include <QDateTime>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

bool isEarlier(const AnswerRow &a, const AnswerRow &b)
{
    return a.start.utc != b.start.utc ? a.start.utc < b.start.utc : a.start.nanos < b.start.nanos;
}

bool isSameSecond(const AnswerRow &a, const AnswerRow &b)
{
    return a.start.utc == b.start.utc;
}

/// Lists come newest first, roll-ups in no promised order. Of one instant the last served counts.
void putInOrder(std::vector<AnswerRow> &rows)
{
    std::stable_sort(rows.begin(), rows.end(), isEarlier);
    const auto firstKept = std::unique(rows.rbegin(), rows.rend(), isSameSecond);
    rows.erase(rows.begin(), firstKept.base());
}

tl::unexpected<Error> notAsked(const AnswerRow &row, const ParseContext &context,
                               const GoogleHealthType &type)
{
    const QString when = QDateTime::fromSecsSinceEpoch(row.start.utc, Qt::UTC).toString(Qt::ISODate);
    return notUnderstoodAt(rowPath(type, row.index),
                           u"is of %1, which is not within %2 to %3 in %4."_s.arg(
                               when, context.task.first.toString(Qt::ISODate),
                               context.task.last.toString(Qt::ISODate), context.zone.id()));
}

} // namespace

Result<Batch> parseSamples(const QByteArray &body, const ParseContext &context, const GoogleHealthType &type)
{
    auto answer = answerRows(body, type);
    if (!answer)
        return failure(answer.error());
    const CivilDays days(context.task, context.zone);
    for (const AnswerRow &row : answer->rows) {
        if (!days.indexOf(row.start.utc))
            return notAsked(row, context, type);
    }
    std::vector<AnswerRow> &rows = answer->rows;
    rows.erase(std::remove_if(rows.begin(), rows.end(), [](const AnswerRow &row) { return !row.value; }),
               rows.end());
    putInOrder(rows);

    Batch batch;
    batch.dataType = type.type.id;
    batch.nextPage = std::move(answer->nextPage);
    for (int i = 0; i < days.count(); ++i)
        batch.days.append(DayResult{days.date(i), false, 0});
    SampleSeries series{type.type.id, type.resolution, type.unit, {}};
    series.samples.reserve(rows.size());
    for (const AnswerRow &row : rows) {
        series.samples.push_back(Sample{row.start.utc, *row.value});
        DayResult &day = batch.days[*days.indexOf(row.start.utc)];
        day.hasData = true;
        ++day.points;
    }
    if (!series.samples.empty())
        batch.series.append(std::move(series));
    return batch;
}

} // namespace wristkeep
