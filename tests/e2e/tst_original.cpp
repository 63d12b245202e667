// SPDX-License-Identifier: GPL-3.0-or-later
// The original's installations go on: its .env, both forms of its database, its files of all names.

#include "support/originalinstallation.h"
#include "support/world.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList DatabaseFiles{u"fitbit_singleuser.db*"_s};

} // namespace

class TestOriginal : public QObject
{
    Q_OBJECT

private:
    /// The program is run as the original's user has it: nothing but the .env in the current folder.
    static void useEnvFileOnly(World &world)
    {
        QFile env(world.folder() + u"/.env"_s);
        QVERIFY(env.open(QIODevice::WriteOnly));
        for (const char *key : {"FITBIT_CLIENT_ID", "FITBIT_CLIENT_SECRET", "FITBIT_REDIRECT_URI",
                                "FITBIT_API_URL", "FITBIT_AUTHORIZE_URL"}) {
            env.write(QByteArray(key) + "=" + world.variables.take(QString::fromLatin1(key)).toUtf8() + "\n");
        }
        env.write("FLASK_SECRET_KEY=whatever\nFLASK_PORT=5000\n# a comment\nLOG_LEVEL=INFO\n"
                  "DATABASE_URL=sqlite:///fitbit_singleuser.db\nFITBIT_DATA_DIR=fitbit_data\n");
        for (const char *key : {"DATABASE_URL", "FITBIT_DATA_DIR", "WRISTKEEP_PROVIDER"})
            world.variables.remove(QString::fromLatin1(key));
    }

