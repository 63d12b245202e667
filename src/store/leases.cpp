// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/leases.h"

#include "core/clock.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace wristkeep {

Leases::Leases(QSqlDatabase &database, const Clock &clock) : m_database(database), m_clock(clock) {}

Result<LeaseState> Leases::take(const QString &name, const QString &owner, qint64 untilUtc)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    {
        auto query = runSql(m_database, u"SELECT owner, until FROM leases WHERE name = ?"_s, {name});
        if (!query)
            return failure(query.error());
        if (query->next()) {
            const LeaseState held{false, query->value(0).toString(), query->value(1).toLongLong()};
            if (held.owner != owner && held.untilUtc > m_clock.nowUtc())
                return held;
        }
    }
    auto taken = runSql(m_database,
                        u"INSERT INTO leases (name, owner, until) VALUES (?, ?, ?) "
                        u"ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until"_s,
                        {name, owner, untilUtc});
    if (!taken)
        return failure(taken.error());
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    return LeaseState{true, owner, untilUtc};
}

Result<bool> Leases::isHeld(const QString &name) const
{
    auto query =
        runSql(m_database, u"SELECT 1 FROM leases WHERE name = ? AND until > ?"_s, {name, m_clock.nowUtc()});
    if (!query)
        return failure(query.error());
    return query->next();
}

Result<QList<LeaseState>> Leases::held(const QString &beginning) const
{
    auto query =
        runSql(m_database, u"SELECT owner, until FROM leases WHERE substr(name, 1, ?) = ? AND until > ?"_s,
               {beginning.size(), beginning, m_clock.nowUtc()});
    if (!query)
        return failure(query.error());
    QList<LeaseState> leases;
    while (query->next())
        leases.append({true, query->value(0).toString(), query->value(1).toLongLong()});
    return leases;
}

Outcome Leases::release(const QString &name, const QString &owner)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    auto released = runSql(m_database, u"DELETE FROM leases WHERE name = ? AND owner = ?"_s, {name, owner});
    if (!released)
        return failure(released.error());
    return transaction->commit();
}

} // namespace wristkeep
