// SPDX-License-Identifier: GPL-3.0-or-later
// The main job over real sockets: connect, sync yesterday, keep it; ranges, repeats, today, cancel, two at
// once.

#include "store/storebench.h"
#include "sync/syncbench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

const QDate Yesterday(2026, 3, 14);
const QDate Today(2026, 3, 15);

} // namespace

class TestSyncRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectThenSyncYesterday()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const ConnectReport connected = bench.connect();
        QVERIFY2(connected.connected, qPrintable(connected.error.detail));
        QVERIFY(!connected.userId.isEmpty());
        QVERIFY(connected.missing.isEmpty());
        QCOMPARE(connected.warning, QString());
        QCOMPARE(bench.status().first().zone, u"Europe/Berlin"_s);
        QCOMPARE(bench.status().first().zoneSource, u"profile"_s);

        bench.control(u"wear"_s, {{u"date"_s, u"2026-03-14"_s}, {u"state"_s, u"worn"_s}});
        bench.forgetAsked();
        const SyncReport report = bench.sync();
        QVERIFY(!report.stopped);
        QCOMPARE(report.cells.size(), 2);
        for (const QString &type : {u"steps"_s, u"heartrate_1min"_s}) {
            const ReportCell cell = cellOf(report, type, Yesterday);
            QCOMPARE(cell.state, CellState::Provisional);
            QVERIFY(!cell.triedAndFailed && !cell.cancelled && !cell.waitsForQuota);
            QVERIFY(QFile::exists(bench.dayFile(Yesterday, type)));
        }
        QVERIFY(report.added > 100);
        QCOMPARE(report.filesWritten.size(), 2);
        QVERIFY(!report.run.isEmpty());
        // Coarse before fine. The profile was read a moment ago.
        QCOMPARE(bench.asked(), (QStringList{u"/1/user/-/activities/steps/date/2026-03-14/1d.json"_s,
                                             u"/1/user/-/activities/heart/date/2026-03-14/1d/1min.json"_s}));
        QCOMPARE(bench.progressed.last().done, 2);
        QCOMPARE(bench.progressed.last().total, 2);
        QCOMPARE(bench.logged.size(), 2);
        QCOMPARE(bench.logged.first().dataType, u"steps"_s);
        QCOMPARE(bench.logged.first().result, u"provisional"_s);
        QVERIFY(bench.logged.first().bytes > 0 && bench.logged.first().durationMs >= 0);
        QCOMPARE(bench.status().first().lastRunText, u"2 of 2 done."_s);
    }

    void anUnchangedDayWritesNothing()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.sync();
        const SyncReport again = bench.sync();
        QCOMPARE(again.added, 0);
        QCOMPARE(again.changed, 0);
        QVERIFY(again.same > 0);
        QVERIFY(again.filesWritten.isEmpty());
        QCOMPARE(cellOf(again, u"steps"_s, Yesterday).state, CellState::Provisional);
    }

    /// Resting rate and zones come with the readings and with the range of summaries.
    void twoTypesThatSayTheSameWriteItOnce()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.control(u"wear"_s,
                      {{u"date"_s, u"2026-03-01"_s}, {u"to"_s, u"2026-03-14"_s}, {u"state"_s, u"worn"_s}});
        SyncRequest both =
            SyncBench::days(QDate(2026, 3, 3), QDate(2026, 3, 14)); // settled and provisional ones
        both.dataTypes = {u"heartrate_1min"_s, u"heartrate_daily"_s};
        both.askSettledAgain = true;
        bench.sync(both);
        const QString file = bench.folder.filePath(u"kept.db"_s);
        const QString all = u"SELECT * FROM daily_values ORDER BY type, date"_s;
        const QStringList rows = rowsOf(file, all);
        QVERIFY(rows.size() > 12);
        for (const QString &last : both.dataTypes) {
            SyncRequest again = both;
            bench.sync(again);
            again.dataTypes = {last};
            const SyncReport report = bench.sync(again);
            QCOMPARE(report.added + report.changed + report.withdrawn, 0);
            QCOMPARE(rowsOf(file, all), rows);
        }
    }

    void aRangeIsAskedNewestFirstAndSkipsWhatIsSettled()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const SyncReport whole = bench.sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 4)));
        QCOMPARE(whole.cells.size(), 8);
        for (const ReportCell &cell : whole.cells)
            QVERIFY(cell.state == CellState::Complete || cell.state == CellState::Empty);
        bench.forgetAsked();
        SyncReport again = bench.sync(SyncBench::days(QDate(2026, 3, 2), QDate(2026, 3, 5)));
        QCOMPARE(bench.asked().size(), 2);
        QCOMPARE(again.cells.size(), 8);
        bench.forgetAsked();
        SyncRequest named = SyncBench::days(QDate(2026, 3, 2), QDate(2026, 3, 2));
        named.askSettledAgain = true;
        again = bench.sync(named);
        QCOMPARE(bench.asked().size(), 2);
        QCOMPARE(again.added + again.changed, 0);
    }

    void aRangeOfStepsIsOneRequestAndADayFileEach()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const QDate unworn(2026, 3, 3);
        bench.control(u"wear"_s,
                      {{u"date"_s, u"2026-03-01"_s}, {u"to"_s, u"2026-03-05"_s}, {u"state"_s, u"worn"_s}});
        bench.control(u"wear"_s, {{u"date"_s, u"2026-03-03"_s}, {u"state"_s, u"unworn"_s}});
        QVERIFY(bench.connect().connected);
        bench.forgetAsked();
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 5)));
        const QStringList asked = bench.asked().filter(u"/activities/steps/"_s);
        QCOMPARE(asked.size(), 1);
        QVERIFY2(asked.first().endsWith(u"/date/2026-03-01/2026-03-05.json"_s), qPrintable(asked.first()));
        QHash<QDate, QByteArray> files;
        for (QDate day(2026, 3, 1); day <= QDate(2026, 3, 5); day = day.addDays(1)) {
            const bool isWorn = day != unworn;
            QCOMPARE(cellOf(report, u"steps"_s, day).state, isWorn ? CellState::Complete : CellState::Empty);
            QCOMPARE(QFile::exists(bench.dayFile(day, u"steps"_s)), isWorn);
            files.insert(day, bench.dayFileBytes(day, u"steps"_s));
            const QJsonArray list =
                QJsonDocument::fromJson(files.value(day)).object().value(u"activities-steps"_s).toArray();
            QCOMPARE(list.size(), isWorn ? 1 : 0);
            QVERIFY(!isWorn || list.first()[u"dateTime"_s].toString() == day.toString(Qt::ISODate));
        }
        // A lost file is cut out of the archived answer again.
        QVERIFY(QFile::remove(bench.dayFile(unworn.addDays(1), u"steps"_s)));
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QCOMPARE(bench.dayFileBytes(unworn.addDays(1), u"steps"_s), files.value(unworn.addDays(1)));
    }

    void todayComesOnlyWhenAskedForAndStaysProvisional()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        SyncRequest upTo = SyncBench::yesterday();
        upTo.first = QDate(2026, 3, 13);
        QVERIFY(!cellOf(bench.sync(upTo), u"steps"_s, Today).state);
        const SyncReport report = bench.sync(SyncBench::days(Today, Today));
        QCOMPARE(cellOf(report, u"steps"_s, Today).state, CellState::Provisional);
        const SyncReport future = bench.sync(SyncBench::days(Today.addDays(1), Today.addDays(1)));
        QVERIFY(future.stopped);
        QCOMPARE(future.stopped->kind, ErrorKind::BadUsage);
    }

    void yesterdayIsTheParticipantsOwn()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(!bench.control(u"zone"_s, {{u"zone"_s, u"Pacific/Kiritimati"_s}}).contains(u"error"_s));
        QVERIFY(bench.connect().connected);
        bench.clock->set(QDateTime(QDate(2026, 3, 15), QTime(11, 0), Qt::UTC)); // there it is the 16th
        const SyncReport report = bench.sync();
        QCOMPARE(report.cells.size(), 2);
        QCOMPARE(report.cells.first().key.date, QDate(2026, 3, 15));
    }

    void anOldProfileIsReadAgainOnceADay()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.clock->advance(25 * 3600);
        QVERIFY(!bench.control(u"zone"_s, {{u"zone"_s, u"Asia/Tokyo"_s}}).contains(u"error"_s));
        bench.forgetAsked();
        bench.sync();
        QCOMPARE(bench.asked().count(u"/1/user/-/profile.json"_s), 1);
        QCOMPARE(bench.status().first().zone, u"Asia/Tokyo"_s);
        bench.forgetAsked();
        bench.sync();
        QCOMPARE(bench.asked().count(u"/1/user/-/profile.json"_s), 0);
        // A profile that cannot be read is a warning, no more.
        bench.clock->advance(25 * 3600);
        bench.control(
            u"fault"_s,
            {{u"kind"_s, u"server-error"_s}, {u"path"_s, u"/1/user/-/profile"_s}, {u"times"_s, -1}});
        bench.logged.clear();
        const SyncReport report = bench.sync();
        QCOMPARE(report.cells.size(), 2);
        QVERIFY(!report.stopped && report.cells.first().state);
        QCOMPARE(bench.logged.first().level, LogLevel::Warning);
        QVERIFY(bench.logged.first().text.contains(u"Asia/Tokyo"_s));
    }

    void cancelWorksAtOnceAndKeepsWhatIsIn()
    {
        SyncBench bench;
        bench.limits.silence = std::chrono::seconds(30);
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.control(
            u"fault"_s,
            {{u"kind"_s, u"hang"_s}, {u"regex"_s, u"/activities/"_s}, {u"skip"_s, 3}, {u"times"_s, -1}});
        QSignalSpy finished(bench.worker.get(), &SyncWorker::syncFinished);
        bench.worker->sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 8)));
        bench.worker->sync(SyncBench::yesterday());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.progressed.isEmpty() && bench.progressed.last().done >= 2, 10'000);
        QElapsedTimer timer;
        timer.start();
        bench.worker->cancelSync();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 5'000);
        QVERIFY2(timer.elapsed() < 1'500, qPrintable(QString::number(timer.elapsed())));
        SyncReport report;
        for (const QList<QVariant> &arguments : finished) {
            QVERIFY(arguments.first().value<SyncReport>().cancelled);
            if (!arguments.first().value<SyncReport>().cells.isEmpty())
                report = arguments.first().value<SyncReport>();
        }
        QCOMPARE(report.cells.size(), 16);
        int in = 0;
        for (const ReportCell &cell : report.cells) {
            in += cell.state ? 1 : 0;
            QCOMPARE(cell.cancelled, !cell.state); // committed work stays, the rest is as it was
        }
        QVERIFY(in >= 2 && in < 16);
        // The lease was given back: the next run does not wait.
        bench.control(u"clear-faults"_s);
        timer.start();
        QVERIFY(!bench.sync().cancelled);
        QVERIFY(timer.elapsed() < 5'000);
    }

    void cancelBeforeAnythingWasPlanned()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        QSignalSpy finished(bench.worker.get(), &SyncWorker::syncFinished);
        bench.worker->sync(SyncBench::yesterday());
        bench.worker->cancelSync();
        QVERIFY(finished.wait(5'000));
        const SyncReport report = finished.first().first().value<SyncReport>();
        QVERIFY(report.cancelled);
        QCOMPARE(report.cells.size(), 2);
        QVERIFY(report.cells.first().cancelled && !report.cells.first().state);
    }

    void twoWorkersOnOneDatabaseTakeTurns()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const std::unique_ptr<SyncWorker> other = bench.makeWorker();
        QVERIFY2(bench.openWorker(*other), qPrintable(bench.problem));
        bench.control(u"fault"_s, {{u"delayMs"_s, 250}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, 4}});
        QSignalSpy first(bench.worker.get(), &SyncWorker::syncFinished);
        QSignalSpy second(other.get(), &SyncWorker::syncFinished);
        QStringList said;
        connect(other.get(), &SyncWorker::logged, this,
                [&said](const LogEntry &entry) { said << entry.text; });
        bench.worker->sync(SyncBench::days(QDate(2026, 3, 13), Yesterday));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.progressed.isEmpty(), 5'000);
        other->sync(SyncBench::days(QDate(2026, 3, 13), Yesterday));
        QTRY_VERIFY_WITH_TIMEOUT(first.count() == 1 && second.count() == 1, 15'000);
        QVERIFY2(said.join(u' ').contains(u"Another sync of default is running; waiting for it."_s),
                 qPrintable(said.join(u' ')));
        for (const QSignalSpy *spy : {&first, &second}) {
            const SyncReport report = spy->first().first().value<SyncReport>();
            QCOMPARE(report.cells.size(), 4);
            for (const ReportCell &cell : report.cells)
                QVERIFY(cell.state && isGood(*cell.state));
        }
        QCOMPARE(second.first().first().value<SyncReport>().added, 0);
    }

    void aRunThatIsAlwaysBusySaysSo()
    {
        SyncBench bench;
        bench.limits.silence = std::chrono::seconds(30);
        bench.limits.leaseWait = std::chrono::milliseconds(600);
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const std::unique_ptr<SyncWorker> other = bench.makeWorker();
        QVERIFY2(bench.openWorker(*other), qPrintable(bench.problem));
        bench.control(u"fault"_s,
                      {{u"kind"_s, u"hang"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        bench.worker->sync(SyncBench::yesterday());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.progressed.isEmpty(), 5'000);
        QSignalSpy second(other.get(), &SyncWorker::syncFinished);
        other->sync(SyncBench::yesterday());
        QVERIFY(second.wait(8'000));
        const SyncReport report = second.first().first().value<SyncReport>();
        QCOMPARE(report.cells.size(), 2);
        QVERIFY(report.cells.first().triedAndFailed);
        QVERIFY(!report.cells.first().state);
    }

    void workerOnItsOwnThreadClosesAndEnds()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.worker.reset();

        QThread thread;
        SyncWorker *worker = bench.makeWorker().release();
        worker->moveToThread(&thread);
        connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
        thread.start();
        // Heard here, by queued calls: a spy would write from the worker's thread.
        bool opened = false;
        bool closed = false;
        QList<SyncReport> finished;
        connect(worker, &SyncWorker::opened, this, [&opened] { opened = true; });
        connect(worker, &SyncWorker::closed, this, [&closed] { closed = true; });
        connect(worker, &SyncWorker::syncFinished, this,
                [&finished](const SyncReport &report) { finished << report; });
        QMetaObject::invokeMethod(worker, &SyncWorker::open, Qt::QueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(opened, 10'000);
        bench.control(u"fault"_s,
                      {{u"kind"_s, u"hang"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        QMetaObject::invokeMethod(
            worker, [worker] { worker->sync(SyncBench::yesterday()); }, Qt::QueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(bench.asked().join(u' ').contains(u"heart"_s), 5'000);
        QMetaObject::invokeMethod(worker, &SyncWorker::close, Qt::QueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(closed, 5'000);
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished.first().cancelled);
        thread.quit();
        QVERIFY(thread.wait(5'000));
    }

    void destructionInTheMiddleIsSafe()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        for (int steps = 0; steps < 12; ++steps) {
            QVERIFY2(bench.open(), qPrintable(bench.problem));
            bench.progressed.clear();
            QSignalSpy finished(bench.worker.get(), &SyncWorker::syncFinished);
            bench.worker->sync(SyncBench::days(Yesterday, Yesterday));
            for (int i = 0; i < steps; ++i)
                QTest::qWait(1);
            bench.worker.reset();
        }
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        const SyncReport report = bench.sync();
        QCOMPARE(report.cells.size(), 2);
        QVERIFY(report.cells.first().state && isGood(*report.cells.first().state));
    }

    void severalParticipantsEachHaveTheirOwn()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QSignalSpy added(bench.worker.get(), &SyncWorker::participantAdded);
        bench.worker->addParticipant(u"P02"_s, u"Mara"_s);
        QVERIFY(added.wait(5'000));
        const AccountKey second{u"P02"_s, u"fitbit"_s};
        QVERIFY(bench.connect().connected);
        bench.control(u"user"_s, {{u"add"_s, true}});
        const ConnectReport connected = bench.connect({}, second);
        QVERIFY2(connected.connected, qPrintable(connected.error.detail));
        SyncRequest request = SyncBench::yesterday();
        request.accounts << second;
        const SyncReport report = bench.sync(request);
        QCOMPARE(report.cells.size(), 4);
        QVERIFY(QFile::exists(bench.dataDir() + u"/P02/2026-03-14_steps.json"_s));
        QCOMPARE(bench.progressed.last().done, 4);
        QCOMPARE(bench.progressed.last().total, 4);

        QSignalSpy renamed(bench.worker.get(), &SyncWorker::participantRenamed);
        bench.worker->renameParticipant(u"p02"_s, u" Mara  B. "_s);
        QVERIFY(renamed.wait(5'000));
        QCOMPARE(renamed.first().at(0).toString(), u"P02"_s);
        QCOMPARE(renamed.first().at(1).toString(), u"Mara B."_s);
        QSignalSpy failed(bench.worker.get(), &SyncWorker::participantFailed);
        bench.worker->renameParticipant(u"nobody"_s, u"x"_s);
        QVERIFY(failed.wait(5'000));

        QSignalSpy removed(bench.worker.get(), &SyncWorker::participantRemoved);
        bench.worker->removeParticipant(u"p02"_s);
        QVERIFY(removed.wait(5'000));
        QCOMPARE(removed.first().at(1).toString(), QString());
        QCOMPARE(bench.control(u"grants"_s).value(u"count"_s).toInt(), 1);
        QVERIFY(QFile::exists(bench.dataDir() + u"/P02/2026-03-14_steps.json"_s));
        QCOMPARE(bench.status().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSyncRun)
#include "tst_syncrun.moc"
