// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backfilljobs.h"

#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QString jobColumns =
    u"participant, provider, first, last, data_types, state, cells_done, cells_total, requests_left, "
    u"wake_at, reason, changed_at, revision"_s;

BackfillJob jobOf(const QSqlQuery &query)
{
    BackfillJob job;
    BackfillStatus &status = job.status;
    status.account = {query.value(0).toString(), query.value(1).toString()};
    status.first = QDate::fromString(query.value(2).toString(), Qt::ISODate);
    status.last = QDate::fromString(query.value(3).toString(), Qt::ISODate);
    status.dataTypes = query.value(4).toString().split(u',', Qt::SkipEmptyParts);
    status.state = backfillStateFromName(query.value(5).toString()).value_or(BackfillState::Interrupted);
    status.cellsDone = query.value(6).toInt();
    status.cellsTotal = query.value(7).toInt();
    status.requestsLeft = query.value(8).toInt();
    if (!query.value(9).isNull())
        status.nextWakeUtc = query.value(9).toLongLong();
    status.reason = query.value(10).toString();
    status.changedUtc = query.value(11).toLongLong();
    job.revision = query.value(12).toLongLong();
    return job;
}

QVariant wakeOf(const BackfillStatus &status)
{
    return status.nextWakeUtc ? QVariant(*status.nextWakeUtc) : QVariant(QMetaType::fromType<qint64>());
}

QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

Outcome noteTry(const QSqlDatabase &database, const AccountKey &account, const BackfillTry &one)
{
    const auto written = runSql(
        database,
        u"INSERT OR REPLACE INTO backfill_tries (participant, provider, data_type, date, tries, last_try, "
        u"next_try, denied) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {account.participant, account.provider, one.dataType, one.date.toString(Qt::ISODate), one.tries,
         one.lastTryUtc, one.nextTryUtc, int(one.denied)});
    return written ? Outcome() : Outcome(failure(written.error()));
}

Result<std::optional<BackfillJob>> findJob(const QSqlDatabase &database, const AccountKey &account)
{
    auto query =
        runSql(database, u"SELECT %1 FROM backfills WHERE participant = ? AND provider = ?"_s.arg(jobColumns),
               {account.participant, account.provider});
    if (!query)
        return failure(query.error());
    if (!query->next())
        return std::nullopt;
    return jobOf(*query);
}

} // namespace

BackfillJobs::BackfillJobs(QSqlDatabase &database) : m_database(database) {}

Result<QList<BackfillJob>> BackfillJobs::all() const
{
    auto query = runSql(m_database, u"SELECT %1 FROM backfills WHERE participant IN (SELECT participant_id "
                                    u"FROM participants WHERE removed_at IS NULL) "
                                    u"ORDER BY participant, provider"_s.arg(jobColumns));
    if (!query)
        return failure(query.error());
    QList<BackfillJob> jobs;
    while (query->next())
        jobs << jobOf(*query);
    return jobs;
}

Result<std::optional<BackfillJob>> BackfillJobs::find(const AccountKey &account) const
{
    return findJob(m_database, account);
}

Result<BackfillJob> BackfillJobs::begin(const BackfillStatus &status)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    const AccountKey &account = status.account;
    const auto written =
        runSql(m_database,
               u"INSERT INTO backfills (participant, provider, first, last, data_types, state, changed_at) "
               u"VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (participant, provider) DO UPDATE SET "
               u"first = excluded.first, last = excluded.last, data_types = excluded.data_types, "
               u"state = excluded.state, cells_done = 0, cells_total = 0, requests_left = 0, wake_at = NULL, "
               u"reason = '', changed_at = excluded.changed_at, revision = revision + 1"_s,
               {account.participant, account.provider, status.first.toString(Qt::ISODate),
                status.last.toString(Qt::ISODate), status.dataTypes.join(u','),
                backfillStateName(status.state), status.changedUtc});
    if (!written)
        return failure(written.error());
    const auto forgotten =
        runSql(m_database, u"DELETE FROM backfill_tries WHERE participant = ? AND provider = ?"_s,
               {account.participant, account.provider});
    if (!forgotten)
        return failure(forgotten.error());
    const auto job = findJob(m_database, account);
    if (!job)
        return failure(job.error());
    if (const Outcome done = transaction->commit(); !done)
        return failure(done.error());
    return job->value_or(BackfillJob());
}

Result<std::optional<BackfillJob>> BackfillJobs::setState(const AccountKey &account, BackfillState state,
                                                          qint64 nowUtc,
                                                          const std::optional<BackfillStatus> &live)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    const auto written =
        runSql(m_database,
               u"UPDATE backfills SET state = ?, wake_at = NULL, reason = '', changed_at = ?, "
               u"revision = revision + 1 WHERE participant = ? AND provider = ?"_s,
               {backfillStateName(state), nowUtc, account.participant, account.provider});
    if (!written)
        return failure(written.error());
    if (live && live->account == account) {
        const auto counted = runSql(
            m_database,
            u"UPDATE backfills SET cells_done = ?, cells_total = ?, requests_left = ? "
            u"WHERE participant = ? AND provider = ?"_s,
            {live->cellsDone, live->cellsTotal, live->requestsLeft, account.participant, account.provider});
        if (!counted)
            return failure(counted.error());
    }
    auto job = findJob(m_database, account);
    if (!job)
        return failure(job.error());
    if (const Outcome done = transaction->commit(); !done)
        return failure(done.error());
    return job;
}

Result<bool> BackfillJobs::note(const BackfillJob &job, const QList<BackfillTry> &failed)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    const BackfillStatus &status = job.status;
    const auto written = runSql(
        m_database,
        u"UPDATE backfills SET last = ?, state = ?, cells_done = ?, cells_total = ?, requests_left = ?, "
        u"wake_at = ?, reason = ?, changed_at = ? WHERE participant = ? AND provider = ? AND revision = ?"_s,
        {status.last.toString(Qt::ISODate), backfillStateName(status.state), status.cellsDone,
         status.cellsTotal, status.requestsLeft, wakeOf(status), notNull(status.reason), status.changedUtc,
         status.account.participant, status.account.provider, job.revision});
    if (!written)
        return failure(written.error());
    if (written->numRowsAffected() == 0)
        return false;
    for (const BackfillTry &one : failed) {
        if (const Outcome noted = noteTry(m_database, status.account, one); !noted)
            return failure(noted.error());
    }
    if (const Outcome done = transaction->commit(); !done)
        return failure(done.error());
    return true;
}

Result<QList<BackfillTry>> BackfillJobs::tries(const AccountKey &account) const
{
    auto query = runSql(m_database,
                        u"SELECT data_type, date, tries, last_try, next_try, denied FROM backfill_tries "
                        u"WHERE participant = ? AND provider = ?"_s,
                        {account.participant, account.provider});
    if (!query)
        return failure(query.error());
    QList<BackfillTry> tries;
    while (query->next())
        tries << BackfillTry{
            query->value(0).toString(),   QDate::fromString(query->value(1).toString(), Qt::ISODate),
            query->value(2).toInt(),      query->value(3).toLongLong(),
            query->value(4).toLongLong(), query->value(5).toBool()};
    return tries;
}

} // namespace wristkeep
