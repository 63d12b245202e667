// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/keepanswer.h"

#include "core/failpoint.h"
#include "core/json.h"
#include "core/logging.h"
#include "providers/registry.h"
#include "store/archive.h"
#include "store/store.h"

#include <QSet>

namespace wristkeep {

namespace {

/// `together` gives one value for each answer, or one error for all: then each is tried alone.
template<typename Out, typename In>
QList<Result<Out>> togetherOrAlone(const QList<In> &answers,
                                   const std::function<Result<QList<Out>>(const QList<In> &)> &together)
{
    QList<Result<Out>> results;
    Result<QList<Out>> all = together(answers);
    if (all) {
        for (Out &each : *all)
            results.append(std::move(each));
    } else if (answers.size() == 1) {
        results.append(failure(all.error()));
    } else {
        for (const In &answer : answers)
            results.append(togetherOrAlone<Out, In>({answer}, together));
    }
    return results;
}

/// The pages before the last one, as they were kept.
Outcome readEarlierPages(const Archive &archive, ArchivedAnswer &archived, QList<QByteArray> &bodies)
{
    const AnswerToKeep &work = archived.work;
    ParseContext context{work.answer.task, work.answer.zone};
    const AccountKey &account = context.task.account;
    for (const KeptPage &page : work.earlier) {
        auto body = archive.body(account.provider, account.participant, page.document.sha256);
        if (!body)
            return failure(body.error());
        context.task.page = page.page;
        auto batch = work.provider->parse(*body, context);
        if (!batch) {
            archived.batch = failure(batch.error());
            return {};
        }
        archived.earlier.append({page.document.id, std::move(*batch)});
        bodies.append(std::move(*body));
    }
    return {};
}

/// With data, or with a zero that becomes data once its witness is in.
QSet<QDate> daysToCut(const ArchivedAnswer &archived)
{
    QSet<QDate> dates;
    const auto collect = [&dates](const Batch &batch) {
        for (const DayResult &day : batch.days) {
            if (day.hasData)
                dates.insert(day.date);
        }
        for (const DailyValue &value : batch.daily) {
            if (value.value == 0 && !value.zeroWitness.isEmpty())
                dates.insert(value.date);
        }
    };
    for (const EarlierPage &page : archived.earlier)
        collect(page.batch);
    collect(*archived.batch);
    return dates;
}

/// A fetch is whole with its last page: only then can its days be cut out of it.
Outcome cutIntoDays(const Archive &archive, ArchivedAnswer &archived)
{
    const Answer &answer = archived.work.answer;
    if (!archived.batch || !archived.batch->nextPage.isEmpty() || isDayFile(answer, *archived.batch))
        return {};
    QList<QByteArray> bodies;
    if (auto read = readEarlierPages(archive, archived, bodies); !read || !archived.batch)
        return read;
    bodies.append(answer.body);
    ParseContext context{answer.task, answer.zone};
    context.task.page.clear();
    auto divided = archived.work.provider->dayBodies(bodies, daysToCut(archived).values(), context);
    if (divided)
        archived.dayBodies = *divided;
    else // Views less; the rows are what counts.
        qCWarning(lcSync).noquote() << "No day files for" << context.task.dataType
                                    << context.task.first.toString(Qt::ISODate) + u':'
                                    << divided.error().detail;
    return {};
}

Result<QList<ArchivedAnswer>> archiveTogether(const Archive &archive, const QList<AnswerToKeep> &works)
{
    QList<Answer> answers;
    for (const AnswerToKeep &work : works) {
        WRISTKEEP_FAIL_POINT("sync.before-archive");
        answers.append(work.answer);
    }
    const auto hashes = archive.keep(answers);
    if (!hashes)
        return failure(hashes.error());
    QList<ArchivedAnswer> archived;
    for (qsizetype i = 0; i < works.size(); ++i) {
        WRISTKEEP_FAIL_POINT("sync.archived");
        auto understood = understand(archive, works.at(i), hashes->at(i));
        if (!understood)
            return failure(understood.error());
        archived.append(std::move(*understood));
    }
    return archived;
}

CommitRequest requestOf(const ArchivedAnswer &archived, const Document &document)
{
    CommitRequest request;
    request.answer = archived.work.answer;
    request.document = document;
    request.batch = *archived.batch;
    request.earlier = archived.earlier;
    request.dayBodies = archived.dayBodies;
    request.today = archived.work.today;
    request.settleDays = archived.work.settleDays;
    request.writeDayFiles = archived.work.makesDayFiles;
    return request;
}

Result<QList<CommittedAnswer>> commitTogether(Ingest &ingest, const QList<ArchivedAnswer> &archived)
{
    QList<Answer> answers;
    QList<QByteArray> hashes;
    for (const ArchivedAnswer &each : archived) {
        answers.append(each.work.answer);
        hashes.append(each.sha256);
    }
    const auto documents = ingest.enterAll(answers, hashes);
    if (!documents)
        return failure(documents.error());

    QList<CommittedAnswer> results(archived.size());
    QList<CommitRequest> requests;
    QList<qsizetype> understood; ///< which answer each request is of
    for (qsizetype i = 0; i < archived.size(); ++i) {
        const Result<Batch> &batch = archived.at(i).batch;
        KeptAnswer &kept = results[i].kept;
        kept.document = documents->at(i);
        kept.bodyBytes = answers.at(i).body.size();
        if (batch) {
            kept.nextPage = batch->nextPage;
            requests.append(requestOf(archived.at(i), documents->at(i)));
            understood.append(i);
        } else {
            kept.notUnderstood = batch.error();
            kept.broken = !parseJson(answers.at(i).body);
        }
    }
    if (requests.isEmpty())
        return results;
    auto committed = ingest.commitRows(requests);
    if (!committed)
        return failure(committed.error());
    for (qsizetype i = 0; i < understood.size(); ++i) {
        WRISTKEEP_FAIL_POINT("sync.committed");
        CommittedAnswer &result = results[understood.at(i)];
        result.kept.stats = std::move((*committed)[i].stats);
        result.dayFiles = std::move((*committed)[i].dayFiles);
    }
    return results;
}

Result<QList<KeptAnswer>> showTogether(const QList<CommittedAnswer> &answers)
{
    QList<DayFileWish> wishes;
    for (const CommittedAnswer &answer : answers)
        wishes.append(answer.dayFiles);
    const auto written = showDayFiles(wishes);
    if (!written)
        return failure(written.error());
    const QSet<QString> paths(written->cbegin(), written->cend());
    QList<KeptAnswer> kept;
    for (const CommittedAnswer &answer : answers) {
        kept.append(answer.kept);
        if (answer.dayFiles.isEmpty())
            continue;
        WRISTKEEP_FAIL_POINT("store.commit.done");
        for (const DayFileWish &wish : answer.dayFiles) {
            if (const QString path = wish.file.path(); paths.contains(path))
                kept.last().stats.filesWritten.append(path);
        }
    }
    return kept;
}

} // namespace

QList<Result<ArchivedAnswer>> archiveAnswers(const Archive &archive, const QList<AnswerToKeep> &works)
{
    return togetherOrAlone<ArchivedAnswer, AnswerToKeep>(
        works, [&archive](const QList<AnswerToKeep> &some) { return archiveTogether(archive, some); });
}

Result<ArchivedAnswer> understand(const Archive &archive, const AnswerToKeep &work, const QByteArray &sha256)
{
    ArchivedAnswer archived{work, sha256,
                            work.provider->parse(work.answer.body, {work.answer.task, work.answer.zone})};
    WRISTKEEP_FAIL_POINT("sync.parsed");
    if (auto cut = cutIntoDays(archive, archived); !cut)
        return failure(cut.error());
    return archived;
}

QList<Result<CommittedAnswer>> commitAnswers(Store &store, const QList<ArchivedAnswer> &answers)
{
    return commitAnswers(store.ingest(), answers);
}

QList<Result<CommittedAnswer>> commitAnswers(Ingest &ingest, const QList<ArchivedAnswer> &answers)
{
    return togetherOrAlone<CommittedAnswer, ArchivedAnswer>(
        answers, [&ingest](const QList<ArchivedAnswer> &some) { return commitTogether(ingest, some); });
}

QList<Result<KeptAnswer>> showAnswers(const QList<CommittedAnswer> &answers)
{
    return togetherOrAlone<KeptAnswer, CommittedAnswer>(answers, showTogether);
}

Result<DayShares> cutDays(const DayCut &cut)
{
    const auto provider = findProvider(cut.task.account.provider);
    if (!provider)
        return failure(provider.error());
    return (*provider)->dayBodies(cut.bodies, cut.dates, {cut.task, cut.zone});
}

} // namespace wristkeep
