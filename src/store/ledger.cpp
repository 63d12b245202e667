// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger.h"

#include "store/cellrows.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

#include <set>
#include <utility>

namespace wristkeep {

namespace {

/// Lists that are ordered by day as one; of one day the first list's cell comes first.
QList<Cell> merged(QList<QList<Cell>> lists)
{
    qsizetype size = 0;
    for (const QList<Cell> &list : std::as_const(lists))
        size += list.size();
    QList<Cell> all;
    all.reserve(size);
    QList<qsizetype> next(lists.size(), 0);
    while (all.size() < size) {
        qsizetype least = -1;
        for (qsizetype i = 0; i < lists.size(); ++i) {
            if (next.at(i) < lists.at(i).size() &&
                (least < 0 ||
                 lists.at(i).at(next.at(i)).key.date < lists.at(least).at(next.at(least)).key.date))
                least = i;
        }
        all.append(std::move(lists[least][next[least]++]));
    }
    return all;
}

} // namespace

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
    CellRows rows(sqliteHandle(m_database));
    QList<QList<Cell>> ofTypes;
    for (const QString &type : std::set<QString>(dataTypes.cbegin(), dataTypes.cend())) {
        auto found = rows.readCells(account, type, first, last);
        if (!found)
            return failure(found.error());
        ofTypes.append(std::move(*found));
    }
    return merged(std::move(ofTypes));
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
