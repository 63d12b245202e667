// SPDX-License-Identifier: GPL-3.0-or-later
// Backfills over real sockets: everything once, pauses at the limit, others go first, a person's word at
// once, and going on where it was.

#include "sync/syncbench.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 20'000;
const QDate Yesterday(2026, 3, 14);

/// A world with a connected account whose backfill is heard.
struct BackfillBench
{
    SyncBench bench;
    QList<BackfillStatus> told;

    bool begin()
    {
        if (!bench.start() || !bench.open() || !bench.connect().connected)
            return false;
        bench.forgetAsked();
        hear(*bench.worker);
        return true;
    }

    void hear(SyncWorker &worker)
    {
        QObject::connect(&worker, &SyncWorker::backfillChanged, &worker,
                         [this](const BackfillStatus &status) { told << status; });
    }

    void order(QDate first, const QStringList &types = {u"steps"_s, u"heartrate_1min"_s})
    {
        BackfillOrder made;
        made.account = SyncBench::defaultAccount();
        made.first = first;
        made.dataTypes = types;
        bench.worker->startBackfill(made);
    }

    [[nodiscard]] BackfillState state() const
    {
        return told.isEmpty() ? BackfillState::Interrupted : told.last().state;
    }

    bool reach(BackfillState wanted)
    {
        return QTest::qWaitFor([&] { return state() == wanted; }, Patience);
    }

    /// Data requests that were sent.
    QStringList asked()
    {
        QStringList data;
        for (const QString &path : bench.asked()) {
            if (path.contains(u"/activities/"_s))
                data << path;
        }
        return data;
    }

    bool eachOnce()
    {
        const QStringList paths = asked();
        return QSet<QString>(paths.begin(), paths.end()).size() == paths.size();
    }

    void hang(int after)
    {
        bench.control(
            u"fault"_s,
            {{u"kind"_s, u"hang"_s}, {u"regex"_s, u"/activities/"_s}, {u"skip"_s, after}, {u"times"_s, -1}});
    }

    QList<BackfillStatus> list(SyncWorker &worker)
    {
        QSignalSpy read(&worker, &SyncWorker::backfillsRead);
        worker.readBackfills();
        const bool answered = read.count() > 0 || read.wait(Patience);
        return answered ? read.first().first().value<QList<BackfillStatus>>() : QList<BackfillStatus>();
    }
};

} // namespace

