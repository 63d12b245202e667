// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cellrows.h"

#include <utility>

namespace wristkeep {

namespace {

constexpr const char *insertCell =
    "INSERT INTO ledger (participant, provider, data_type, date, state, has_data, suspicious, "
    "reason, fetched_at, last_try, last_error, points, pending, settle_at, document, "
    "day_document, day_pages, day_sha256, day_bytes, doubt, doubt_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const char *upsertCell()
{
    static const QByteArray sql =
        QByteArray(insertCell) +
        " ON CONFLICT (participant, provider, data_type, date) DO UPDATE SET "
        "state = excluded.state, has_data = excluded.has_data, suspicious = excluded.suspicious, "
        "reason = excluded.reason, fetched_at = excluded.fetched_at, "
        "last_try = excluded.last_try, last_error = excluded.last_error, "
        "points = excluded.points, pending = excluded.pending, settle_at = excluded.settle_at, "
        "document = excluded.document, day_document = excluded.day_document, "
        "day_pages = excluded.day_pages, day_sha256 = excluded.day_sha256, "
        "day_bytes = excluded.day_bytes, doubt = excluded.doubt, doubt_at = excluded.doubt_at";
    return sql.constData();
}

/// The cell in the first nine columns of the row a select stands on.
Cell presentCell(const Statement &row, const AccountKey &account, const QString &dataType)
{
    Cell cell;
    cell.key = {account, dataType, row.date(8)};
    cell.state = cellStateFromName(row.text(0)).value_or(CellState::Failed);
    cell.hasData = row.integer(1) != 0;
    cell.suspicious = row.integer(2) != 0;
    cell.reason = row.text(3);
    if (!row.isNull(4))
        cell.fetchedAtUtc = row.integer(4);
    cell.lastTryUtc = row.integer(5);
    cell.lastError = row.text(6);
    cell.points = int(row.integer(7));
    return cell;
}

} // namespace

CellRows::CellRows(sqlite3 *database)
    : m_select(database,
               "SELECT state, has_data, suspicious, reason, fetched_at, last_try, last_error, points, date, "
               "pending, settle_at, document, day_document, day_pages, day_sha256, day_bytes, doubt, "
               "doubt_at FROM ledger "
               "WHERE participant = ? AND provider = ? AND data_type = ? AND date BETWEEN ? AND ? "
               "ORDER BY date"),
      m_selectCells(database,
                    "SELECT state, has_data, suspicious, reason, fetched_at, last_try, last_error, points, "
                    "date FROM ledger "
                    "WHERE participant = ? AND provider = ? AND data_type = ? AND date BETWEEN ? AND ? "
                    "ORDER BY date"),
      m_insert(database, insertCell), m_upsert(database, upsertCell())
{
}

CellRow CellRows::present(const AccountKey &account, const QString &dataType) const
{
    CellRow row;
    row.cell = presentCell(m_select, account, dataType);
    row.pending = int(m_select.integer(9));
    row.settleAtUtc = m_select.integer(10);
    row.document = m_select.integer(11);
    row.dayFile.document = m_select.integer(12);
    if (m_select.integer(15) > 0) {
        row.dayFile.earlierPages = m_select.text(13);
        row.dayFile.sha256 = m_select.text(14).toLatin1();
        row.dayFile.bytes = m_select.integer(15);
    }
    row.doubt = m_select.text(16).toLatin1();
    row.doubtAtUtc = m_select.integer(17);
    return row;
}

Result<QList<CellRow>> CellRows::readRange(const AccountKey &account, const QString &dataType, QDate first,
                                           QDate last)
{
    QList<CellRow> rows;
    m_select.with(account.participant, account.provider, dataType, first, last);
    for (;;) {
        const auto found = m_select.step();
        if (!found)
            return failure(found.error());
        if (!*found)
            return rows;
        rows.append(present(account, dataType));
    }
}

Result<QList<Cell>> CellRows::readCells(const AccountKey &account, const QString &dataType, QDate first,
                                        QDate last)
{
    QList<Cell> cells;
    m_selectCells.with(account.participant, account.provider, dataType, first, last);
    for (;;) {
        const auto found = m_selectCells.step();
        if (!found)
            return failure(found.error());
        if (!*found)
            return cells;
        cells.append(presentCell(m_selectCells, account, dataType));
    }
}

Result<std::optional<CellRow>> CellRows::read(const CellKey &key)
{
    auto rows = readRange(key.account, key.dataType, key.date, key.date);
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::nullopt : std::optional(std::move(rows->first()));
}

Outcome CellRows::add(const CellRow &row)
{
    return run(m_insert, row);
}

Outcome CellRows::write(const CellRow &row)
{
    return run(m_upsert, row);
}

Outcome CellRows::run(Statement &statement, const CellRow &row)
{
    const Cell &cell = row.cell;
    const auto orNull = [](qint64 id) { return id > 0 ? std::optional(id) : std::nullopt; };
    return statement
        .with(cell.key.account.participant, cell.key.account.provider, cell.key.dataType, cell.key.date,
              cellStateName(cell.state), cell.hasData, cell.suspicious, cell.reason, cell.fetchedAtUtc,
              cell.lastTryUtc, cell.lastError, cell.points, row.pending, row.settleAtUtc,
              orNull(row.document), orNull(row.dayFile.document), row.dayFile.earlierPages,
              row.dayFile.sha256, row.dayFile.bytes, row.doubt, row.doubtAtUtc)
        .run();
}

} // namespace wristkeep
