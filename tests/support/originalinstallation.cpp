// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/originalinstallation.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>
#include <QUuid>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

const char *const FirstForm[] = {
    "CREATE TABLE fitbit_tokens (id INTEGER NOT NULL, participant_id VARCHAR DEFAULT 'default', "
    "fitbit_user_id VARCHAR "
    "NOT NULL, access_token VARCHAR NOT NULL, refresh_token VARCHAR NOT NULL, expires_at FLOAT NOT NULL, "
    "scope VARCHAR, "
    "token_type VARCHAR, created_at DATETIME, updated_at DATETIME, PRIMARY KEY (id), UNIQUE "
    "(fitbit_user_id))",
    "INSERT INTO fitbit_tokens VALUES (1, NULL, 'unknown', 'PLAIN-access-first-0123456789', "
    "'PLAIN-refresh-first-0123456789', 1763500000.25, 'activity heartrate sleep weight profile', 'Bearer', "
    "'2025-11-18 20:15:03.123456', '2025-11-19 06:00:00.000001')"};

const char *const SecondForm[] = {
    "CREATE TABLE participants (id INTEGER NOT NULL, participant_id VARCHAR NOT NULL, name VARCHAR, email "
    "VARCHAR, notes "
    "VARCHAR, created_at DATETIME, updated_at DATETIME, PRIMARY KEY (id))",
    "CREATE UNIQUE INDEX ix_participants_participant_id ON participants (participant_id)",
    "CREATE TABLE fitbit_tokens (id INTEGER NOT NULL, participant_id VARCHAR NOT NULL, fitbit_user_id "
    "VARCHAR NOT NULL, "
    "access_token VARCHAR NOT NULL, refresh_token VARCHAR NOT NULL, expires_at FLOAT NOT NULL, scope "
    "VARCHAR, token_type "
    "VARCHAR, created_at DATETIME, updated_at DATETIME, PRIMARY KEY (id), FOREIGN KEY(participant_id) "
    "REFERENCES "
    "participants (participant_id))",
    "CREATE INDEX ix_fitbit_tokens_participant_id ON fitbit_tokens (participant_id)",
    "CREATE INDEX idx_participant_token ON fitbit_tokens (participant_id, fitbit_user_id)",
    "INSERT INTO participants VALUES (1, 'default', NULL, NULL, NULL, '2025-11-18 20:15:03.000000', NULL)",
    "INSERT INTO participants VALUES (2, 'P02', 'Mara K.', 'mara@example.org', 'left wrist', '2025-11-18 "
    "20:16:00.000000', NULL)",
    "INSERT INTO participants VALUES (3, 'P03', 'Jon', NULL, NULL, '2025-11-18 20:17:00.000000', NULL)",
    "INSERT INTO fitbit_tokens VALUES (1, 'default', '9XY7QZ', 'PLAIN-access-a-0123456789', "
    "'PLAIN-refresh-a-0123456789', "
    "1763500000.25, 'activity heartrate', 'Bearer', '2025-11-18 20:15:03.123456', '2025-11-19 "
    "06:00:00.000001')",
    "INSERT INTO fitbit_tokens VALUES (2, 'P02', '8AB6CD', 'PLAIN-access-b-0123456789', "
    "'PLAIN-refresh-b-0123456789', "
    "1763500001.5, 'activity', 'Bearer', '2025-11-18 20:16:03.123456', '2025-11-19 06:00:00.000002')",
    "INSERT INTO fitbit_tokens VALUES (3, 'P03', '8AB6CD', 'PLAIN-access-c-0123456789', "
    "'PLAIN-refresh-c-0123456789', "
    "1763500002, 'activity sleep', 'Bearer', '2025-11-18 20:17:03.123456', '2025-11-19 06:00:00.000003')"};

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

