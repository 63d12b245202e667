// SPDX-License-Identifier: GPL-3.0-or-later
// What a backfill asks next and what becomes of it: the decisions alone, without clock, disk or network.

#include "sync/backfillplan.h"

#include "providers/registry.h"
#include "sync/verdict.h"

#include <QSet>
#include <QTest>

#include <limits>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const AccountKey Account{u"default"_s, u"fitbit"_s};
const QDate Today(2026, 3, 15);
constexpr qint64 Now = 1'773'568'800; // 2026-03-15 10:00 UTC, a full hour
constexpr qint64 Hour = 3600;
constexpr qint64 Day = 86'400;

DataType kind(const QString &id, int maxDays)
{
    DataType type;
    type.id = id;
    type.title = id;
    type.scope = u"scope of "_s + id;
    type.inDefaultRun = true;
    type.maxDaysPerRequest = maxDays;
    return type;
}

/// Thirty days of a fine type, one that comes by the week, and one that comes at once.
ChunkInput thirtyDays()
{
    ChunkInput input;
    input.plan.account = Account;
    input.plan.types = {kind(u"heartrate_1min"_s, 1), kind(u"sleep"_s, 7), kind(u"steps"_s, 90)};
    input.plan.request.dataTypes = {u"heartrate_1min"_s, u"sleep"_s, u"steps"_s};
    input.plan.request.first = Today.addDays(-30);
    input.plan.today = Today;
    input.allowance.requests = 150;
    input.allowance.windowSeconds = 3600;
    input.allowance.reserve = 20;
    input.allowance.marginSeconds = 60;
    input.nowUtc = Now;
    return input;
}

Cell cellOf(const QString &dataType, QDate date, CellState state)
{
    Cell cell;
    cell.key = {Account, dataType, date};
    cell.state = state;
    return cell;
}

QStringList typesOf(const Chunk &chunk)
{
    QStringList types;
    for (const PlannedTask &planned : chunk.plan.tasks)
        types << planned.task.dataType;
    return types;
}

QuotaState left(int requests, qint64 reset = Now + Hour)
{
    QuotaState quota;
    quota.limit = 150;
    quota.left = requests;
    quota.resetAtUtc = reset;
    return quota;
}

BackfillTry tried(const QString &type, QDate date, int tries, qint64 next, bool denied = false)
{
    return {type, date, tries, Now - 60, next, denied};
}

/// The end of a piece whose one cell ended like that.
ChunkEnd endWith(std::optional<ErrorKind> kind, bool good = false)
{
    ChunkEnd end;
    end.nowUtc = Now;
    end.chunk.plan.tasks << PlannedTask{{Account, u"steps"_s, Today, Today, {}}, {}};
    ReportCell cell;
    cell.key = {Account, u"steps"_s, Today};
    cell.triedAndFailed = !good;
    cell.error = kind;
    if (good)
        cell.state = CellState::Complete;
    end.report.part.cells = {cell};
    if (kind && verdictOn(errorOf(*kind)) == Verdict::AccountStops)
        end.report.accountStopped = errorOf(*kind);
    return end;
}

} // namespace

class TestBackfillPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coarseBeforeFineAndNewestFirst()
    {
        const Chunk chunk = *planChunk(thirtyDays());
        QCOMPARE(chunk.requestsLeft, 1 + 5 + 30);
        QCOMPARE(chunk.cellsTotal, 90);
        QCOMPARE(chunk.plan.tasks.size(), 30); // a bounded piece
        QCOMPARE(typesOf(chunk).mid(0, 7), (QStringList{u"steps"_s} + QStringList(5, u"sleep"_s) +
                                            QStringList(1, u"heartrate_1min"_s)));
        for (qsizetype i = 2; i < chunk.plan.tasks.size(); ++i) {
            if (typesOf(chunk).at(i) == typesOf(chunk).at(i - 1))
                QVERIFY(chunk.plan.tasks.at(i).task.last < chunk.plan.tasks.at(i - 1).task.last);
        }
    }

    /// The table's own types: no reading is asked for before the last daily value of ten years is in.
    void tenYearsOfDailyValuesComeBeforeTheFirstReading_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::newRow("fitbit") << u"fitbit"_s;
        QTest::newRow("google-health") << u"google-health"_s;
    }

    void tenYearsOfDailyValuesComeBeforeTheFirstReading()
    {
        QFETCH(QString, provider);
        ChunkInput input = thirtyDays();
        input.plan.account.provider = provider;
        input.plan.types = (*findProvider(provider))->dataTypes();
        QHash<QString, int> reach;
        input.plan.request.dataTypes.clear();
        for (const DataType &type : std::as_const(input.plan.types)) {
            reach.insert(type.id, type.maxDaysPerRequest);
            input.plan.request.dataTypes << type.id;
        }
        input.plan.request.first = Today.addYears(-10);
        QSet<QString> seen;
        QDate lastOfType;
        int reached = std::numeric_limits<int>::max();
        int requests = 0;
        for (Chunk chunk = *planChunk(input); !chunk.plan.tasks.isEmpty() && requests < 2000;
             chunk = *planChunk(input)) {
            for (const PlannedTask &planned : chunk.plan.tasks) {
                const FetchTask &task = planned.task;
                const int days = reach.value(task.dataType);
                QVERIFY2(days <= reached, qPrintable(task.dataType));
                QVERIFY2(days < reached || task.last <= lastOfType, qPrintable(task.dataType));
                reached = days;
                lastOfType = task.last;
                seen.insert(task.dataType);
                ++requests;
            }
            for (const CellKey &key : chunk.plan.cells)
                input.plan.cells << cellOf(key.dataType, key.date, CellState::Complete);
        }
        QVERIFY(seen.contains(u"steps"_s) && seen.contains(u"heartrate_1min"_s));
    }

    void everyMissingCellIsAskedForExactlyOnceOverAllPieces()
    {
        ChunkInput input = thirtyDays();
        input.limits.tasksPerChunk = 7;
        input.plan.cells << cellOf(u"steps"_s, Today.addDays(-3), CellState::Complete)
                         << cellOf(u"sleep"_s, Today.addDays(-2), CellState::Provisional)
                         << cellOf(u"heartrate_1min"_s, Today.addDays(-9), CellState::Empty)
                         << cellOf(u"heartrate_1min"_s, Today.addDays(-8), CellState::Partial)
                         << cellOf(u"heartrate_1min"_s, Today.addDays(-7), CellState::Failed)
                         << cellOf(u"heartrate_1min"_s, Today.addDays(-6), CellState::NotPermitted);
        QSet<std::pair<QString, QDate>> asked;
        int requests = 0;
        const int foretold = planChunk(input)->requestsLeft;
        QCOMPARE(planChunk(input)->cellsDone, 3);
        for (int piece = 0; piece < 20; ++piece) {
            const Chunk chunk = *planChunk(input);
            QVERIFY(chunk.plan.tasks.size() <= 7);
            QCOMPARE(chunk.cellsDone, 3 + asked.size());
            requests += int(chunk.plan.tasks.size());
            for (const CellKey &key : chunk.plan.cells) {
                QVERIFY(!asked.contains({key.dataType, key.date}));
                asked.insert({key.dataType, key.date});
                input.plan.cells.removeIf([&key](const Cell &cell) { return cell.key == key; });
                input.plan.cells << cellOf(key.dataType, key.date, CellState::Complete);
            }
        }
        QCOMPARE(asked.size(), 90 - 3);
        QCOMPARE(requests, foretold);
        const Chunk last = *planChunk(input);
        QCOMPARE(last.cellsDone, last.cellsTotal);
        QCOMPARE(afterChunk({last, {}, 0, Now}).state, BackfillState::Done);
    }

    void aReserveIsKeptForToday_data()
    {
        QTest::addColumn<QuotaState>("quota");
        QTest::addColumn<int>("tasks");
        QTest::addColumn<qint64>("wake");
        QTest::newRow("nothing is known") << QuotaState() << 30 << qint64(0);
        QTest::newRow("enough") << left(120) << 30 << qint64(0);
        QTest::newRow("five above it") << left(25) << 5 << qint64(0);
        QTest::newRow("just it") << left(20) << 0 << Now + Hour + 60;
        QTest::newRow("less") << left(3, Now + 600) << 0 << Now + 660;
        QTest::newRow("the window is over") << left(3, Now - 1) << 30 << qint64(0);
    }

    void aReserveIsKeptForToday()
    {
        QFETCH(QuotaState, quota);
        QFETCH(int, tasks);
        QFETCH(qint64, wake);
        ChunkInput input = thirtyDays();
        input.quota = quota;
        const Chunk chunk = *planChunk(input);
        QCOMPARE(chunk.plan.tasks.size(), tasks);
        QCOMPARE(chunk.quotaWakeUtc.value_or(0), wake);
        if (wake > 0) {
            const NextStep step = afterChunk({chunk, {}, 0, Now});
            QCOMPARE(step.state, BackfillState::WaitingForQuota);
            QCOMPARE(step.wakeUtc, wake);
        }
    }

    void aCellThatFailedWaitsAndIsGivenUpAtLast()
    {
        ChunkInput input = thirtyDays();
        input.plan.request.dataTypes = {u"heartrate_1min"_s};
        const QDate day = Today.addDays(-4);
        input.plan.cells << cellOf(u"heartrate_1min"_s, day, CellState::Failed);
        input.limits.tasksPerChunk = 100;

        input.tries = {tried(u"heartrate_1min"_s, day, 1, Now + Day)};
        QCOMPARE(planChunk(input)->requestsLeft, 29);
        QCOMPARE(planChunk(input)->givenUp, 0);
        input.tries = {tried(u"heartrate_1min"_s, day, 7, Now)};
        QCOMPARE(planChunk(input)->requestsLeft, 30);
        input.tries = {tried(u"heartrate_1min"_s, day, 8, Now)};
        QCOMPARE(planChunk(input)->requestsLeft, 29);
        QCOMPARE(planChunk(input)->givenUp, 1);
        QCOMPARE(planChunk(input)->cellsDone, 1);
        // A clock that was put back does not make it wait for the day it came from.
        input.tries = {{u"heartrate_1min"_s, day, 1, Now + 9 * Day, Now + 10 * Day, false}};
        QCOMPARE(planChunk(input)->requestsLeft, 30);
    }

    void whatFailedIsAllThatIsLeft()
    {
        ChunkInput input = thirtyDays();
        input.plan.request.dataTypes = {u"steps"_s};
        input.plan.request.first = Today.addDays(-1);
        input.tries = {tried(u"steps"_s, Today.addDays(-1), 2, Now + 900)};
        const NextStep step = afterChunk({*planChunk(input), {}, 0, Now});
        QCOMPARE(step.state, BackfillState::WaitingForRetry);
        QCOMPARE(step.wakeUtc, Now + 900);
    }

    void aTypeTheServiceRefusesIsLeftAloneAsAWhole()
    {
        ChunkInput input = thirtyDays();
        input.tries = {tried(u"heartrate_1min"_s, Today.addDays(-1), 1, Now + Day, true)};
        QCOMPARE(planChunk(input)->requestsLeft, 1 + 5);
        input.nowUtc = Now + Day;
        QCOMPARE(planChunk(input)->requestsLeft, 1 + 5 + 30);
        input.tries = {tried(u"heartrate_1min"_s, Today.addDays(-1), 8, Now, true)};
        QCOMPARE(planChunk(input)->givenUp, 30);
    }

    void typesWithoutTheirScopeAreNotCounted()
    {
        ChunkInput input = thirtyDays();
        input.plan.granted = {u"scope of steps"_s};
        const Chunk chunk = *planChunk(input);
        QCOMPARE(chunk.cellsTotal, 30);
        QCOMPARE(chunk.notPermitted, 60);
        input.plan.granted = {u"another"_s};
        const NextStep step = afterChunk({*planChunk(input), {}, 0, Now});
        QCOMPARE(step.state, BackfillState::NeedsPerson);
        QCOMPARE(step.why->kind, ErrorKind::ScopeMissing);
    }

    void afterAPiece_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<BackfillState>("state");
        QTest::addColumn<qint64>("wait");
        QTest::addColumn<int>("tries");
        QTest::newRow("not understood")
            << ErrorKind::NotUnderstood << BackfillState::Running << qint64(0) << 1;
        QTest::newRow("refused") << ErrorKind::RequestRefused << BackfillState::Running << qint64(0) << 1;
        QTest::newRow("offline") << ErrorKind::Network << BackfillState::WaitingForNetwork << qint64(60) << 0;
        QTest::newRow("failing") << ErrorKind::ServiceFailing << BackfillState::WaitingForService
                                 << qint64(60) << 0;
        QTest::newRow("token") << ErrorKind::TokenRefused << BackfillState::NeedsPerson << 6 * Hour << 0;
        QTest::newRow("another run") << ErrorKind::Busy << BackfillState::WaitingForRetry << qint64(300) << 0;
    }

    void afterAPiece()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(BackfillState, state);
        QFETCH(qint64, wait);
        QFETCH(int, tries);
        const NextStep step = afterChunk(endWith(kind));
        QCOMPARE(step.state, state);
        QCOMPARE(step.wakeUtc.value_or(Now) - Now, wait);
        QCOMPARE(step.failed.size(), tries);
    }

    void whatStopsTheWholeRunStopsTheBackfill()
    {
        ChunkEnd end = endWith(std::nullopt, true);
        QCOMPARE(afterChunk(end).state, BackfillState::Running);
        end.report.part.nextAtUtc = Now + 1234;
        QCOMPARE(afterChunk(end).state, BackfillState::WaitingForQuota);
        QCOMPARE(afterChunk(end).wakeUtc, Now + 1234);
        end = endWith(std::nullopt, true);
        Error gone;
        gone.kind = ErrorKind::ServiceGone;
        end.report.providerStopped = gone;
        QCOMPARE(afterChunk(end).state, BackfillState::NeedsPerson);
    }

    void aServiceThatKeepsFailingIsAskedLessOftenAndItsCellsAreBounded()
    {
        ChunkEnd end = endWith(ErrorKind::ServiceFailing);
        qint64 before = 0;
        for (int row = 0; row < 8; ++row) {
            end.failuresInRow = row;
            const NextStep step = afterChunk(end);
            QVERIFY(step.serviceFailed);
            QVERIFY(*step.wakeUtc - Now >= before && *step.wakeUtc - Now <= Hour);
            before = *step.wakeUtc - Now;
            QCOMPARE(step.failed.size(), row < 3 ? 0 : 1);
        }
        QCOMPARE(before, Hour);
        end = endWith(ErrorKind::Network);
        end.failuresInRow = 8;
        QVERIFY(*afterChunk(end).wakeUtc - Now <= 300); // the network comes back without notice
    }

    void noCellIsAskedMoreThanSevenTimesADay()
    {
        QList<BackfillTry> tries;
        qint64 now = Now;
        int asked = 0;
        while (now < Now + Day) {
            ++asked;
            const BackfillTry failed{u"steps"_s, Today, 1, now, nextTryUtc(ErrorKind::ServiceFailing, 1, now),
                                     false};
            tries = withEarlier({failed}, tries);
            QCOMPARE(tries.first().tries, asked);
            now = tries.first().nextTryUtc;
        }
        QCOMPARE(asked, 7);
        QCOMPARE(nextTryUtc(ErrorKind::NotUnderstood, 1, Now), Now + Day);
    }

    void waitsByTheWallClock_data()
    {
        QTest::addColumn<BackfillState>("state");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<bool>("due");
        const auto quota = BackfillState::WaitingForQuota;
        QTest::newRow("before") << quota << Now + 599 << false;
        QTest::newRow("on the second") << quota << Now + 600 << true;
        QTest::newRow("the computer slept") << quota << Now + 9 * Day << true;
        QTest::newRow("the clock was put back") << quota << Now - 1 << true;
        QTest::newRow("interrupted") << BackfillState::Interrupted << Now << true;
        QTest::newRow("running") << BackfillState::Running << Now + Day << false;
        QTest::newRow("paused") << BackfillState::Paused << Now + Day << false;
        QTest::newRow("done") << BackfillState::Done << Now + Day << false;
        QTest::newRow("cancelled") << BackfillState::Cancelled << Now + Day << false;
    }

    void waitsByTheWallClock()
    {
        QFETCH(BackfillState, state);
        QFETCH(qint64, now);
        QFETCH(bool, due);
        BackfillStatus status;
        status.state = state;
        status.changedUtc = Now;
        status.nextWakeUtc = Now + 600;
        QCOMPARE(isDue(status, now), due);
        QCOMPARE(backfillStateFromName(backfillStateName(state)), state);
    }
};

QTEST_GUILESS_MAIN(TestBackfillPlan)
#include "tst_backfillplan.moc"
