// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger.h"

#include "store/cellrows.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

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
    if (dataTypes.isEmpty())
        return cells;
    QVariantList values{account.participant, account.provider, first.toString(Qt::ISODate),
                        last.toString(Qt::ISODate)};
    for (const QString &type : dataTypes)
        values.append(type);
    const QString marks = QStringList(dataTypes.size(), u"?"_s).join(u", "_s);
    auto query =
        runSql(m_database,
               u"SELECT data_type, date, state, has_data, suspicious, reason, fetched_at, last_try, "
               u"last_error, points FROM ledger WHERE participant = ? AND provider = ? "
               u"AND date BETWEEN ? AND ? AND data_type IN (%1) ORDER BY date, data_type"_s.arg(marks),
               values);
    if (!query)
        return failure(query.error());
    while (query->next()) {
        Cell cell;
        cell.key = {account, query->value(0).toString(),
                    QDate::fromString(query->value(1).toString(), Qt::ISODate)};
        cell.state = cellStateFromName(query->value(2).toString()).value_or(CellState::Failed);
        cell.hasData = query->value(3).toBool();
        cell.suspicious = query->value(4).toBool();
        cell.reason = query->value(5).toString();
        if (!query->value(6).isNull())
            cell.fetchedAtUtc = query->value(6).toLongLong();
        cell.lastTryUtc = query->value(7).toLongLong();
        cell.lastError = query->value(8).toString();
        cell.points = query->value(9).toInt();
        cells.append(cell);
    }
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
