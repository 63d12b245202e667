// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrator.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "core/logging.h"
#include "store/originaldatabase.h"
#include "store/sql.h"
#include "store/sqlerror.h"
#include "store/transaction.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QString schemaFolder = u":/wristkeep/schema/sqlite"_s;

/// "001_base.sql" and its like, in order.
QStringList stepNames()
{
    return QDir(schemaFolder).entryList(QDir::Files, QDir::Name);
}

int stepNumber(const QString &name)
{
    return name.section(u'_', 0, 0).toInt();
}

Outcome runScript(const QSqlDatabase &database, const QString &name)
{
    QFile file(schemaFolder + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, u"The schema step %1 is missing."_s.arg(name));
    sqlite3 *handle = sqliteHandle(database);
    const int code = sqlite3_exec(handle, file.readAll().constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        const QString message = QString::fromUtf8(sqlite3_errmsg(handle));
        return failure(sqliteError(code, message, database.databaseName()));
    }
    return {};
}

Result<bool> answersRow(const QSqlDatabase &database, const QString &statement)
{
    auto query = runSql(database, statement);
    if (!query)
        return failure(query.error());
    return query->next();
}

} // namespace

Migrator::Migrator(QSqlDatabase &database, const Clock &clock) : m_database(database), m_clock(clock) {}

int Migrator::newestVersion()
{
    const QStringList names = stepNames();
    return names.isEmpty() ? 0 : stepNumber(names.last());
}

Result<bool> Migrator::hasTable(const QString &name) const
{
    auto query =
        runSql(m_database, u"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"_s, {name});
    if (!query)
        return failure(query.error());
    return query->next();
}

Result<int> Migrator::version() const
{
    const QString file = QDir::toNativeSeparators(m_database.databaseName());
    auto known = hasTable(u"wristkeep_schema"_s);
    if (!known)
        return failure(known.error());
    if (!*known) {
        auto foreign = answersRow(m_database, u"SELECT 1 FROM sqlite_master WHERE type = 'table' "
                                              u"AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"_s);
        if (!foreign)
            return failure(foreign.error());
        auto original = isOriginalDatabase(m_database);
        if (!original)
            return failure(original.error());
        if (*foreign && !*original) {
            return failure(errorWithRemedy(
                ErrorKind::BadConfiguration, u"%1 is a database of another program."_s.arg(file),
                u"Set DATABASE_URL to another file. This one was left untouched."_s));
        }
        return 0;
    }
    auto query = runSql(m_database, u"SELECT COALESCE(max(version), 0) FROM wristkeep_schema"_s);
    if (!query)
        return failure(query.error());
    const int number = query->next() ? query->value(0).toInt() : 0;
    if (number > newestVersion()) {
        return failure(errorWithRemedy(
            ErrorKind::DatabaseTooNew,
            u"%1 was written by a newer Wristkeep (form %2; this program knows %3)."_s.arg(file)
                .arg(number)
                .arg(newestVersion()),
            u"Update this program. The database was left untouched."_s));
    }
    return number;
}

Result<bool> Migrator::holdsPlainTokens() const
{
    auto exists = hasTable(u"fitbit_tokens"_s);
    if (!exists || !*exists)
        return exists;
    return answersRow(m_database, u"SELECT 1 FROM fitbit_tokens WHERE access_token NOT LIKE 'v1:%' "
                                  u"OR refresh_token NOT LIKE 'v1:%'"_s);
}

Result<bool> Migrator::holdsSealedTokens() const
{
    for (const QString &table : {u"fitbit_tokens"_s, u"fitbit_tokens_superseded"_s}) {
        auto exists = hasTable(table);
        if (!exists)
            return exists;
        if (!*exists)
            continue;
        auto sealed = answersRow(m_database, u"SELECT 1 FROM %1 WHERE access_token LIKE 'v1:%' "
                                             u"OR refresh_token LIKE 'v1:%'"_s.arg(table));
        if (!sealed || *sealed)
            return sealed;
    }
    return false;
}

