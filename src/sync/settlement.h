// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The last step of an account's run on the store thread: marks, quota, the run's row, and the cells as they
// stand, for the report.

#include "core/fetchtask.h"
#include "core/result.h"
#include "core/syncmessages.h"
#include "store/runs.h"

namespace wristkeep {

class Store;

/// Cells whose try brought nothing in.
struct CellMark
{
    FetchTask task;
    CellState state = CellState::Failed;
    QString reason;
};

Outcome markCells(Store &store, const CellMark &mark, qint64 nowUtc);

struct Settlement
{
    AccountKey key;
    QStringList dataTypes;
    QDate first;
    QDate last;
    QList<CellMark> marks;
    std::optional<QuotaState> quota; ///< none: nothing was learned about it
    qint64 nowUtc = 0;
};

Result<QList<Cell>> settleAccount(Store &store, const Settlement &settlement);

} // namespace wristkeep