bool writeOriginalDatabase(const QString &path, OriginalForm form, bool walLeftOver)
{
    const QString name = QUuid::createUuid().toString();
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        done = database.open();
        QStringList statements;
        if (walLeftOver)
            statements << u"PRAGMA journal_mode=WAL"_s << u"PRAGMA wal_autocheckpoint=0"_s;
        if (form == OriginalForm::First) {
            for (const char *statement : FirstForm)
                statements << QString::fromLatin1(statement);
        } else {
            for (const char *statement : SecondForm)
                statements << QString::fromLatin1(statement);
        }
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            if (!query.exec(statement)) {
                qWarning("%s", qPrintable(query.lastError().text()));
                done = false;
            }
        }
        if (walLeftOver) {
            // The last connection to close would fold the log in, so the files are set aside while it is
            // open.
            done = done && QFile::copy(path, path + u".aside"_s) &&
                   QFile::copy(path + u"-wal"_s, path + u"-wal.aside"_s);
        }
    }
    QSqlDatabase::removeDatabase(name);
    if (walLeftOver) {
        QFile::remove(path);
        QFile::remove(path + u"-wal"_s);
        QFile::remove(path + u"-shm"_s);
        done = done && QFile::rename(path + u".aside"_s, path) &&
               QFile::rename(path + u"-wal.aside"_s, path + u"-wal"_s);
    }
    return done;
}

bool writeOriginalFiles(const QString &dataDir)
{
    const QString folder = dataDir + u"/default/"_s;
    if (!QDir().mkpath(folder) || !QDir().mkpath(dataDir + u"/exports"_s))
        return false;
    const QByteArray zones =
        R"("heartRateZones":[{"caloriesOut":1500.5,"max":96,"min":30,"minutes":1200,"name":"Out of Range"}],"restingHeartRate":61)";
    return writeFile(folder + u"2025-11-10_steps.json"_s,
                     "{\n  \"activities-steps\": [\n    {\n      \"dateTime\": \"2025-11-10\",\n      "
                     "\"value\": \"8123\"\n    }\n  ]\n}") &&
           writeFile(folder + u"2025-11-09_steps_summary.json"_s,
                     R"({"activities-steps": [{"dateTime": "2025-11-09", "value": "4321"}]})") &&
           writeFile(folder + u"2025-11-08_steps.json"_s,
                     R"({"activities-steps": [{"dateTime": "2025-11-08", "value": "0"}]})") &&
           writeFile(
               folder + u"2025-11-10_heartrate_1min.json"_s,
               R"({"activities-heart":[{"dateTime":"2025-11-10","value":{"customHeartRateZones":[],)" +
                   zones +
                   R"(}}],"activities-heart-intraday":{"dataset":[{"time":"08:00:00","value":64},{"time":"08:01:00","value":66}],"datasetInterval":1,"datasetType":"minute"}})") &&
           writeFile(folder + u"2025-11-09_heartrate.json"_s,
                     R"({"activities-heart":[{"dateTime":"2025-11-09","value":{"customHeartRateZones":[],)" +
                         zones + "}}]}") &&
           writeFile(folder + u"2025-11-07_heartrate_error.txt"_s,
                     "Heart rate data could not be fetched: 403 Forbidden\n\n1. Application type must be "
                     "Personal\n2. heartrate "
                     "scope\n3. Server applications need permission\n") &&
           writeFile(
               folder + u"2025-11-10_sleep.json"_s,
               R"({"sleep":[{"dateOfSleep":"2025-11-10","duration":240000,"efficiency":95,"startTime":"2025-11-09T23:58:00.000","endTime":"2025-11-10T00:02:00.000","isMainSleep":true,"logId":123456,"minutesAsleep":3,"timeInBed":4,"minuteData":[{"dateTime":"23:58:00","value":"3"},{"dateTime":"23:59:00","value":"1"},{"dateTime":"00:00:00","value":"1"},{"dateTime":"00:01:00","value":"1"}]}],"summary":{"totalMinutesAsleep":3,"totalSleepRecords":1,"totalTimeInBed":4}})") &&
           writeFile(
               folder + u"2025-11-10_weight.json"_s,
               R"({"weight":[{"bmi":21.7,"date":"2025-11-10","logId":1762758000000,"time":"07:00:00","weight":140.0}]})") &&
           writeFile(
               folder + u"user_profile.json"_s,
               R"({"user":{"encodedId":"9XY7QZ","displayName":"Mara K.","timezone":"Europe/Berlin","memberSince":"2019-11-02"}})") &&
           writeFile(dataDir + u"/exports/fitbit_export_default_2025-11-08_2025-11-10_20251111_101010.csv"_s,
                     "Date,Steps\n2025-11-10,8123\n");
}

} // namespace wristkeep::test
