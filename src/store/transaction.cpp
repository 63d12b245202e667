// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transaction.h"

#include "core/logging.h"
#include "store/sql.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

Transaction::Transaction(const QSqlDatabase &database, Durability durability)
    : m_database(&database), m_durability(durability)
{
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)), m_durability(other.m_durability)
{
}

Result<Transaction> Transaction::begin(const QSqlDatabase &database, Durability durability)
{
    // SQLite ignores the pragma inside a transaction, so it is set before and put back after.
    if (durability == Durability::Full) {
        if (auto set = runSql(database, u"PRAGMA synchronous = FULL"_s); !set)
            return failure(set.error());
    }
    Transaction transaction(database, durability);
    if (auto begun = runSql(database, u"BEGIN IMMEDIATE"_s); !begun) {
        transaction.restoreDurability();
        transaction.m_database = nullptr;
        return failure(begun.error());
    }
    return transaction;
}

Transaction::~Transaction()
{
    if (!m_database)
        return;
    // SQLite may have rolled back by itself after a full disk: then there is nothing left to undo.
    if (auto undone = runSql(*m_database, u"ROLLBACK"_s); !undone)
        qCDebug(lcStore) << "Nothing to roll back:" << undone.error().detail;
    restoreDurability();
}

Outcome Transaction::commit()
{
    if (auto done = runSql(*m_database, u"COMMIT"_s); !done)
        return failure(done.error());
    restoreDurability();
    m_database = nullptr;
    return {};
}

void Transaction::restoreDurability()
{
    if (m_durability != Durability::Full)
        return;
    if (auto set = runSql(*m_database, u"PRAGMA synchronous = NORMAL"_s); !set)
        qCWarning(lcStore) << "Could not return to normal durability:" << set.error().detail;
}

} // namespace wristkeep