Result<MigrationResult> Migrator::migrate(const SecretBox &box, const QString &fitbitTokenHost)
{
    MigrationResult result;
    const QStringList names = stepNames();
    for (const QString &name : names) {
        auto done = runStep(stepNumber(name), name, box, fitbitTokenHost, result.warnings);
        if (!done)
            return failure(done.error());
    }
    auto pending = answersRow(m_database, u"SELECT 1 FROM wristkeep_meta WHERE key = 'clean_up'"_s);
    if (!pending)
        return failure(pending.error());
    if (*pending) {
        if (auto cleaned = cleanUp(); !cleaned)
            return failure(cleaned.error());
    }
    return result;
}

Outcome Migrator::runStep(int number, const QString &name, const SecretBox &box,
                          const QString &fitbitTokenHost, QStringList &warnings)
{
    auto before = version();
    if (!before)
        return failure(before.error());
    if (*before >= number)
        return {};
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    // Another process may have done the step while this one waited for the lock.
    before = version();
    if (!before)
        return failure(before.error());
    if (*before >= number)
        return {};
    WRISTKEEP_FAIL_POINT("store.migrate.begin");
    std::optional<OriginalDatabase> original;
    if (number == 1) {
        auto found = isOriginalDatabase(m_database);
        if (!found)
            return failure(found.error());
        if (*found) {
            original.emplace(m_database, box, m_clock);
            if (auto taken = original->takeOut(); !taken)
                return taken;
        }
    }
    if (auto done = runScript(m_database, name); !done)
        return done;
    WRISTKEEP_FAIL_POINT("store.migrate.tables");
    if (original) {
        if (auto brought = original->bringIn(fitbitTokenHost); !brought)
            return brought;
        warnings += original->warnings();
    }
    if (auto there = ensureDefaultParticipant(); !there)
        return there;
    if (auto made = runSql(m_database,
                           u"CREATE TABLE IF NOT EXISTS wristkeep_schema ("
                           u"version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"_s);
        !made)
        return failure(made.error());
    auto noted =
        runSql(m_database, u"INSERT INTO wristkeep_schema (version, name, applied_at) VALUES (?, ?, ?)"_s,
               {number, name, sqlDateText(m_clock.now())});
    if (!noted)
        return failure(noted.error());
    WRISTKEEP_FAIL_POINT("store.migrate.before-commit");
    if (auto done = transaction->commit(); !done)
        return done;
    WRISTKEEP_FAIL_POINT("store.migrate.committed");
    return {};
}

Outcome Migrator::ensureDefaultParticipant()
{
    const QString now = sqlDateText(m_clock.now());
    auto added =
        runSql(m_database,
               u"INSERT INTO participants (participant_id, created_at, updated_at) SELECT 'default', ?, ? "
               u"WHERE NOT EXISTS (SELECT 1 FROM participants)"_s,
               {now, now});
    return added ? Outcome{} : Outcome(failure(added.error()));
}

Outcome Migrator::cleanUp()
{
    // Old pages, and the log with them, may still hold tokens as the original stored them.
    const auto checkpoint = [this]() -> Result<bool> {
        auto query = runSql(m_database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        if (!query)
            return failure(query.error());
        return query->next() && query->value(0).toInt() == 0;
    };
    auto emptied = checkpoint();
    if (!emptied)
        return failure(emptied.error());
    WRISTKEEP_FAIL_POINT("store.migrate.checkpointed");
    if (auto vacuumed = runSql(m_database, u"VACUUM"_s); !vacuumed)
        return failure(vacuumed.error());
    WRISTKEEP_FAIL_POINT("store.migrate.vacuumed");
    emptied = checkpoint();
    if (!emptied)
        return failure(emptied.error());
    if (!*emptied) {
        qCWarning(lcStore) << "Another program reads the database: old pages are wiped at the next start.";
        return {};
    }
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    if (auto done = runSql(m_database, u"DELETE FROM wristkeep_meta WHERE key = 'clean_up'"_s); !done)
        return failure(done.error());
    if (auto done = transaction->commit(); !done)
        return done;
    WRISTKEEP_FAIL_POINT("store.migrate.done");
    return {};
}

} // namespace wristkeep
