// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a person can get wrong in variables, files and arguments: a clear error that names thing, place
// and remedy, the right exit status, and nothing lost.

#include "e2e/snapshot.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

using Variables = QHash<QString, QString>;

class TestBadInput : public QObject
{
    Q_OBJECT

private:
    World m_world;

    void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start(), qPrintable(m_world.problem));
        const CliRun run = m_world.connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QCOMPARE(m_world.run({u"sync"_s}).exitCode, 0);
    }

    void wrongVariables_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *key, const char *value) {
            QTest::addRow("%s=%.40s", key, value) << QString::fromLatin1(key) << QString::fromLatin1(value);
        };
        row("FITBIT_CLIENT_ID", "your_client_id_here");
        row("FITBIT_CLIENT_SECRET", "your_client_secret_here");
        row("FITBIT_REDIRECT_URI", "localhost:5000/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "https://example.org/callback");
        row("FITBIT_REDIRECT_URI", "http://example.org:5000/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost:99999/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost:0/callback");
        row("FITBIT_API_URL", "http://api.example.org");
        row("FITBIT_API_URL", "ftp://127.0.0.1");
        row("FITBIT_API_URL", "https://api.fitbit.com/some/path");
        row("FITBIT_API_URL", "not a url");
        row("FITBIT_AUTHORIZE_URL", "http://www.example.org/authorize");
        row("DATABASE_URL", "mysql://somewhere/db");
        row("DATABASE_URL", "postgresql://somewhere/db");
        row("DATABASE_URL", "sqlite://");
        row("WRISTKEEP_PROVIDER", "garmin");
        row("WRISTKEEP_SECRET_KEY", "1234");
        row("WRISTKEEP_SECRET_KEY", "zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    }

    void wrongVariables()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        const QString before = ownedData(m_world);
        const CliRun run = m_world.run({u"sync"_s}, {{key, value}});
        QVERIFY2(run.exitCode == 2, run.all().constData());
        QVERIFY2(run.err.contains(key.toUtf8()), run.all().constData());
        QVERIFY2(!key.contains(u"SECRET"_s) || value.startsWith(u"your_"_s) ||
                     !run.all().contains(value.toUtf8()),
                 run.all().constData());
        QCOMPARE(ownedData(m_world), before);
    }

    void missingCredentialsAreOneLine()
    {
        const CliRun run = m_world.run({u"sync"_s}, {{u"FITBIT_CLIENT_ID"_s, QString()}});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains(
                     "Missing required Fitbit credentials: set FITBIT_CLIENT_ID and FITBIT_CLIENT_SECRET"),
                 run.err.constData());
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const QStringList &arguments, const QString &says) {
            QTest::addRow("%s", qPrintable(arguments.join(u' '))) << arguments << says;
        };
        const QString tomorrow = QDate::currentDate().addDays(2).toString(Qt::ISODate);
        row({u"sync"_s, u"--date"_s, u"2026-02-30"_s}, u"2026-02-30"_s);
        row({u"sync"_s, u"--date"_s, u"yesterday-ish"_s}, u"yesterday-ish"_s);
        row({u"sync"_s, u"--date"_s, tomorrow}, u"future"_s);
        row({u"sync"_s, u"--from"_s, u"2024-03-02"_s, u"--to"_s, u"2024-03-01"_s}, u"2024-03-01"_s);
        row({u"sync"_s, u"--to"_s, u"2024-03-01"_s}, u"--from"_s);
        row({u"sync"_s, u"--date"_s, u"2024-03-01"_s, u"--from"_s, u"2024-03-01"_s}, u"--date"_s);
        row({u"sync"_s, u"--data"_s, u"stepz"_s}, u"steps"_s);
        row({u"--participant"_s, u"nobody"_s, u"sync"_s}, u"default"_s);
        row({u"--participant"_s, u"../x"_s, u"sync"_s}, u"../x"_s);
        row({u"--provider"_s, u"garmin"_s, u"sync"_s}, u"fitbit"_s);
        row({u"participants"_s, u"add"_s, u"../x"_s}, u"letters"_s);
        row({u"participants"_s, u"add"_s, u"exports"_s}, u"exports"_s);
        row({u"participants"_s, u"add"_s, u"DEFAULT"_s}, u"default"_s);
        row({u"participants"_s, u"remove"_s, u"default"_s}, u"--yes"_s);
        row({u"--env-file"_s, u"/nowhere/.env"_s, u"status"_s}, u"/nowhere/.env"_s);
        row({u"connect"_s, u"--timeout"_s, u"soon"_s}, u"soon"_s);
        row({u"frobnicate"_s}, u"frobnicate"_s);
        row({}, u"sync"_s);
        row({u"status"_s, u"--frobnicate"_s}, u"frobnicate"_s);
    }

    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const CliRun run = m_world.run(arguments);
        QVERIFY2(run.exitCode == 2, run.all().constData());
        QVERIFY2(run.err.contains(says.toUtf8()), run.all().constData());
        QVERIFY2(run.out.isEmpty(), "problems go to stderr");
    }

    void aBusyPortIsNamedWithItsSetting()
    {
        QTcpServer occupant;
        const QUrl redirect(m_world.variables.value(u"FITBIT_REDIRECT_URI"_s));
        QVERIFY(occupant.listen(QHostAddress(QHostAddress::LocalHost), quint16(redirect.port())));
        const CliRun run = m_world.run({u"connect"_s, u"--no-browser"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains(QByteArray::number(redirect.port())), run.err.constData());
        QVERIFY2(run.err.contains("FITBIT_REDIRECT_URI"), run.err.constData());
    }

    void aBinaryEnvFileIsSaidToBeOne()
    {
        const QString path = m_world.folder() + u"/binary.env"_s;
        write(path, QByteArray("FITBIT_CLIENT_ID=x\n\0\1\2\xff\xfe", 24));
        const CliRun run = m_world.run({u"--env-file"_s, path, u"status"_s});
        QVERIFY2(run.exitCode == 2, run.all().constData());
        QVERIFY2(run.err.contains("binary.env"), run.err.constData());
    }

    void aBadLineOfAnEnvFileIsNumberedButNeverShown()
    {
        const QString path = m_world.folder() + u"/line.env"_s;
        write(path, "FITBIT_SCOPES=\"activity heartrate sleep weight profile\"\n=hunter2-is-my-secret\n");
        const CliRun run = m_world.run({u"--env-file"_s, path, u"status"_s});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.err.contains("line 2"), run.err.constData());
        QVERIFY2(!run.all().contains("hunter2"), run.all().constData());
    }

    void aTextFileIsNoDatabaseAndStaysWhatItIs()
    {
        const QString path = m_world.folder() + u"/diary.txt"_s;
        const QByteArray diary = QByteArray("Dear diary, today I walked. ").repeated(100);
        write(path, diary);
        const CliRun run = m_world.run({u"status"_s}, {{u"DATABASE_URL"_s, u"sqlite:///"_s + path}});
        QVERIFY2(run.exitCode == 2 || run.exitCode == 1, run.all().constData());
        QVERIFY2(run.err.contains("diary.txt"), run.err.constData());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), diary);
    }

    void whatADamagedDatabaseSaysToDoBringsTheRowsBack()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        QCOMPARE(world.connect().exitCode, 0);
        const QString day = u"2026-03-10"_s;
        world.control(u"wear"_s, {{u"date"_s, day}, {u"state"_s, u"worn"_s}});
        QCOMPARE(world.run({u"sync"_s, u"--date"_s, day}).exitCode, 0);
        const auto rows = [&world] {
            return world.query(u"SELECT data_type, utc, value FROM v_samples ORDER BY 1, 2"_s);
        };
        const QList<QVariantList> before = rows();
        QVERIFY(!before.isEmpty());
        QVERIFY(World::executeOn(world.database(), u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
        QFile file(world.database());
        QVERIFY(file.open(QIODevice::ReadWrite));
        constexpr qint64 page = 4096;
        for (qint64 place = page; place + page <= file.size(); place += page) {
            QVERIFY(file.seek(place));
            QCOMPARE(file.write("damage"), 6);
        }
        file.close();
        const CliRun damaged = world.run({u"sync"_s});
        QCOMPARE(damaged.exitCode, 1);
        QVERIFY(damaged.err.contains("is damaged"));
        QVERIFY2(damaged.err.contains("wristkeep-cli rebuild --swap"), damaged.err.constData());
        QVERIFY(QFile::rename(world.database(), world.database() + u".elsewhere"_s));
        for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
            QFile::remove(world.database() + suffix);
        const CliRun rebuilt = world.run({u"rebuild"_s, u"--swap"_s});
        QVERIFY2(rebuilt.exitCode == 0, rebuilt.all().constData());
        QCOMPARE(rows(), before);
    }

    void aNewerDatabaseIsRefused()
    {
        const QString path = m_world.folder() + u"/newer.db"_s;
        QVERIFY(QFile::copy(m_world.database(), path));
        QVERIFY(World::executeOn(
            path, u"INSERT INTO wristkeep_schema (version, name, applied_at) VALUES (9999, 'later', '')"_s));
        const CliRun run = m_world.run({u"status"_s}, {{u"DATABASE_URL"_s, u"sqlite:///"_s + path}});
        QVERIFY2(run.exitCode != 0, run.all().constData());
        QVERIFY2(run.err.contains("newer"), run.err.constData());
    }

    void aLostKeySaysReconnectAndOverwritesNothing()
    {
        const QVariant before = m_world.value(u"SELECT access_token FROM fitbit_tokens"_s);
        const Variables otherKey{{u"WRISTKEEP_SECRET_KEY"_s, QString(64, u'a')}};
        const CliRun status = m_world.run({u"status"_s}, otherKey);
        QVERIFY2(status.exitCode == 3, status.all().constData());
        QVERIFY2(status.all().contains("econnect"), status.all().constData());
        QCOMPARE(m_world.run({u"sync"_s}, otherKey).exitCode, 3);
        QCOMPARE(m_world.value(u"SELECT access_token FROM fitbit_tokens"_s), before);
        QCOMPARE(m_world.run({u"status"_s}).exitCode, 0);
    }

    void aFolderWithoutPermissionIsNamed()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        const QString folder = m_world.folder() + u"/locked"_s;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(::chmod(QFile::encodeName(folder).constData(), 0500) == 0);
        const CliRun run = m_world.run({u"sync"_s}, {{u"FITBIT_DATA_DIR"_s, folder + u"/data"_s}});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(run.all().contains("locked"), run.all().constData());
    }

    void aFolderThatIsAFileIsNamed()
    {
        const QString path = m_world.folder() + u"/notafolder"_s;
        write(path, "x");
        const CliRun run = m_world.run({u"sync"_s}, {{u"FITBIT_DATA_DIR"_s, path}});
        QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.all().constData());
        QVERIFY2(run.all().contains("notafolder"), run.all().constData());
    }

    void aFullDiskStopsTheRunAndLosesNothing()
    {
        // A file-size limit makes the kernel refuse to grow a file, which is what a full disk does to a
        // writer.
        const QString before = ownedData(m_world);
        const CliRun run = m_world.runWithFileLimit({u"sync"_s, u"--date"_s, u"2024-05-02"_s}, 4096);
        QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.all().constData());
        QVERIFY2(!run.err.isEmpty(), "a full disk must be said");
        QCOMPARE(m_world.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
        QCOMPARE(m_world.run({u"sync"_s}).exitCode, 0);
        QVERIFY(ownedData(m_world).startsWith(before.left(before.indexOf(u'\n'))));
    }

    void doctorNamesEachThingWithItsRemedy()
    {
        const CliRun healthy = m_world.run({u"doctor"_s});
        QVERIFY2(healthy.exitCode == 0, healthy.all().constData());
        const CliRun wrong = m_world.run({u"doctor"_s}, {{u"FITBIT_CLIENT_ID"_s, QString()}});
        QVERIFY2(wrong.exitCode == 2, wrong.all().constData());
        m_world.control(u"clock"_s, {{u"offset"_s, 86'400}});
        const CliRun late = m_world.run({u"doctor"_s});
        QVERIFY2(late.exitCode == 1, late.all().constData());
        QVERIFY2(late.all().contains("clock"), late.all().constData());
        m_world.control(u"clock"_s, {{u"offset"_s, 0}});
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
