// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of the ledger table, as the ledger and the commit read and write them. The caller holds the
// transaction.

#include "core/fetchtask.h"
#include "core/result.h"
#include "store/statement.h"

namespace wristkeep {

/// A cell with what only the store needs to know about it.
struct CellRow
{
    Cell cell;
    int pending = 0;        ///< readings of the pages in so far, while it is partial
    qint64 settleAtUtc = 0; ///< from when on an answer counts as complete
    qint64 document = 0;    ///< row of documents; 0: none
    qint64 dayDocument = 0; ///< the one the day file holds; 0: there is none
};

class CellRows
{
public:
    explicit CellRows(sqlite3 *database);

    Result<std::optional<CellRow>> read(const CellKey &key);
    Outcome write(const CellRow &row);

private:
    Statement m_select;
    Statement m_upsert;
};

} // namespace wristkeep
