// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ingest.h"

#include "core/failpoint.h"

namespace wristkeep {

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
    if (only.dayFile) {
        const auto written = showDayFiles({*only.dayFile});
        if (!written)
            return failure(written.error());
        only.stats.filesWritten = *written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.done");
    return only.stats;
}

} // namespace wristkeep
