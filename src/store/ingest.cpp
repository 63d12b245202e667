// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ingest.h"

#include "core/failpoint.h"

namespace wristkeep {

bool isDayFile(const Answer &answer, const Batch &batch)
{
    const FetchTask &task = answer.task;
    return task.first == task.last && task.page.isEmpty() && batch.nextPage.isEmpty();
}

Result<Document> Ingest::archive(const Answer &answer)
{
    return archiveAll({answer}).map([](const QList<Document> &all) { return all.first(); });
}

Result<WriteStats> Ingest::commit(const CommitRequest &request)
{
    auto committed = commitRows({request});
    if (!committed)
        return failure(committed.error());
    Committed &only = committed->first();
    if (!only.dayFiles.isEmpty()) {
        const auto written = showDayFiles(only.dayFiles);
        if (!written)
            return failure(written.error());
        only.stats.filesWritten = *written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.done");
    return only.stats;
}

} // namespace wristkeep
