// SPDX-License-Identifier: GPL-3.0-or-later
// Archive and day files: whole or not at all, never poorer, healed from the archive.

#include "core/gzip.h"
#include "store/durablefile.h"
#include "store/storebench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

QString dayFile(const StorePlace &place)
{
    return place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s;
}

QString archiveDir(const StorePlace &place)
{
    return place.dataDir() + u"/.archive/default"_s;
}

} // namespace

class TestStoreFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void archivesTheBytesAsReceived()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest request = Fetch().heart(50);
        request.answer.url.setUserInfo(u"id:secret"_s);
        const auto document = store->ingest().archive(request.answer);
        QVERIFY(document && !document->known);
        const QString file = archiveDir(place) + u"/%1.json.gz"_s.arg(QString::fromLatin1(document->sha256));
        QCOMPARE(*gzipDecompress(bytesOf(file), 1 << 20), request.answer.body);
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QJsonObject line =
            QJsonDocument::fromJson(bytesOf(archiveDir(place) + u"/index.jsonl"_s)).object();
        QCOMPARE(line[u"sha256"_s].toString(), QString::fromLatin1(document->sha256));
        QCOMPARE(line[u"first"_s].toString(), u"2026-03-10"_s);
        QCOMPARE(line[u"zone"_s].toString(), u"Europe/Berlin"_s);
        QCOMPARE(line[u"language"_s].toString(), u"de_DE"_s);
        QVERIFY(!line[u"request"_s].toString().contains(u"secret"_s));
        const auto again = store->ingest().archive(request.answer);
        QVERIFY(again->known);
        QCOMPARE(again->id, document->id);
        QCOMPARE(bytesOf(archiveDir(place) + u"/index.jsonl"_s).count('\n'), 1);
    }

    void repairsATornIndex()
    {
        StorePlace place;
        auto store = place.open();
        keep(*store, Fetch().heart(5));
        const QString index = archiveDir(place) + u"/index.jsonl"_s;
        const QByteArray whole = bytesOf(index);
        putBytes(index, whole + "{\"sha256\":\"abc");
        keep(*store, Fetch().heart(6));
        const QByteArray repaired = bytesOf(index);
        QVERIFY(repaired.startsWith(whole));
        QCOMPARE(repaired.count('\n'), 2);
        const QList<QByteArray> lines = repaired.trimmed().split('\n');
        for (const QByteArray &line : lines)
            QVERIFY(!QJsonDocument::fromJson(line).isNull());
        putBytes(index, "{\"torn");
        QVERIFY(appendLines(index, {"{}"}));
        QCOMPARE(bytesOf(index), QByteArray("{}\n"));
    }

    void showsTheReceivedBytes()
    {
        StorePlace place;
        auto store = place.open();
        const CommitRequest request = Fetch().heart(5);
        QCOMPARE(keep(*store, request).filesWritten, {dayFile(place)});
        QCOMPARE(bytesOf(dayFile(place)), request.answer.body);
        QCOMPARE(QFile::permissions(dayFile(place)) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void leavesAFileOfTheOriginalThatIsAsGood_data()
    {
        QTest::addColumn<int>("there");
        QTest::addColumn<bool>("stays");
        QTest::newRow("equal as JSON") << 5 << true;
        QTest::newRow("richer") << 9 << true;
        QTest::newRow("poorer") << 3 << false;
    }

    void leavesAFileOfTheOriginalThatIsAsGood()
    {
        QFETCH(int, there);
        QFETCH(bool, stays);
        StorePlace place;
        auto store = place.open();
        const QByteArray indented =
            QJsonDocument::fromJson(Fetch().heart(there).answer.body).toJson(QJsonDocument::Indented);
        putBytes(dayFile(place), indented);
        QCOMPARE(keep(*store, Fetch().heart(5)).filesWritten.isEmpty(), stays);
        QCOMPARE(bytesOf(dayFile(place)) == indented, stays);
    }

    void replacesItsOwnFileWhenTheServiceShortensIt()
    {
        // Fewer members but as many readings: the ledger knows what the file held, so it is no loss.
        StorePlace place;
        auto store = place.open();
        CommitRequest first = Fetch().heart(5);
        first.answer.body.insert(1, "\"restingHeartRate\":59,");
        keep(*store, first);
        keep(*store, Fetch().heart(5));
        QCOMPARE(bytesOf(dayFile(place)), Fetch().heart(5).answer.body);
    }

    void writesNoFileForImportsAndPages()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest imported = Fetch().heart(5);
        imported.writeDayFiles = false;
        QVERIFY(keep(*store, imported).filesWritten.isEmpty());
        QVERIFY(!QFile::exists(dayFile(place)));
        QCOMPARE(*store->ingest().healDayFiles(), 0);
    }

    void healsMissingAndDamagedFiles_data()
    {
        QTest::addColumn<QByteArray>("damage");
        QTest::newRow("missing") << QByteArray("-");
        QTest::newRow("no bytes") << QByteArray();
        QTest::newRow("HTML") << QByteArray("<html></html>");
        QTest::newRow("cut off") << QByteArray("{\"dataset\":[{");
        QTest::newRow("zeros") << QByteArray(200, '\0');
        QTest::newRow("braces only outside") << QByteArray("{nonsense}");
    }

    void healsMissingAndDamagedFiles()
    {
        QFETCH(QByteArray, damage);
        StorePlace place;
        auto store = place.open();
        keep(*store, Fetch().heart(5));
        const QByteArray good = bytesOf(dayFile(place));
        QCOMPARE(*store->ingest().healDayFiles(), 0);
        if (damage == "-")
            QVERIFY(QFile::remove(dayFile(place)));
        else
            putBytes(dayFile(place), damage);
        QCOMPARE(*store->ingest().healDayFiles(), 1);
        QCOMPARE(bytesOf(dayFile(place)), good);
        QCOMPARE(*store->ingest().healDayFiles(), 0);
    }

    void doesNotHealFromADamagedArchive()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest request = Fetch().heart(5);
        const auto document = store->ingest().archive(request.answer);
        keep(*store, request);
        QVERIFY(QFile::remove(dayFile(place)));
        putBytes(archiveDir(place) + u"/%1.json.gz"_s.arg(QString::fromLatin1(document->sha256)),
                 gzipCompress("{\"other\":1}"));
        QCOMPARE(*store->ingest().healDayFiles(), 0);
        QVERIFY(!QFile::exists(dayFile(place)));
    }

    /// Three years of a daily value are a thousand files, and some systems let a process open 256.
    void manyFilesNeedFewDescriptors()
    {
        rlimit usual{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
        rlimit few = usual;
        few.rlim_cur = 200;
        const StorePlace place;
        QVERIFY(makeFolder(place.dataDir()));
        QList<FileToWrite> files;
        for (int i = 0; i < 500; ++i)
            files.append({place.dataDir() + u"/%1.json"_s.arg(i), QByteArray::number(i)});
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        const Outcome replaced = replaceFiles(files);
        ::setrlimit(RLIMIT_NOFILE, &usual);
        QVERIFY2(replaced, qPrintable(replaced ? QString() : replaced.error().detail));
        for (const FileToWrite &file : files)
            QCOMPARE(bytesOf(file.path), file.bytes);
        QCOMPARE(QDir(place.dataDir()).entryList(QDir::Files | QDir::Hidden).size(), files.size());
    }

    void saysWhichFolderCannotBeWritten()
    {
        StorePlace place;
        auto store = place.open();
        putBytes(place.dataDir(), "a file where the folder should be");
        const auto document = store->ingest().archive(Fetch().heart(5).answer);
        QVERIFY(!document);
        QCOMPARE(document.error().kind, ErrorKind::Storage);
        QVERIFY(document.error().detail.contains(place.dataDir()));
    }
};

QTEST_GUILESS_MAIN(TestStoreFiles)
#include "tst_store_files.moc"
