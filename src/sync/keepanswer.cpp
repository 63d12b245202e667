// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/keepanswer.h"

#include "core/failpoint.h"
#include "core/json.h"
#include "store/store.h"

namespace wristkeep {

namespace {

Result<QList<KeptAnswer>> keepTogether(Store &store, const QList<AnswerToKeep> &works)
{
    QList<Answer> answers;
    for (const AnswerToKeep &work : works) {
        WRISTKEEP_FAIL_POINT("sync.before-archive");
        answers.append(work.answer);
    }
    const Result<QList<Document>> documents = store.ingest().archiveAll(answers);
    if (!documents)
        return failure(documents.error());

    QList<KeptAnswer> kept(works.size());
    QList<CommitRequest> requests;
    QList<qsizetype> understood; ///< which answer each request is of
    for (qsizetype i = 0; i < works.size(); ++i) {
        WRISTKEEP_FAIL_POINT("sync.archived");
        const AnswerToKeep &work = works.at(i);
        Result<Batch> batch =
            work.provider->parse(work.answer.body, ParseContext{work.answer.task, work.answer.zone});
        if (!batch) {
            kept[i].notUnderstood = batch.error();
            kept[i].broken = !parseJson(work.answer.body);
            continue;
        }
        WRISTKEEP_FAIL_POINT("sync.parsed");
        kept[i].nextPage = batch->nextPage;
        CommitRequest request;
        request.answer = work.answer;
        request.document = documents->at(i);
        request.batch = std::move(*batch);
        request.today = work.today;
        request.settleDays = work.settleDays;
        requests.append(std::move(request));
        understood.append(i);
    }
    if (requests.isEmpty())
        return kept;
    Result<QList<WriteStats>> stats = store.ingest().commitAll(requests);
    if (!stats)
        return failure(stats.error());
    for (qsizetype i = 0; i < understood.size(); ++i) {
        WRISTKEEP_FAIL_POINT("sync.committed");
        kept[understood.at(i)].stats = std::move((*stats)[i]);
    }
    return kept;
}

} // namespace

QList<Result<KeptAnswer>> keepAnswers(Store &store, const QList<AnswerToKeep> &works)
{
    QList<Result<KeptAnswer>> results;
    const Result<QList<KeptAnswer>> together = keepTogether(store, works);
    if (together) {
        for (const KeptAnswer &kept : *together)
            results.append(kept);
    } else if (works.size() == 1) {
        results.append(failure(together.error()));
    } else {
        for (const AnswerToKeep &work : works)
            results.append(keepAnswers(store, {work}));
    }
    return results;
}

} // namespace wristkeep