    static void expectNoPlainToken(const World &world)
    {
        for (const QString &name : QDir(world.folder()).entryList(QDir::Files | QDir::Hidden)) {
            QFile file(world.folder() + u'/' + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(PlainTokenMark), qPrintable(name));
        }
    }

private Q_SLOTS:
    void itsEnvFileWorksUnchanged()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        useEnvFileOnly(world);
        const CliRun connected = world.connect();
        QVERIFY2(connected.exitCode == 0, connected.all().constData());
        const CliRun sync = world.run({u"sync"_s});
        QVERIFY2(sync.exitCode == 0, sync.all().constData());
        QVERIFY(QFile::exists(world.folder() + u"/fitbit_singleuser.db"_s));
        const QDir files(world.folder() + u"/fitbit_data/default"_s);
        QVERIFY(!files.entryList({u"*_steps.json"_s}).isEmpty());
    }

    void bothFormsOfItsDatabaseOpen_data()
    {
        QTest::addColumn<bool>("second");
        QTest::addColumn<bool>("wal");
        QTest::newRow("first form") << false << false;
        QTest::newRow("first form, log left over") << false << true;
        QTest::newRow("second form") << true << false;
        QTest::newRow("second form, log left over") << true << true;
    }

    void bothFormsOfItsDatabaseOpen()
    {
        QFETCH(bool, second);
        QFETCH(bool, wal);
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        QVERIFY(writeOriginalDatabase(world.database(), second ? OriginalForm::Second : OriginalForm::First,
                                      wal));
        const CliRun status = world.run({u"--json"_s, u"status"_s});
        QVERIFY2(status.exitCode == 0 || status.exitCode == 3, status.all().constData());
        expectNoPlainToken(world);
        const auto rows =
            world.query(u"SELECT participant_id, fitbit_user_id, provider, token_host, access_token, scope, "
                        "expires_at, created_at FROM fitbit_tokens ORDER BY id"_s);
        QCOMPARE(rows.size(), second ? 3 : 1);
        QCOMPARE(rows[0][0].toString(), u"default"_s);
        QCOMPARE(rows[0][2].toString(), u"fitbit"_s);
        QVERIFY(!rows[0][3].toString().isEmpty());
        QVERIFY(rows[0][4].toString().startsWith(u"v1:"_s));
        QCOMPARE(rows[0][6].toDouble(), 1763500000.25);
        QCOMPARE(rows[0][7].toString(), u"2025-11-18 20:15:03.123456"_s);
        if (second) {
            const CliRun list = world.run({u"participants"_s, u"list"_s});
            QVERIFY2(list.out.contains("P02") && list.out.contains("Mara K."), list.all().constData());
            QCOMPARE(world.value(u"SELECT email FROM participants WHERE participant_id = 'P02'"_s).toString(),
                     u"mara@example.org"_s);
        }
        // The copy made first holds the rows but no token in the clear.
        QVERIFY(QDir(world.folder()).entryList(DatabaseFiles, QDir::Files).size() >= 2);
    }

    void itsFilesAreEnteredAndStayWhatTheyAre()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        QVERIFY(writeOriginalFiles(world.dataDir()));
        const QByteArray steps = world.dayFile(QDate(2025, 11, 10), u"steps"_s);
        const CliRun status = world.run({u"status"_s});
        QVERIFY2(status.exitCode == 3, status.all().constData());

        const auto daily = [&world](const char *type, const char *date) {
            return world.value(u"SELECT value FROM v_daily WHERE data_type = ? AND date = ?"_s,
                               {QString::fromLatin1(type), QString::fromLatin1(date)});
        };
        const auto state = [&world](const char *type, const char *date) {
            return world
                .value(u"SELECT state FROM v_ledger WHERE data_type = ? AND date = ?"_s,
                       {QString::fromLatin1(type), QString::fromLatin1(date)})
                .toString();
        };
        QCOMPARE(daily("steps", "2025-11-10").toDouble(), 8123.0);
        QCOMPARE(daily("steps", "2025-11-09").toDouble(), 4321.0);
        QVERIFY2(!daily("steps", "2025-11-08").isValid(), "a zero without heart rate is no data");
        QVERIFY(std::abs(daily("weight", "2025-11-10").toDouble() - 140.0 * 0.45359237) < 1e-9);
        QCOMPARE(daily("resting_heart_rate", "2025-11-09").toDouble(), 61.0);
        QCOMPARE(state("heartrate_1min", "2025-11-07"), u"failed"_s);
        QVERIFY(world.value(u"SELECT reason FROM v_ledger WHERE date = '2025-11-07'"_s)
                    .toString()
                    .contains(u"403"_s));
        QCOMPARE(world.value(u"SELECT count(*) FROM v_samples WHERE data_type = 'heartrate_1min'"_s).toInt(),
                 2);
        QCOMPARE(world.value(u"SELECT count(*) FROM participants WHERE participant_id = 'exports'"_s).toInt(),
                 0);
        QCOMPARE(world.dayFile(QDate(2025, 11, 10), u"steps"_s), steps);

        // Entering them again changes nothing.
        const auto before = world.value(u"SELECT count(*) FROM documents"_s);
        world.run({u"status"_s});
        QCOMPARE(world.value(u"SELECT count(*) FROM documents"_s), before);
    }

    void aPoorerAnswerDoesNotReplaceItsFile()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        QVERIFY(writeOriginalFiles(world.dataDir()));
        const QByteArray before = world.dayFile(QDate(2025, 11, 10), u"heartrate_1min"_s);
        QCOMPARE(world.connect().exitCode, 0);
        world.control(
            u"body"_s,
            {{u"path"_s, u"/1/user/-/activities/heart/date/2025-11-10/1d/1min.json"_s},
             {u"base64"_s,
              QString::fromLatin1(
                  QByteArray(
                      R"({"activities-heart":[{"dateTime":"2025-11-10","value":{"customHeartRateZones":[],"heartRateZones":[]}}],"activities-heart-intraday":{"dataset":[],"datasetInterval":1,"datasetType":"minute"}})")
                      .toBase64())}});
        const CliRun run = world.run({u"sync"_s, u"--date"_s, u"2025-11-10"_s, u"--data"_s, u"heartrate"_s});
        QCOMPARE(world.dayFile(QDate(2025, 11, 10), u"heartrate_1min"_s), before);
        QCOMPARE(world.value(u"SELECT count(*) FROM v_samples WHERE data_type = 'heartrate_1min'"_s).toInt(),
                 2);
        QVERIFY2(run.exitCode == 0 || run.exitCode == 1, run.all().constData());
    }
};

QTEST_GUILESS_MAIN(TestOriginal)
#include "tst_original.moc"
