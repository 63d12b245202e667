// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/historyrows.h"

namespace wristkeep {

HistoryRows::HistoryRows(sqlite3 *database)
    : m_insert(database, "INSERT INTO history (kind, participant, provider, type, key, old_value, old_text, "
                         "series, old_fetched_at, new_fetched_at, withdrawn, document) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_lastChange(database, "SELECT max(new_fetched_at) FROM history WHERE participant = ? AND provider = ? "
                             "AND type = ? AND key = ? AND series = ?")
{
}

Outcome HistoryRows::remember(const Provenance &from, const OldValue &old)
{
    return m_insert
        .with(old.kind, from.account.participant, from.account.provider, old.type, old.key, old.value,
              old.text, old.series, old.sinceUtc, from.fetchedAtUtc, old.withdrawn, from.document)
        .run();
}

Result<qint64> HistoryRows::lastChange(const AccountKey &account, const QString &type, qint64 series,
                                       qint64 t)
{
    auto found =
        m_lastChange.with(account.participant, account.provider, type, QString::number(t), series).step();
    if (!found)
        return failure(found.error());
    const qint64 at = *found ? m_lastChange.integer(0) : 0;
    m_lastChange.reset();
    return at;
}

} // namespace wristkeep
