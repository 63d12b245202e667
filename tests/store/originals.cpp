// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/originals.h"

#include "store/storebench.h"

#include <QFile>

#include <sqlite3.h>

namespace wristkeep::test {

namespace {

const QByteArray firstForm =
    "CREATE TABLE fitbit_tokens (id INTEGER NOT NULL, participant_id VARCHAR DEFAULT 'default', "
    "fitbit_user_id VARCHAR NOT NULL, access_token VARCHAR NOT NULL, refresh_token VARCHAR NOT NULL, "
    "expires_at FLOAT NOT NULL, scope VARCHAR, token_type VARCHAR, created_at DATETIME, updated_at DATETIME, "
    "nickname VARCHAR, PRIMARY KEY (id), UNIQUE (fitbit_user_id));"
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);"
    "INSERT INTO alembic_version VALUES ('8f2a');";

const QByteArray secondForm =
    "CREATE TABLE participants (id INTEGER NOT NULL, participant_id VARCHAR NOT NULL, name VARCHAR, email "
    "VARCHAR, "
    "notes VARCHAR, created_at DATETIME, updated_at DATETIME, PRIMARY KEY (id), UNIQUE (participant_id));"
    "CREATE INDEX ix_participants_participant_id ON participants (participant_id);"
    "CREATE TABLE fitbit_tokens (id INTEGER NOT NULL, participant_id VARCHAR NOT NULL, "
    "fitbit_user_id VARCHAR NOT NULL, access_token VARCHAR NOT NULL, refresh_token VARCHAR NOT NULL, "
    "expires_at FLOAT NOT NULL, scope VARCHAR, token_type VARCHAR, created_at DATETIME, updated_at DATETIME, "
    "PRIMARY KEY (id), FOREIGN KEY(participant_id) REFERENCES participants (participant_id));"
    "CREATE INDEX ix_fitbit_tokens_participant_id ON fitbit_tokens (participant_id);"
    "CREATE INDEX idx_participant_token ON fitbit_tokens (participant_id, fitbit_user_id);"
    "INSERT INTO participants (participant_id, name, notes) VALUES ('p01', 'Ada', 'left handed'), "
    "('p02', 'Ben', NULL), ('../odd id', NULL, NULL);";

QByteArray row(const char *participant, const char *user, const char *token, const char *updated)
{
    return QByteArray(
               "INSERT INTO fitbit_tokens (participant_id, fitbit_user_id, access_token, refresh_token, "
               "expires_at, scope, token_type, created_at, updated_at) VALUES (") +
           participant + ", '" + user + "', 'PLAIN-access-" + token + "', 'PLAIN-refresh-" + token +
           "', 1763500503.5, 'sleep activity heartrate', 'Bearer', '2025-11-18 20:15:03.123456', '" +
           updated + "');";
}

QByteArray secondFormRows()
{
    return row("'p01'", "AAA111", "older", "2025-11-18 20:15:03.123456") +
           row("'p01'", "AAA111", "newer", "2025-12-01 08:00:00.000001") +
           row("'p02'", "AAA111", "shared", "2025-11-20 10:00:00.000000") +
           row("'../odd id'", "BBB222", "odd", "2025-11-20 10:00:00.000000");
}

/// Many overwritten tokens: free pages and unused ends of pages are full of them.
QByteArray churn()
{
    // Debian builds SQLite with secure_delete; the original ran on any SQLite.
    QByteArray script("PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;");
    for (int i = 0; i < 200; ++i) {
        script += "UPDATE fitbit_tokens SET access_token = 'PLAIN-access-churn' || hex(randomblob(900)), "
                  "refresh_token = 'PLAIN-refresh-churn' || " +
                  QByteArray::number(i) + ";";
    }
    // More free pages than our own tables can take over: only a rebuilt file is free of them.
    script +=
        "UPDATE fitbit_tokens SET access_token = replace(hex(zeroblob(30000)), '00', 'PLAIN-access-churn ');";
    return script + "DELETE FROM fitbit_tokens;";
}

} // namespace

void makeFirstForm(const QString &databaseFile)
{
    runScript(databaseFile, firstForm + row("NULL", "unknown", "churn", "2025-01-01 00:00:00.000000") +
                                churn() + row("NULL", "unknown", "first", "2025-11-18 20:15:03.123456") +
                                "UPDATE fitbit_tokens SET nickname = 'mine';");
}

void makeSecondForm(const QString &databaseFile)
{
    runScript(databaseFile, secondForm + row("'p01'", "AAA111", "churn", "2025-01-01 00:00:00.000000") +
                                churn() + secondFormRows());
}

void makeSecondFormWithLog(const QString &databaseFile)
{
    const QString scratch = databaseFile + QStringLiteral(".scratch");
    runScript(scratch, "PRAGMA journal_mode = WAL;" + secondForm);
    sqlite3 *database = nullptr;
    sqlite3_open(QFile::encodeName(scratch).constData(), &database);
    sqlite3_exec(database, ("PRAGMA wal_autocheckpoint = 0;" + secondFormRows()).constData(), nullptr,
                 nullptr, nullptr);
    // Copied while it is open: the log is not taken into the file, just as after a crash.
    QFile::copy(scratch, databaseFile);
    QFile::copy(scratch + QStringLiteral("-wal"), databaseFile + QStringLiteral("-wal"));
    sqlite3_close(database);
    QFile::remove(scratch);
}

QByteArrayList plainTokens()
{
    return {"PLAIN-access", "PLAIN-refresh"};
}

} // namespace wristkeep::test
