// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/settlement.h"

#include "store/accounts.h"
#include "store/ledger.h"
#include "store/store.h"
#include "sync/keepanswer.h"

namespace wristkeep {

Outcome markCells(Store &store, const CellMark &mark, qint64 nowUtc)
{
    for (QDate day = mark.task.first; day <= mark.task.last; day = day.addDays(1)) {
        const CellKey key{mark.task.account, mark.task.dataType, day};
        if (const Result<Cell> cell = store.ledger().markTried(key, mark.state, mark.reason, nowUtc); !cell)
            return failure(cell.error());
    }
    return {};
}

Result<QList<Cell>> settleAccount(Store &store, const Settlement &settlement)
{
    for (const CellMark &mark : settlement.marks) {
        if (const Outcome marked = markCells(store, mark, settlement.nowUtc); !marked)
            return failure(marked.error());
    }
    if (settlement.quota) {
        if (const Outcome saved = store.accounts().saveQuota(settlement.key, *settlement.quota); !saved)
            return failure(saved.error());
    }
    if (const Result<int> shown = store.ingest().showReleasedZeros(cutDays); !shown)
        return failure(shown.error());
    return store.ledger().cells(settlement.key, settlement.dataTypes, settlement.first, settlement.last);
}

} // namespace wristkeep
