// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of the ledger table, as the ledger and the commit read and write them. The caller holds the
// transaction.

#include "core/fetchtask.h"
#include "core/result.h"
#include "store/statement.h"

namespace wristkeep {

/// What a day file is made from.
struct DaySource
{
    qint64 document = 0;  ///< row of documents, of several pages the last; 0: there is no day file
    QString earlierPages; ///< rows of the pages before it, in order, joined by spaces
    QByteArray sha256;    ///< of the day's share of the answer; empty: the document is the day file itself
    qint64 bytes = 0;     ///< size of that share
};

/// A cell with what only the store needs to know about it.
struct CellRow
{
    Cell cell;
    int pending = 0;        ///< readings of the pages in so far, while it is partial
    qint64 settleAtUtc = 0; ///< from when on an answer counts as complete
    qint64 document = 0;    ///< row of documents; 0: none
    DaySource dayFile;
    QByteArray doubt;      ///< digest of a poorer answer nobody believes yet; empty: none
    qint64 doubtAtUtc = 0; ///< when that answer came first
};

class CellRows
{
public:
    explicit CellRows(sqlite3 *database);

    Result<std::optional<CellRow>> read(const CellKey &key);
    /// Those of one data type in a range, oldest first; days never asked are not in the list.
    Result<QList<CellRow>> readRange(const AccountKey &account, const QString &dataType, QDate first,
                                     QDate last);
    /// The same without what only the store needs to know.
    Result<QList<Cell>> readCells(const AccountKey &account, const QString &dataType, QDate first,
                                  QDate last);
    /// Of a cell that was never asked: a sixth cheaper than write(), which is safe for all.
    Outcome add(const CellRow &row);
    Outcome write(const CellRow &row);

private:
    static Outcome run(Statement &statement, const CellRow &row);
    /// The row the select stands on.
    [[nodiscard]] CellRow present(const AccountKey &account, const QString &dataType) const;

    Statement m_select;
    Statement m_selectCells;
    Statement m_insert;
    Statement m_upsert;
};

} // namespace wristkeep
