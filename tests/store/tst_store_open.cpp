// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a store: what it makes, what it refuses, and that a refusal changes nothing.

#include "store/storebench.h"
#include "store/tokentable.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

uint modeOf(const QString &path)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 0777 : 0;
}

} // namespace

class TestStoreOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesPrivateFilesAndFolders()
    {
        StorePlace place;
        StoreOptions options = place.options();
        options.databaseFile = place.path(u"a/b/kept.db"_s);
        const mode_t before = ::umask(0);
        auto store = Store::open(options, place.clock);
        ::umask(before);
        QVERIFY(store);
        QCOMPARE(modeOf(place.path(u"a"_s)), 0700U);
        QCOMPARE(modeOf(place.path(u"a/b"_s)), 0700U);
        QCOMPARE(modeOf(options.databaseFile), 0600U);
        QCOMPARE(modeOf(options.databaseFile + u"-wal"_s), 0600U);
        QCOMPARE(modeOf(place.keyFile()), 0600U);
        QCOMPARE(modeOf(QFileInfo(place.keyFile()).absolutePath()), 0700U);
        QCOMPARE(rowsOf(options.databaseFile, u"PRAGMA journal_mode"_s), {u"wal"_s});
        QCOMPARE(rowsOf(options.databaseFile, u"SELECT participant_id FROM participants"_s), {u"default"_s});
    }

    void opensAnEmptyFileAndItsOwnAgain()
    {
        StorePlace place;
        putBytes(place.databaseFile(), {});
        QVERIFY(place.open());
        QVERIFY(place.open());
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT version FROM wristkeep_schema"_s),
                 (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
    }

    void takesOverTheFirstFormWithItsDayFiles()
    {
        StorePlace place;
        keep(*place.open(), Fetch().heart(5));
        makeSecondSchema(place);
        runScript(place.databaseFile(), "DELETE FROM wristkeep_schema WHERE version > 1;"
                                        "DROP VIEW v_seams;"
                                        "DROP VIEW v_overlap;"
                                        "ALTER TABLE documents DROP COLUMN page_number;"
                                        "ALTER TABLE ledger DROP COLUMN day_pages;"
                                        "ALTER TABLE ledger DROP COLUMN day_sha256;"
                                        "ALTER TABLE ledger DROP COLUMN day_bytes;");
        const QString file = place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s;
        QVERIFY(QFile::remove(file));
        auto store = place.open();
        QCOMPARE(*store->ingest().healDayFiles(), 1);
        QCOMPARE(bytesOf(file), Fetch().heart(5).answer.body);
        QCOMPARE(keep(*store, Fetch().heart(5)).same, 5);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT max(version) FROM wristkeep_schema"_s), {u"4"_s});
    }

    void refusesATextFile()
    {
        StorePlace place;
        const QByteArray text("FITBIT_CLIENT_ID=23ABCD\n");
        putBytes(place.databaseFile(), text);
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::BadConfiguration);
        QVERIFY(store.error().detail.contains(place.databaseFile()));
        QVERIFY(!store.error().nextStep.isEmpty());
        QCOMPARE(bytesOf(place.databaseFile()), text);
        QVERIFY(!QFile::exists(place.keyFile()));
    }

    void refusesAFolderInPlaceOfTheFile()
    {
        StorePlace place;
        QVERIFY(QDir().mkpath(place.databaseFile()));
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::BadConfiguration);
    }

    void refusesAFileInPlaceOfTheFolder()
    {
        StorePlace place;
        putBytes(place.path(u"a"_s), "x");
        StoreOptions options = place.options();
        options.databaseFile = place.path(u"a/kept.db"_s);
        const auto store = Store::open(options, place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Storage);
        QVERIFY(store.error().detail.contains(place.path(u"a"_s)));
    }

    void refusesWhatItMayNotWrite()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        StorePlace place;
        QVERIFY(place.open());
        QVERIFY(QFile::setPermissions(place.databaseFile(), QFile::ReadOwner));
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Storage);
        QVERIFY(store.error().detail.contains(place.databaseFile()));
    }

    void refusesANewerDatabaseUntouched()
    {
        StorePlace place;
        QVERIFY(place.open());
        runScript(place.databaseFile(), "INSERT INTO wristkeep_schema VALUES (999, 'later', '');"
                                        "PRAGMA wal_checkpoint(TRUNCATE);");
        const QByteArray before = bytesOf(place.databaseFile());
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::DatabaseTooNew);
        QCOMPARE(bytesOf(place.databaseFile()), before);
    }

    void refusesAnotherProgramsDatabase()
    {
        StorePlace place;
        runScript(place.databaseFile(), "CREATE TABLE recipes (name TEXT);");
        const QByteArray before = bytesOf(place.databaseFile());
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::BadConfiguration);
        QCOMPARE(bytesOf(place.databaseFile()), before);
    }

    void saysThatTheDiskIsFull()
    {
        // /dev/full refuses every byte: the same answer a full disk gives.
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("no /dev/full here");
        StorePlace place;
        auto store = place.open();
        const QString folder = place.dataDir() + u"/.archive/default"_s;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::link(u"/dev/full"_s, folder + u"/index.jsonl"_s));
        const auto document = store->ingest().archive(Fetch().steps(9).answer);
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::Storage);
        QVERIFY(document.error().detail.contains(u"full"_s));
        QVERIFY(document.error().detail.contains(folder));
        QVERIFY(document.error().detail.contains(u"free"_s));
    }

    void refusesAWrongKeyInTheEnvironment()
    {
        StorePlace place;
        StoreOptions options = place.options();
        options.secretKeyHex = u"abc"_s;
        const auto store = Store::open(options, place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::BadConfiguration);
        QVERIFY(store.error().detail.contains(u"WRISTKEEP_SECRET_KEY"_s));
    }

    void neverReplacesALostKeyByItself()
    {
        StorePlace place;
        {
            auto store = place.open();
            QVERIFY(*store->tokens().saveConnected(fitbit(), tokenOf(u"a"_s)));
            QVERIFY(store->keyProblem().isEmpty());
        }
        QVERIFY(QFile::remove(place.keyFile()));
        auto store = place.open();
        QVERIFY(!QFile::exists(place.keyFile()));
        QVERIFY(store->keyProblem().contains(place.keyFile()));
        const auto account = store->tokens().load(fitbit());
        QVERIFY(account && *account);
        QVERIFY(!(*account)->opened);
        QVERIFY((*account)->token.refreshToken.isEmpty());
        // A new consent is the person's own decision.
        QVERIFY(*store->tokens().saveConnected(fitbit(), tokenOf(u"b"_s)));
        QVERIFY(QFile::exists(place.keyFile()));
        QVERIFY(store->keyProblem().isEmpty());
        QCOMPARE((*store->tokens().load(fitbit()))->token.accessToken, u"access-b"_s);
    }

    void leavesADamagedKeyAlone()
    {
        StorePlace place;
        {
            auto store = place.open();
            QVERIFY(*store->tokens().saveConnected(fitbit(), tokenOf(u"a"_s)));
        }
        putBytes(place.keyFile(), "0123\n");
        auto store = place.open();
        QVERIFY(!store->keyProblem().isEmpty());
        const auto saved = store->tokens().saveConnected(fitbit(), tokenOf(u"b"_s));
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(bytesOf(place.keyFile()), QByteArray("0123\n"));
    }

    void saysThatTheKeyIsAnother()
    {
        StorePlace place;
        {
            auto store = place.open();
            QVERIFY(*store->tokens().saveConnected(fitbit(), tokenOf(u"a"_s)));
        }
        const QByteArray other = QByteArray(64, 'a');
        putBytes(place.keyFile(), other);
        QVERIFY(QFile::setPermissions(place.keyFile(), QFile::ReadOwner | QFile::WriteOwner |
                                                           QFile::ReadGroup | QFile::ReadOther));
        auto store = place.open();
        QVERIFY(!store->keyProblem().isEmpty());
        QVERIFY(!(*store->tokens().load(fitbit()))->opened);
        QCOMPARE(bytesOf(place.keyFile()), other);
        QCOMPARE(modeOf(place.keyFile()), 0600U);
    }
};

QTEST_GUILESS_MAIN(TestStoreOpen)
#include "tst_store_open.moc"
