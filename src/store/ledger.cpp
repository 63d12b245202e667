// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger.h"

#include "store/cellrows.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSet>
#include <QSqlDatabase>

#include <algorithm>
#include <tuple>
#include <utility>

namespace wristkeep {

Ledger::Ledger(QSqlDatabase &database) : m_database(database) {}

Result<std::optional<Cell>> Ledger::cell(const CellKey &key) const
{
    CellRows rows(sqliteHandle(m_database));
    auto row = rows.read(key);
    if (!row)
        return failure(row.error());
    if (!*row)
        return std::nullopt;
    return (*row)->cell;
}

Result<QList<Cell>> Ledger::cells(const AccountKey &account, const QStringList &dataTypes, QDate first,
                                  QDate last) const
{
    QList<Cell> cells;
    CellRows rows(sqliteHandle(m_database));
    const QSet<QString> types(dataTypes.cbegin(), dataTypes.cend());
    for (const QString &type : types) {
        auto found = rows.readRange(account, type, first, last);
        if (!found)
            return failure(found.error());
        cells.reserve(cells.size() + found->size());
        for (CellRow &row : *found)
            cells.append(std::move(row.cell));
    }
    std::sort(cells.begin(), cells.end(), [](const Cell &a, const Cell &b) {
        return std::tie(a.key.date, a.key.dataType) < std::tie(b.key.date, b.key.dataType);
    });
    return cells;
}

Result<Cell> Ledger::markTried(const CellKey &key, CellState state, const QString &reason, qint64 atUtc)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    CellRows rows(sqliteHandle(m_database));
    auto found = rows.read(key);
    if (!found)
        return failure(found.error());
    CellRow row = found->value_or(CellRow{});
    row.cell.key = key;
    row.cell.lastTryUtc = atUtc;
    row.cell.lastError = reason;
    if (!row.cell.hasData)
        row.cell.state = state;
    if (!isGood(row.cell.state))
        row.cell.reason = reason;
    if (auto written = rows.write(row); !written)
        return failure(written.error());
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    return row.cell;
}

} // namespace wristkeep
