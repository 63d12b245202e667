// SPDX-License-Identifier: GPL-3.0-or-later
// The original's files enter ledger and tables at start, once, and are never overwritten by something poorer.

#include "support/originalinstallation.h"
#include "sync/syncbench.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray stepsOf(const QString &date, const QString &value)
{
    return u"{\n  \"activities-steps\": [\n    {\n      \"dateTime\": \"%1\",\n      \"value\": \"%2\"\n    }\n  ]\n}"_s
        .arg(date, value)
        .toUtf8();
}

} // namespace

class TestOriginalImport : public QObject
{
    Q_OBJECT

private:
    static QStringList said(const SyncBench &bench)
    {
        QStringList lines;
        for (const LogEntry &entry : bench.logged)
            lines << entry.text;
        return lines;
    }

private Q_SLOTS:
    void itsFilesAreEnteredOnce()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        QVERIFY(writeOriginalFiles(bench.dataDir()));
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QVERIFY2(said(bench).join(u' ').contains(u"files of the original program were entered"_s),
                 qPrintable(said(bench).join(u'\n')));
        bench.logged.clear();
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QCOMPARE(said(bench), QStringList());
        QSignalSpy read(bench.worker.get(), &SyncWorker::participantsRead);
        bench.worker->readParticipants();
        QVERIFY(read.wait(5'000));
        QCOMPARE(read.first().first().value<QList<ParticipantEntry>>().size(), 1); // exports is nobody
    }

    void foldersOfItsParticipantsAreListed()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        write(bench.dataDir() + u"/P07/2025-11-10_steps.json"_s, stepsOf(u"2025-11-10"_s, u"7000"_s));
        write(bench.dataDir() + u"/holiday/photos.txt"_s, "nothing of ours");
        write(bench.dataDir() + u"/.hidden/2025-11-10_steps.json"_s, stepsOf(u"2025-11-10"_s, u"1"_s));
        write(bench.dataDir() + u"/exports/2025-11-10_steps.json"_s, stepsOf(u"2025-11-10"_s, u"1"_s));
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QSignalSpy read(bench.worker.get(), &SyncWorker::participantsRead);
        bench.worker->readParticipants();
        QVERIFY(read.wait(5'000));
        QStringList ids;
        for (const ParticipantEntry &entry : read.first().first().value<QList<ParticipantEntry>>())
            ids << entry.id;
        ids.sort();
        QCOMPARE(ids, (QStringList{u"P07"_s, u"default"_s}));
    }

    void ourOwnDayFilesAreNotTakenForTheOriginals()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.sync(SyncBench::days(QDate(2026, 3, 10), QDate(2026, 3, 12)));
        // Their times look foreign: the test's clock is far from the computer's.
        bench.logged.clear();
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QCOMPARE(said(bench), QStringList());
    }

    void somethingPoorerChangesNothing()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const QDate day(2026, 3, 10);
        bench.control(u"wear"_s, {{u"date"_s, u"2026-03-10"_s}, {u"state"_s, u"worn"_s}});
        bench.sync(SyncBench::days(day, day));
        const QByteArray ours = bench.dayFileBytes(day, u"heartrate_1min"_s);
        write(
            bench.dayFile(day, u"heartrate_1min"_s),
            R"({"activities-heart":[{"dateTime":"2026-03-10","value":{"customHeartRateZones":[],"heartRateZones":[]}}],)"
            R"("activities-heart-intraday":{"dataset":[{"time":"00:00:00","value":61}],"datasetInterval":1,"datasetType":"minute"}})");
        bench.logged.clear();
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QVERIFY2(!said(bench).join(u' ').contains(u"entered"_s), qPrintable(said(bench).join(u'\n')));
        SyncRequest again = SyncBench::days(day, day);
        again.askSettledAgain = true;
        const SyncReport report = bench.sync(again);
        QCOMPARE(report.added + report.changed, 0);
        QVERIFY(!ours.isEmpty());
    }

    void brokenFilesAreWarningsAndNoMore()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        write(bench.dataDir() + u"/default/2025-11-10_steps.json"_s, "{\"activities-steps\": [");
        write(bench.dataDir() + u"/default/2025-11-11_steps.json"_s, stepsOf(u"2025-11-11"_s, u"7000"_s));
        write(bench.dataDir() + u"/default/2025-11-12_heartrate_error.txt"_s,
              "Failed: 403 Forbidden\n\n1. hint\n");
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QVERIFY2(said(bench).join(u'\n').contains(u"2025-11-10_steps.json"_s),
                 qPrintable(said(bench).join(u'\n')));
        QVERIFY(said(bench).join(u'\n').contains(u"1 file"_s));
    }
};

QTEST_GUILESS_MAIN(TestOriginalImport)
#include "tst_originalimport.moc"