class TestBackfill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingOnceNewestFirst()
    {
        BackfillBench world;
        world.bench.backfill.tasksPerChunk = 7;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.order(Yesterday.addDays(-19));
        QVERIFY(world.reach(BackfillState::Done));
        const BackfillStatus done = world.told.last();
        QCOMPARE(done.cellsTotal, 40);
        QCOMPARE(done.cellsDone, 40);
        QCOMPARE(done.requestsLeft, 0);
        QCOMPARE(done.reason, QString());
        QCOMPARE(done.last, Yesterday);
        QCOMPARE(world.asked().size(), 20 + 1); // heart rate by the day, all steps at once
        QVERIFY(world.eachOnce());
        QVERIFY(world.asked().first().contains(u"2026-03-14"_s));
        QVERIFY(world.asked().last().contains(u"2026-02-23"_s));
        for (const ReportCell &cell :
             world.bench.sync(SyncBench::days(Yesterday.addDays(-19), Yesterday.addDays(-8))).cells)
            QVERIFY(cell.state && isGood(*cell.state));
        // On the way it told how much is left, ever less.
        int left = 1'000;
        for (const BackfillStatus &status : std::as_const(world.told)) {
            if (status.cellsTotal == 0)
                continue;
            QVERIFY(status.requestsLeft <= left);
            left = status.requestsLeft;
        }
        QCOMPARE(world.bench.status().first().lastRunText.contains(u"24 of 24"_s), true);
    }

    void fromTheAccountsFirstDay()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        BackfillOrder order;
        order.account = SyncBench::defaultAccount();
        world.bench.worker->startBackfill(order);
        QTRY_VERIFY_WITH_TIMEOUT(world.told.size() > 3, Patience);
        QCOMPARE(world.told.last().first, QDate(2024, 1, 2));
        QCOMPARE(world.told.last().dataTypes, (QStringList{u"steps"_s, u"heartrate_1min"_s}));
        QCOMPARE(world.told.last().cellsTotal, 2 * int(QDate(2024, 1, 2).daysTo(Yesterday) + 1));
        QVERIFY(world.told.last().etaSeconds.value_or(0) > 5 * 3600); // hundreds of requests, 130 an hour
        world.bench.worker->cancelBackfill(order.account);
        QVERIFY(world.reach(BackfillState::Cancelled));
    }

    void itsEstimateIsWhatItAsks()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.sync(SyncBench::days(Yesterday.addDays(-9), Yesterday.addDays(-8)));
        world.bench.forgetAsked();
        QSignalSpy foretold(world.bench.worker.get(), &SyncWorker::backfillEstimated);
        BackfillOrder order;
        order.account = SyncBench::defaultAccount();
        order.first = Yesterday.addDays(-19);
        order.dataTypes = QStringList{u"steps"_s, u"heartrate_1min"_s};
        world.bench.worker->estimateBackfill(order);
        QTRY_COMPARE_WITH_TIMEOUT(foretold.count(), 1, Patience);
        const auto plan = foretold.first().first().value<PlanEstimate>();
        QCOMPARE(plan.account, order.account);
        QCOMPARE(plan.first, *order.first);
        QCOMPARE(plan.last, Yesterday);
        QCOMPARE(plan.cells, 40);
        QCOMPARE(plan.days, 36); // what is provisional is in
        QCOMPARE(plan.otherRequests, 0);
        QVERIFY(world.told.isEmpty()); // nothing is begun
        QCOMPARE(world.bench.asked().size(), 0);
        world.order(*order.first);
        QVERIFY(world.reach(BackfillState::Done));
        QCOMPARE(world.asked().size(), plan.requests);
    }

    void itsEstimateKeepsTheReserveAndKnowsTheFirstDay()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        QSignalSpy foretold(world.bench.worker.get(), &SyncWorker::backfillEstimated);
        QSignalSpy failed(world.bench.worker.get(), &SyncWorker::backfillEstimateFailed);
        QSignalSpy otherwise(world.bench.worker.get(), &SyncWorker::requestFailed);
        BackfillOrder order;
        order.account = SyncBench::defaultAccount();
        world.bench.worker->estimateBackfill(order);
        QTRY_COMPARE_WITH_TIMEOUT(foretold.count(), 1, Patience);
        const auto plan = foretold.first().first().value<PlanEstimate>();
        QCOMPARE(plan.first, QDate(2024, 1, 2));
        QCOMPARE(plan.types.size(), 2);
        // 20 of each hour are left alone, of the present one as well.
        const int later = plan.requests + plan.otherRequests - (*plan.leftNow - 20);
        QVERIFY(later > 130);
        QCOMPARE(plan.windows, 1 + (later + 129) / 130);
        order.first = Yesterday.addDays(1);
        world.bench.worker->estimateBackfill(order);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        QCOMPARE(failed.first().first().value<BackfillOrder>().first, order.first);
        QCOMPARE(failed.first().last().value<Error>().kind, ErrorKind::BadUsage);
        QCOMPARE(otherwise.count(), 0);
    }

    void stopsAtTheReserveAndGoesOnAtTheReset()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"quota"_s, {{u"perHour"_s, 50}, {u"used"_s, 0}});
        world.bench.sync(); // tells the limit
        world.bench.forgetAsked();
        world.order(Yesterday.addDays(-29), {u"steps"_s, u"heartrate_1min"_s});
        QVERIFY(world.reach(BackfillState::WaitingForQuota));
        const BackfillStatus waits = world.told.last();
        QCOMPARE(
            waits.nextWakeUtc,
            QDateTime(QDate(2026, 3, 15), QTime(11, 1), Qt::UTC).toSecsSinceEpoch()); // a minute's margin
        QVERIFY(!waits.reason.isEmpty());
        const qsizetype before = world.asked().size();
        QCOMPARE(before, 50 - 2 - 20); // the sync's, and the reserve
        // Today's sync needs no patience.
        world.bench.forgetAsked();
        for (const ReportCell &cell :
             world.bench.sync(SyncBench::days(Yesterday.addDays(1), Yesterday.addDays(1))).cells)
            QVERIFY(!cell.waitsForQuota);

        world.bench.forgetAsked();
        world.bench.clock->advance(1800);
        world.bench.worker->wakeBackfills();
        QTest::qWait(200);
        QCOMPARE(world.asked().size(), 0);
        QCOMPARE(world.list(*world.bench.worker).first().state, BackfillState::WaitingForQuota);

        world.bench.clock->set(QDateTime::fromSecsSinceEpoch(*waits.nextWakeUtc, Qt::UTC));
        world.bench.worker->wakeBackfills();
        QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= 29 + 1 - 28, Patience);
        QVERIFY(world.reach(BackfillState::Done));
        QVERIFY(world.eachOnce());
    }

    void aClockThatIsPutBackDoesNotMakeItWaitLonger()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"quota"_s, {{u"perHour"_s, 26}, {u"used"_s, 0}});
        world.bench.sync();
        world.order(Yesterday.addDays(-4));
        QVERIFY(world.reach(BackfillState::WaitingForQuota));
        world.bench.clock->advance(-86'400);
        world.bench.worker->wakeBackfills();
        QVERIFY(world.reach(BackfillState::Running) || world.state() == BackfillState::WaitingForQuota);
        QTRY_VERIFY_WITH_TIMEOUT(world.told.last().changedUtc < world.bench.clock->nowUtc() + 1, Patience);
        QVERIFY(!world.told.last().nextWakeUtc ||
                *world.told.last().nextWakeUtc <= world.bench.clock->nowUtc() + 2 * 3600);
    }

    void aSyncGoesAheadOfIt()
    {
        BackfillBench world;
        world.bench.backfill.tasksPerChunk = 1'000;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"quota"_s, {{u"perHour"_s, 10'000}});
        world.bench.sync();
        world.bench.forgetAsked();
        world.bench.control(
            u"fault"_s,
            {{u"kind"_s, u"none"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}, {u"delayMs"_s, 20}});
        world.order(Yesterday.addDays(-59));
        QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= 5, Patience);
        const SyncReport report =
            world.bench.sync(SyncBench::days(Yesterday.addDays(1), Yesterday.addDays(1)));
        QVERIFY(!report.cancelled && !report.stopped);
        QCOMPARE(report.cells.size(), 2);
        for (const ReportCell &cell : report.cells)
            QCOMPARE(cell.state, CellState::Provisional);
        QVERIFY(world.asked().size() < 50);
        QVERIFY(world.reach(BackfillState::Done));
        QVERIFY(world.eachOnce()); // what was asked when it stepped aside was not asked for nothing
        QCOMPARE(world.asked().size(), 59 + 1 + 2);
    }

    void anotherProcessGoesAheadOfIt()
    {
        BackfillBench world;
        world.bench.backfill.tasksPerChunk = 1'000;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"quota"_s, {{u"perHour"_s, 10'000}});
        world.bench.sync(); // tells the limit, so that one piece holds everything
        world.bench.forgetAsked();
        world.bench.control(
            u"fault"_s,
            {{u"kind"_s, u"none"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}, {u"delayMs"_s, 20}});
        const auto other = world.bench.makeWorker();
        QVERIFY(world.bench.openWorker(*other));
        world.order(Yesterday.addDays(-149));
        QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= 5, Patience);
        QSignalSpy finished(other.get(), &SyncWorker::syncFinished);
        other->sync(SyncBench::days(Yesterday.addDays(1), Yesterday.addDays(1)));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QCOMPARE(finished.first().first().value<SyncReport>().cells.first().state, CellState::Provisional);
        QVERIFY(world.state() == BackfillState::Running);
        QVERIFY(world.asked().size() < 120);
        // And a word of the other process is heard.
        other->pauseBackfill(SyncBench::defaultAccount());
        QTRY_COMPARE_WITH_TIMEOUT(world.list(*world.bench.worker).first().state, BackfillState::Paused,
                                  Patience);
        QVERIFY(world.reach(BackfillState::Paused)); // and told to whoever looks on here
        QTest::qWait(100);
        const qsizetype before = world.asked().size();
        QTest::qWait(300);
        QCOMPARE(world.asked().size(), before);
        QCOMPARE(world.state(), BackfillState::Paused);
        QVERIFY(world.eachOnce());
    }

    void aWordIsTheLastThatIsTold()
    {
        BackfillBench world;
        world.bench.backfill.tasksPerChunk = 1'000;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"quota"_s, {{u"perHour"_s, 10'000}});
        world.bench.sync();
        world.order(Yesterday.addDays(-149));
        const AccountKey account = SyncBench::defaultAccount();
        // Answers are being kept all the time, so that some come to their end after the word.
        for (int words = 0; words < 3; ++words) {
            const qsizetype before = world.asked().size();
            QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= before + 12, Patience);
            world.bench.worker->pauseBackfill(account);
            QVERIFY(world.reach(BackfillState::Paused));
            const qsizetype told = world.told.size();
            QCOMPARE(world.list(*world.bench.worker).first().state, BackfillState::Paused);
            QTest::qWait(200);
            for (const BackfillStatus &later : world.told.mid(told))
                QCOMPARE(later.state, BackfillState::Paused);
            world.bench.worker->resumeBackfill(account);
        }
        QVERIFY(world.reach(BackfillState::Done));
    }

    void aWordIsHeardAtOnce_data()
    {
        QTest::addColumn<bool>("cancel");
        QTest::newRow("pause") << false;
        QTest::newRow("cancel") << true;
    }

    void aWordIsHeardAtOnce()
    {
        QFETCH(bool, cancel);
        BackfillBench world;
        world.bench.limits.silence = std::chrono::seconds(30);
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.hang(5);
        world.order(Yesterday.addDays(-9));
        QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= 6, Patience);
        QElapsedTimer timer;
        timer.start();
        const AccountKey account = SyncBench::defaultAccount();
        cancel ? world.bench.worker->cancelBackfill(account) : world.bench.worker->pauseBackfill(account);
        QVERIFY(world.reach(cancel ? BackfillState::Cancelled : BackfillState::Paused));
        QVERIFY2(timer.elapsed() < 1'500, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(world.told.last().requestsLeft > 0);
        world.bench.control(u"clear-faults"_s);
        world.bench.forgetAsked();
        world.bench.worker->wakeBackfills();
        QTest::qWait(200);
        QCOMPARE(world.asked().size(), 0);
        timer.start();
        QVERIFY(!world.bench.sync(SyncBench::days(Yesterday.addDays(1), Yesterday.addDays(1))).stopped);
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
        world.bench.worker->resumeBackfill(account);
        QVERIFY(world.reach(BackfillState::Done));
        QVERIFY(world.eachOnce());
    }

    void goesOnAfterTheProgramWasEnded()
    {
        BackfillBench world;
        world.bench.backfill.tasksPerChunk = 4;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.order(Yesterday.addDays(-29));
        QTRY_VERIFY_WITH_TIMEOUT(world.asked().size() >= 12, Patience);
        QSignalSpy closed(world.bench.worker.get(), &SyncWorker::closed);
        QElapsedTimer timer;
        timer.start();
        world.bench.worker->close();
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, Patience);
        QVERIFY(timer.elapsed() < 3'000);
        QVERIFY(world.bench.open());
        world.told.clear();
        world.hear(*world.bench.worker);
        const QList<BackfillStatus> jobs = world.list(*world.bench.worker);
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(jobs.first().state, BackfillState::Interrupted);
        const SyncReport all = world.bench.sync(SyncBench::yesterday()); // a sync does not begin it
        QVERIFY(!all.stopped);
        world.bench.forgetAsked();
        QTest::qWait(200);
        QCOMPARE(world.asked().size(), 0);
        world.bench.worker->wakeBackfills();
        QVERIFY(world.reach(BackfillState::Done));
        QCOMPARE(world.told.last().cellsDone, 60);
        QVERIFY(world.asked().size() <= 30 + 1 - 12 + 4); // four were on their way when it was ended
        QVERIFY(world.eachOnce());
    }

    void aDayThatIsRefusedIsNotAskedForEver()
    {
        BackfillBench world;
        world.bench.backfill.mostTries = 3;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"fault"_s, {{u"kind"_s, u"malformed-json"_s},
                                         {u"regex"_s, u"/activities/heart/date/2026-03-10"_s},
                                         {u"times"_s, -1}});
        world.order(Yesterday.addDays(-9), {u"heartrate_1min"_s});
        QVERIFY(world.reach(BackfillState::WaitingForRetry));
        QCOMPARE(world.told.last().cellsDone, 9);
        QCOMPARE(world.told.last().nextWakeUtc, world.bench.clock->nowUtc() + 86'400);
        world.bench.worker->wakeBackfills(); // too early
        for (int day = 0; day < 2; ++day) {
            world.told.clear();
            world.bench.clock->advance(86'400);
            world.bench.worker->wakeBackfills();
            QTRY_VERIFY_WITH_TIMEOUT(!world.told.isEmpty() && world.state() != BackfillState::Running,
                                     Patience);
        }
        QVERIFY(world.reach(BackfillState::Done));
        QVERIFY(!world.told.last().reason.isEmpty());
        const QStringList paths = world.asked(); // a try is up to three requests
        QCOMPARE(paths.count(u"/1/user/-/activities/heart/date/2026-03-10/1d/1min.json"_s), 3 * 3);
    }

    void goesOnWhenTheNetworkIsBack()
    {
        BackfillBench world;
        world.bench.limits.runBudget = std::chrono::milliseconds(600);
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"fault"_s,
                            {{u"kind"_s, u"drop"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        world.order(Yesterday.addDays(-4));
        QVERIFY(world.reach(BackfillState::WaitingForNetwork));
        QCOMPARE(world.told.last().nextWakeUtc, world.bench.clock->nowUtc() + 60);
        world.bench.control(u"clear-faults"_s);
        world.bench.clock->advance(60);
        world.bench.worker->wakeBackfills();
        QVERIFY(world.reach(BackfillState::Done));
        QCOMPARE(world.told.last().cellsDone, 10);
    }

    void waitsForAPersonAndGoesOnOnceConnected()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        world.bench.control(u"fault"_s,
                            {{u"kind"_s, u"revoked"_s}, {u"regex"_s, u"/activities/"_s}, {u"skip"_s, 4}});
        world.order(Yesterday.addDays(-9));
        QVERIFY(world.reach(BackfillState::NeedsPerson));
        const QString reason = world.told.last().reason;
        QVERIFY2(reason.count(u"no longer accepts"_s) == 1, qPrintable(reason)); // said once
        world.bench.control(u"clear-faults"_s);
        QVERIFY(world.bench.connect().connected);
        QVERIFY(world.reach(BackfillState::Done));
        QCOMPARE(world.told.last().cellsDone, 20);
    }

    void whatCannotBeBegunIsSaid()
    {
        BackfillBench world;
        QVERIFY2(world.begin(), qPrintable(world.bench.problem));
        QSignalSpy failed(world.bench.worker.get(), &SyncWorker::requestFailed);
        world.bench.worker->pauseBackfill(SyncBench::defaultAccount());
        QTRY_COMPARE(failed.count(), 1);
        world.order(QDate(2026, 3, 15));
        QTRY_COMPARE(failed.count(), 2);
        for (const QList<QVariant> &arguments : failed)
            QCOMPARE(arguments.first().value<Error>().kind, ErrorKind::BadUsage);
        QVERIFY(world.told.isEmpty());
        QVERIFY(world.list(*world.bench.worker).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBackfill)
#include "tst_backfill.moc"
