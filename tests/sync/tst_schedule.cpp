// SPDX-License-Identifier: GPL-3.0-or-later
// When the program syncs by itself: the decision alone, what the planner makes of it, and the watcher of the
// clock with a network that answers or not.

#include "core/clock.h"
#include "store/cellrules.h"
#include "sync/networkprobe.h"
#include "sync/planner.h"
#include "sync/scheduler.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Hour = 3600;
const QDateTime Start({2026, 11, 23}, {9, 0}, Qt::UTC);
const QDate Today(2026, 11, 23);

AccountStatus account(const QString &participant, ConnectionState state = ConnectionState::Connected)
{
    AccountStatus status;
    status.key = {participant, u"fitbit"_s};
    status.state = state;
    return status;
}

ScheduleInput input(int hours, std::optional<qint64> sinceLast)
{
    ScheduleInput made;
    made.hours = hours;
    made.nowUtc = Start.toSecsSinceEpoch();
    if (sinceLast)
        made.lastBeganUtc = made.nowUtc - *sinceLast;
    made.today = Today;
    made.accounts = {account(u"ada"_s)};
    return made;
}

/// A scheduler whose network, memory and clock are the test's.
struct Bench
{
    std::shared_ptr<FixedClock> clock = std::make_shared<FixedClock>(Start);
    std::optional<qint64> began;
    int probes = 0;
    std::function<void(bool)> answer;
    Scheduler scheduler;
    QSignalSpy runs;

    explicit Bench(std::chrono::milliseconds firstLook = 1h)
        : scheduler({clock,
                     [this](const QList<AccountKey> &, QObject *, const std::function<void(bool)> &answered) {
                         ++probes;
                         answer = answered;
                     },
                     [this] { return began; }, [this](qint64 utc) { began = utc; }, 1min, firstLook}),
          runs(&scheduler, &Scheduler::runWanted)
    {
        scheduler.setHours(1);
        scheduler.setAccounts({account(u"ada"_s)});
    }

    void minutes(int count)
    {
        for (int i = 0; i < count; ++i) {
            clock->advance(60);
            scheduler.look();
        }
    }
};

} // namespace

class TestSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void due_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<qint64>("sinceLast");
        QTest::addColumn<bool>("due");
        QTest::newRow("off") << 0 << 1000 * Hour << false;
        QTest::newRow("not yet") << 6 << 6 * Hour - 1 << false;
        QTest::newRow("on the second") << 6 << 6 * Hour << true;
        QTest::newRow("long ago") << 24 << 400 * Hour << true;
        QTest::newRow("a clock put back") << 24 << -Hour << true;
    }

    void due()
    {
        QFETCH(int, hours);
        QFETCH(qint64, sinceLast);
        QFETCH(bool, due);
        QCOMPARE(scheduledRun(input(hours, sinceLast)).has_value(), due);
    }

    void theFirstRunIsDueAtOnce()
    {
        const std::optional<SyncRequest> run = scheduledRun(input(24, std::nullopt));
        QVERIFY(run);
        QCOMPARE(run->trigger, SyncTrigger::Schedule);
        QCOMPARE(run->first, Today.addDays(-8));
        QVERIFY(!run->last); // each participant's own yesterday
        QVERIFY(!run->askSettledAgain);
    }

    void theDaysAreCountedWhereTheParticipantsLive()
    {
        ScheduleInput asked = input(1, std::nullopt); // 09:00 UTC on the 23rd
        asked.today = Today.addDays(1);               // a computer further east
        asked.accounts.first().zone = u"Europe/Berlin"_s;
        QCOMPARE(scheduledRun(asked)->first, Today.addDays(-8));
        AccountStatus west = account(u"ben"_s);
        west.zone = u"Pacific/Honolulu"_s; // 23:00 on the 22nd
        asked.accounts << west;
        QCOMPARE(scheduledRun(asked)->first, Today.addDays(-9));
    }

    void onlyConnectedAccountsAreAsked()
    {
        ScheduleInput asked = input(1, 2 * Hour);
        asked.accounts = {account(u"ada"_s), account(u"ben"_s, ConnectionState::ReconnectNeeded),
                          account(u"cleo"_s, ConnectionState::NotConnected), account(u"dora"_s)};
        QCOMPARE(scheduledRun(asked)->accounts,
                 (QList<AccountKey>{{u"ada"_s, u"fitbit"_s}, {u"dora"_s, u"fitbit"_s}}));
        asked.accounts = {account(u"ben"_s, ConnectionState::ReconnectNeeded)};
        QVERIFY(!scheduledRun(asked));
    }

    void aRequestLimitIsWaitedFor()
    {
        ScheduleInput asked = input(24, 25 * Hour);
        asked.accounts = {account(u"ada"_s), account(u"ben"_s)};
        asked.pausedUtc.insert(asked.accounts.first().key, asked.nowUtc + 600);
        QCOMPARE(scheduledRun(asked)->accounts, (QList<AccountKey>{{u"ben"_s, u"fitbit"_s}}));

        // The other one's turn comes with the end of the wait, not a day later.
        asked.lastBeganUtc = asked.nowUtc;
        QVERIFY(!scheduledRun(asked));
        asked.nowUtc += 600;
        QCOMPARE(scheduledRun(asked)->accounts, (QList<AccountKey>{{u"ada"_s, u"fitbit"_s}}));
    }

    void whoMovedToGoogleHealthIsNotAskedForAtFitbit()
    {
        ScheduleInput asked = input(24, std::nullopt);
        AccountStatus before = asked.accounts.first();
        before.key = {u"ada"_s, u"fitbit"_s};
        AccountStatus after = before;
        after.key.provider = u"google-health"_s;
        asked.accounts = {before, after};
        QCOMPARE(scheduledRun(asked)->accounts, QList<AccountKey>{after.key});
        // Whoever has not moved yet goes on, and so does a participant beside.
        asked.accounts.last().key.participant = u"ben"_s;
        QCOMPARE(scheduledRun(asked)->accounts.size(), 2);
    }

    void aDayIsAskedUntilAnAnswerHasSettledIt()
    {
        DataType steps;
        steps.id = u"steps"_s;
        ZoneDays days({QTimeZone("Europe/Berlin"), ZoneSource::Profile});
        const SyncRequest run = *scheduledRun(input(24, std::nullopt));
        // Its answer of today settles the oldest day asked for, so that the next run leaves it out.
        QVERIFY(settleTime(*run.first, steps.settleDays, days) <= days.start(Today));
        QVERIFY(settleTime(run.first->addDays(1), steps.settleDays, days) > days.start(Today));
    }

    void thePlannerAsksWhatIsNotSettledOrDoubtedInThoseDays()
    {
        DataType steps;
        steps.id = u"steps"_s;
        steps.inDefaultRun = true;
        PlanInput plan;
        plan.account = {u"ada"_s, u"fitbit"_s};
        plan.types = {steps};
        plan.today = Today;
        plan.request = *scheduledRun(input(24, std::nullopt));
        const QList<CellState> states{CellState::Provisional, CellState::Complete, CellState::Partial,
                                      CellState::Failed, CellState::Empty};
        // Yesterday is provisional, and so on backwards; the sixth to eighth day were never asked.
        for (qsizetype back = 1; back <= states.size(); ++back) {
            Cell cell;
            cell.key = {plan.account, steps.id, Today.addDays(-back)};
            cell.state = states.at(back - 1);
            plan.cells << cell;
        }
        const Result<Plan> made = planRun(plan);
        QVERIFY(made);
        QList<QDate> asked;
        for (const PlannedTask &task : made->tasks)
            asked << task.task.first;
        QCOMPARE(asked, (QList<QDate>{Today.addDays(-1), Today.addDays(-3), Today.addDays(-4),
                                      Today.addDays(-6), Today.addDays(-7), Today.addDays(-8)}));
        // An answer nobody believes is asked for once more, but only by the schedule.
        plan.cells[1].suspicious = true;
        const qsizetype undoubted = made->tasks.size();
        QCOMPARE(planRun(plan)->tasks.size(), undoubted + 1);
        plan.request.trigger = SyncTrigger::Person;
        QCOMPARE(planRun(plan)->tasks.size(), undoubted);
    }

    void aRunBeginsOnceTheNetworkAnswers()
    {
        Bench bench;
        bench.scheduler.look();
        QCOMPARE(bench.probes, 1);
        bench.minutes(1);
        QCOMPARE(bench.probes, 1); // one question at a time
        bench.answer(false);
        QCOMPARE(bench.runs.size(), 0);
        QVERIFY(!bench.began);

        bench.minutes(1);
        QCOMPARE(bench.probes, 2);
        bench.answer(true);
        QCOMPARE(bench.runs.size(), 1);
        QCOMPARE(bench.began, bench.clock->nowUtc());

        bench.minutes(59);
        QCOMPARE(bench.probes, 2);
        bench.minutes(1);
        QCOMPARE(bench.probes, 3);
    }

    void nothingBeginsWhileAPersonIsAtIt()
    {
        Bench bench;
        bench.scheduler.setBusy(true);
        bench.minutes(3);
        QCOMPARE(bench.probes, 0);
        bench.scheduler.setBusy(false);
        bench.minutes(1);
        QCOMPARE(bench.probes, 1);
        bench.scheduler.setBusy(true); // a click while the network was being asked
        bench.answer(true);
        QCOMPARE(bench.runs.size(), 0);
    }

    void afterSleepTheNetworkIsAskedAnew()
    {
        Bench bench;
        bench.scheduler.look();
        bench.clock->advance(8 * Hour);
        bench.scheduler.look();
        QCOMPARE(bench.probes, 2);
        bench.answer(true);
        QCOMPARE(bench.runs.size(), 1);
    }

    void aPauseFoundOutByTheRunIsKept()
    {
        Bench bench;
        bench.scheduler.setHours(24);
        bench.scheduler.look();
        bench.answer(true);
        AccountStatus paused = account(u"ada"_s);
        paused.quota.exhausted = true;
        paused.quota.resetAtUtc = bench.clock->nowUtc() + 600;
        bench.scheduler.setAccounts({paused});
        bench.minutes(9);
        QCOMPARE(bench.probes, 1);
        bench.scheduler.setAccounts({account(u"ada"_s)}); // the flag goes when the time is over
        bench.minutes(1);
        QCOMPARE(bench.probes, 2);
        bench.answer(true);
        QCOMPARE(bench.runs.size(), 2);
        bench.minutes(60);
        QCOMPARE(bench.probes, 2);
    }

    void theFirstLookComesByItself()
    {
        Bench bench(1ms);
        bench.scheduler.begin();
        QTRY_COMPARE(bench.probes, 1);
    }

    void theProbeNeedsOneHostThatTakesTheConnection()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress(QHostAddress::LocalHost)));
        const QUrl open(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
        const QUrl closed(u"http://127.0.0.1:%1"_s.arg(gone.serverPort()));
        gone.close();

        QList<bool> answers;
        const auto note = [&answers](bool answer) { answers << answer; };
        QObject context;
        probeNetwork({closed, open}, 20s, &context, note);
        QCOMPARE(answers.size(), 0);
        QTRY_COMPARE(answers, QList<bool>{true});
        probeNetwork({closed}, 20s, &context, note);
        QTRY_COMPARE(answers, (QList<bool>{true, false}));
        probeNetwork({}, 20s, &context, note);
        QTRY_COMPARE(answers, (QList<bool>{true, false, false}));
    }

    void aSilentHostIsGivenUp()
    {
        // TEST-NET-1 (RFC 5737) answers to nobody; where the network says so at once, that is a no as well.
        QList<bool> answers;
        QObject context;
        probeNetwork({QUrl(u"https://192.0.2.1"_s)}, 50ms, &context, [&](bool answer) { answers << answer; });
        QTRY_COMPARE(answers, QList<bool>{false});
    }

    static BackfillStatus backfill(BackfillState state, qint64 wakeIn)
    {
        BackfillStatus job;
        job.account = {u"ada"_s, u"fitbit"_s};
        job.state = state;
        job.changedUtc = Start.toSecsSinceEpoch();
        job.nextWakeUtc = job.changedUtc + wakeIn;
        return job;
    }

    void aBackfillGoesOnAtItsMomentOnceTheNetworkAnswers()
    {
        Bench bench;
        bench.scheduler.setHours(0); // also when nothing is synced by itself
        QSignalSpy wanted(&bench.scheduler, &Scheduler::backfillWanted);
        bench.scheduler.setBackfill(backfill(BackfillState::WaitingForQuota, 180));
        bench.minutes(2);
        QCOMPARE(bench.probes, 0);
        bench.minutes(1);
        QCOMPARE(bench.probes, 1);
        bench.answer(false);
        QCOMPARE(wanted.count(), 0);
        bench.minutes(1);
        bench.answer(true);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(bench.runs.count(), 0);
        bench.scheduler.setBackfill(backfill(BackfillState::Running, 0));
        bench.minutes(3);
        QCOMPARE(bench.probes, 2);
        bench.scheduler.setBackfills({backfill(BackfillState::Interrupted, 0)});
        bench.scheduler.setBusy(true);
        bench.minutes(1);
        QCOMPARE(bench.probes, 2);
        bench.scheduler.setBusy(false);
        bench.minutes(1);
        bench.answer(true);
        QCOMPARE(wanted.count(), 2);
    }

    void aMomentThatWasToldIsKeptBetweenTwoLooks()
    {
        Bench bench;
        bench.scheduler.setHours(0);
        bench.scheduler.begin();
        // The clock stands still but for the test: what rings is the timer for that moment.
        bench.scheduler.setBackfill(backfill(BackfillState::WaitingForQuota, 1));
        bench.clock->advance(1);
        QTRY_COMPARE_WITH_TIMEOUT(bench.probes, 1, 5'000);
        bench.answer(true);
        bench.scheduler.setBackfill(backfill(BackfillState::Paused, 2));
        bench.clock->advance(1);
        QTest::qWait(1'500);
        QCOMPARE(bench.probes, 1);
    }

    void theScheduledRunIsAskedForBeforeTheBackfill()
    {
        Bench bench;
        QStringList order;
        connect(&bench.scheduler, &Scheduler::runWanted, this, [&order] { order << u"run"_s; });
        connect(&bench.scheduler, &Scheduler::backfillWanted, this, [&order] { order << u"backfill"_s; });
        bench.scheduler.setBackfill(backfill(BackfillState::Interrupted, 0));
        bench.minutes(1);
        bench.answer(true);
        QCOMPARE(order, (QStringList{u"run"_s, u"backfill"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
