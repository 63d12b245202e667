// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/keepanswer.h"

#include "core/failpoint.h"
#include "core/json.h"
#include "store/archive.h"
#include "store/store.h"

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
        const AnswerToKeep &work = works.at(i);
        archived.append({work, hashes->at(i),
                         work.provider->parse(work.answer.body, {work.answer.task, work.answer.zone})});
        WRISTKEEP_FAIL_POINT("sync.parsed");
    }
    return archived;
}

CommitRequest requestOf(const ArchivedAnswer &archived, const Document &document)
{
    CommitRequest request;
    request.answer = archived.work.answer;
    request.document = document;
    request.batch = *archived.batch;
    request.today = archived.work.today;
    request.settleDays = archived.work.settleDays;
    return request;
}

Result<QList<CommittedAnswer>> commitTogether(Store &store, const QList<ArchivedAnswer> &archived)
{
    QList<Answer> answers;
    QList<QByteArray> hashes;
    for (const ArchivedAnswer &each : archived) {
        answers.append(each.work.answer);
        hashes.append(each.sha256);
    }
    const auto documents = store.ingest().enterAll(answers, hashes);
    if (!documents)
        return failure(documents.error());

    QList<CommittedAnswer> results(archived.size());
    QList<CommitRequest> requests;
    QList<qsizetype> understood; ///< which answer each request is of
    for (qsizetype i = 0; i < archived.size(); ++i) {
        const Result<Batch> &batch = archived.at(i).batch;
        KeptAnswer &kept = results[i].kept;
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
    auto committed = store.ingest().commitRows(requests);
    if (!committed)
        return failure(committed.error());
    for (qsizetype i = 0; i < understood.size(); ++i) {
        WRISTKEEP_FAIL_POINT("sync.committed");
        CommittedAnswer &result = results[understood.at(i)];
        result.kept.stats = std::move((*committed)[i].stats);
        result.dayFile = std::move((*committed)[i].dayFile);
    }
    return results;
}

Result<QList<KeptAnswer>> showTogether(const QList<CommittedAnswer> &answers)
{
    QList<DayFileWish> wishes;
    for (const CommittedAnswer &answer : answers) {
        if (answer.dayFile)
            wishes.append(*answer.dayFile);
    }
    const auto written = showDayFiles(wishes);
    if (!written)
        return failure(written.error());
    QList<KeptAnswer> kept;
    for (const CommittedAnswer &answer : answers) {
        kept.append(answer.kept);
        if (!answer.dayFile)
            continue;
        WRISTKEEP_FAIL_POINT("store.commit.done");
        if (const QString path = answer.dayFile->file.path(); written->contains(path))
            kept.last().stats.filesWritten.append(path);
    }
    return kept;
}

} // namespace

QList<Result<ArchivedAnswer>> archiveAnswers(const Archive &archive, const QList<AnswerToKeep> &works)
{
    return togetherOrAlone<ArchivedAnswer, AnswerToKeep>(
        works, [&archive](const QList<AnswerToKeep> &some) { return archiveTogether(archive, some); });
}

QList<Result<CommittedAnswer>> commitAnswers(Store &store, const QList<ArchivedAnswer> &answers)
{
    return togetherOrAlone<CommittedAnswer, ArchivedAnswer>(
        answers, [&store](const QList<ArchivedAnswer> &some) { return commitTogether(store, some); });
}

QList<Result<KeptAnswer>> showAnswers(const QList<CommittedAnswer> &answers)
{
    return togetherOrAlone<KeptAnswer, CommittedAnswer>(answers, showTogether);
}

} // namespace wristkeep
