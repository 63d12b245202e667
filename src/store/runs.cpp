// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/runs.h"

#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

Outcome writeRun(const QSqlDatabase &database, const RunRecord &run)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return failure(transaction.error());
    auto written = runSql(
        database,
        u"INSERT INTO runs (id, participant, provider, started_at, finished_at, outcome, good, not_good) "
        u"VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, participant, provider) DO UPDATE SET "
        u"started_at = excluded.started_at, finished_at = excluded.finished_at, "
        u"outcome = excluded.outcome, good = excluded.good, not_good = excluded.not_good"_s,
        {run.id, run.account.participant, run.account.provider, run.startedUtc,
         run.finishedUtc ? QVariant(*run.finishedUtc) : QVariant(QMetaType::fromType<qint64>()),
         run.outcome.isNull() ? u""_s : run.outcome, run.good, run.notGood});
    if (!written)
        return failure(written.error());
    return transaction->commit();
}

} // namespace

Runs::Runs(QSqlDatabase &database) : m_database(database) {}

Outcome Runs::begin(const RunRecord &run)
{
    return writeRun(m_database, run);
}

Outcome Runs::finish(const RunRecord &run)
{
    return writeRun(m_database, run);
}

Result<std::optional<RunRecord>> Runs::last(const AccountKey &account) const
{
    auto query =
        runSql(m_database,
               u"SELECT id, started_at, finished_at, outcome, good, not_good FROM runs "
               u"WHERE participant = ? AND provider = ? ORDER BY started_at DESC, rowid DESC LIMIT 1"_s,
               {account.participant, account.provider});
    if (!query)
        return failure(query.error());
    if (!query->next())
        return std::nullopt;
    RunRecord run;
    run.id = query->value(0).toString();
    run.account = account;
    run.startedUtc = query->value(1).toLongLong();
    if (!query->value(2).isNull())
        run.finishedUtc = query->value(2).toLongLong();
    run.outcome = query->value(3).toString();
    run.good = query->value(4).toInt();
    run.notGood = query->value(5).toInt();
    return run;
}

} // namespace wristkeep
