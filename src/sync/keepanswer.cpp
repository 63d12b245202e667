// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/keepanswer.h"

#include "core/failpoint.h"
#include "core/json.h"
#include "store/store.h"

namespace wristkeep {

Result<KeptAnswer> keepAnswer(Store &store, const AnswerToKeep &work)
{
    WRISTKEEP_FAIL_POINT("sync.before-archive");
    const Result<Document> document = store.ingest().archive(work.answer);
    if (!document)
        return failure(document.error());
    WRISTKEEP_FAIL_POINT("sync.archived");

    KeptAnswer kept;
    const Result<Batch> batch =
        work.provider->parse(work.answer.body, ParseContext{work.answer.task, work.answer.zone});
    if (!batch) {
        kept.notUnderstood = batch.error();
        kept.broken = !parseJson(work.answer.body);
        return kept;
    }
    WRISTKEEP_FAIL_POINT("sync.parsed");

    CommitRequest request;
    request.answer = work.answer;
    request.document = *document;
    request.batch = *batch;
    request.today = work.today;
    request.settleDays = work.settleDays;
    Result<WriteStats> stats = store.ingest().commit(request);
    if (!stats)
        return failure(stats.error());
    WRISTKEEP_FAIL_POINT("sync.committed");
    kept.stats = std::move(*stats);
    kept.nextPage = batch->nextPage;
    return kept;
}

} // namespace wristkeep
