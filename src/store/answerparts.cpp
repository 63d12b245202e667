// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/answerparts.h"

#include "store/digest.h"

#include <algorithm>

namespace wristkeep {

namespace {

QString rowsText(const QList<EarlierPage> &pages)
{
    QStringList rows;
    for (const EarlierPage &page : pages)
        rows.append(QString::number(page.document));
    return rows.join(u' ');
}

} // namespace

bool isIn(const CivilDay &day, qint64 utc)
{
    return utc >= day.startUtc && utc < day.endUtc();
}

bool hasSampleIn(const SampleSeries &series, const CivilDay &day)
{
    return std::any_of(series.samples.cbegin(), series.samples.cend(),
                       [&day](const Sample &sample) { return isIn(day, sample.t); });
}

std::optional<qint64> firstSampleIn(const SampleSeries &series, const CivilDay &day)
{
    std::optional<qint64> first;
    for (const Sample &sample : series.samples) {
        if (isIn(day, sample.t) && sample.t < first.value_or(day.endUtc()))
            first = sample.t;
    }
    return first;
}

bool holdsRowsOf(const Batch &batch, const CivilDay &day, const QSet<QString> &withheld)
{
    return std::any_of(batch.series.cbegin(), batch.series.cend(),
                       [&day](const SampleSeries &series) { return hasSampleIn(series, day); }) ||
           std::any_of(batch.daily.cbegin(), batch.daily.cend(),
                       [&](const DailyValue &value) {
                           return value.date == day.date && !withheld.contains(value.type);
                       }) ||
           std::any_of(batch.sessions.cbegin(), batch.sessions.cend(),
                       [&day](const Session &session) { return session.date == day.date; });
}

QList<const Batch *> batchesOf(const CommitRequest &request)
{
    QList<const Batch *> batches;
    for (const EarlierPage &page : request.earlier)
        batches.append(&page.batch);
    batches.append(&request.batch);
    return batches;
}

bool hasAllPages(const CommitRequest &request)
{
    if (!request.batch.nextPage.isEmpty())
        return false;
    const bool isFirst = request.answer.task.page.isEmpty();
    return isFirst || request.earlier.size() >= std::max(1, request.answer.pageNumber - 1);
}

DaySource daySource(const CommitRequest &request, QDate date)
{
    DaySource source;
    if (!request.writeDayFiles)
        return source;
    if (isDayFile(request.answer, request.batch)) {
        source.document = request.document.id;
    } else if (const auto share = request.dayBodies.constFind(date); share != request.dayBodies.cend()) {
        source.document = request.document.id;
        source.earlierPages = rowsText(request.earlier);
        source.sha256 = sha256Hex(*share);
        source.bytes = share->size();
    }
    return source;
}

QString kindOf(const QString &dataType)
{
    const qsizetype cut = dataType.lastIndexOf(u'_');
    return cut > 0 ? dataType.left(cut) : dataType;
}

QMap<QString, qint64> firstSamplesIn(const CommitRequest &request, const CivilDay &day)
{
    QMap<QString, qint64> types;
    for (const Batch *batch : batchesOf(request)) {
        for (const SampleSeries &series : batch->series) {
            if (const auto first = firstSampleIn(series, day))
                types.insert(series.type, std::min(*first, types.value(series.type, *first)));
        }
    }
    return types;
}

} // namespace wristkeep
