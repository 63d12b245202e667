// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests a run makes, and which cells it answers for: the planner alone, without clock, disk or
// network.

#include "sync/planner.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QDate Today(2026, 11, 23);
const AccountKey Account{u"default"_s, u"fitbit"_s};

DataType type(const QString &id, const QString &scope, bool usual = true, int maxDays = 1)
{
    DataType made;
    made.id = id;
    made.title = id;
    made.scope = scope;
    made.inDefaultRun = usual;
    made.maxDaysPerRequest = maxDays;
    return made;
}

PlanInput input()
{
    PlanInput made;
    made.account = Account;
    made.types = {type(u"steps"_s, u"activity"_s), type(u"heartrate_1min"_s, u"heartrate"_s),
                  type(u"sleep"_s, u"sleep"_s, false)};
    made.granted = {u"activity"_s, u"heartrate"_s};
    made.today = Today;
    return made;
}

Cell cell(const QString &dataType, QDate date, CellState state)
{
    Cell made;
    made.key = {Account, dataType, date};
    made.state = state;
    made.hasData = state == CellState::Complete;
    return made;
}

QStringList texts(const Plan &plan)
{
    QStringList list;
    for (const PlannedTask &planned : plan.tasks) {
        const FetchTask &task = planned.task;
        list << task.dataType + u' ' + task.first.toString(Qt::ISODate) +
                    (task.last == task.first ? QString() : u'/' + task.last.toString(Qt::ISODate));
    }
    return list;
}

} // namespace

class TestPlanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutDatesItIsYesterday()
    {
        const Result<Plan> plan = planRun(input());
        QVERIFY(plan);
        // Heart rate first: its readings witness a true zero of the steps.
        QCOMPARE(texts(*plan), (QStringList{u"heartrate_1min 2026-11-22"_s, u"steps 2026-11-22"_s}));
        QCOMPARE(plan->cells.size(), 2);
        QVERIFY(plan->notPermitted.isEmpty());
    }

    void stepsWaitForTheHeartRateOfTheirDay()
    {
        PlanInput asked = input();
        asked.request.first = QDate(2026, 11, 20);
        const Result<Plan> plan = planRun(asked);
        QVERIFY(plan);
        QCOMPARE(texts(*plan), (QStringList{u"heartrate_1min 2026-11-22"_s, u"steps 2026-11-22"_s,
                                            u"heartrate_1min 2026-11-21"_s, u"steps 2026-11-21"_s,
                                            u"heartrate_1min 2026-11-20"_s, u"steps 2026-11-20"_s}));
        for (qsizetype i = 0; i < plan->tasks.size(); ++i)
            QCOMPARE(plan->tasks.at(i).after, i % 2 ? QList<int>{int(i - 1)} : QList<int>());
    }

    void dates_data()
    {
        QTest::addColumn<QDate>("first");
        QTest::addColumn<QDate>("last");
        QTest::addColumn<QDate>("plannedFirst");
        QTest::addColumn<QDate>("plannedLast");
        const QDate none;
        QTest::newRow("one day") << QDate(2026, 3, 1) << QDate(2026, 3, 1) << QDate(2026, 3, 1)
                                 << QDate(2026, 3, 1);
        QTest::newRow("from alone ends yesterday")
            << QDate(2026, 11, 20) << none << QDate(2026, 11, 20) << QDate(2026, 11, 22);
        QTest::newRow("today when asked for") << Today << Today << Today << Today;
        QTest::newRow("days to come are cut off")
            << QDate(2026, 11, 22) << QDate(2027, 1, 1) << QDate(2026, 11, 22) << Today;
        QTest::newRow("future") << QDate(2026, 11, 24) << QDate(2026, 11, 24) << none << none;
        QTest::newRow("reversed") << QDate(2026, 11, 20) << QDate(2026, 11, 19) << none << none;
        QTest::newRow("today alone is no range up to yesterday") << Today << none << none << none;
        QTest::newRow("no date at all") << QDate(2026, 2, 30) << QDate(2026, 2, 30) << none << none;
    }

    void dates()
    {
        QFETCH(QDate, first);
        QFETCH(QDate, last);
        QFETCH(QDate, plannedFirst);
        QFETCH(QDate, plannedLast);
        SyncRequest request;
        request.first = first;
        if (!last.isNull())
            request.last = last;
        const Result<DayRange> days = askedDays(request, Today);
        QCOMPARE(days.has_value(), plannedFirst.isValid());
        if (days) {
            QCOMPARE(days->first, plannedFirst);
            QCOMPARE(days->last, plannedLast);
        } else {
            QCOMPARE(days.error().kind, ErrorKind::BadUsage);
        }
    }

    void settledCellsAreSkippedUnlessTheDayIsNamed()
    {
        PlanInput asked = input();
        const QDate day(2026, 11, 1);
        asked.request.first = day;
        asked.request.last = day;
        asked.cells = {cell(u"steps"_s, day, CellState::Complete),
                       cell(u"heartrate_1min"_s, day, CellState::Empty)};
        QCOMPARE(planRun(asked)->tasks.size(), 0);
        QCOMPARE(planRun(asked)->cells.size(), 2);
        asked.request.askSettledAgain = true;
        QCOMPARE(planRun(asked)->tasks.size(), 2);
    }

    void everyOtherStateIsAskedAgain_data()
    {
        QTest::addColumn<CellState>("state");
        QTest::newRow("provisional") << CellState::Provisional;
        QTest::newRow("partial") << CellState::Partial;
        QTest::newRow("failed") << CellState::Failed;
        QTest::newRow("not permitted") << CellState::NotPermitted;
    }

    void everyOtherStateIsAskedAgain()
    {
        QFETCH(CellState, state);
        PlanInput asked = input();
        asked.request.dataTypes = {u"steps"_s};
        asked.cells = {cell(u"steps"_s, QDate(2026, 11, 22), state)};
        QCOMPARE(texts(*planRun(asked)), QStringList{u"steps 2026-11-22"_s});
    }

    void aMissingScopeStaysOutOfTheDefaultRun()
    {
        PlanInput asked = input();
        asked.granted = {u"activity"_s, u"profile"_s};
        const Result<Plan> plan = planRun(asked);
        QCOMPARE(texts(*plan), QStringList{u"steps 2026-11-22"_s});
        QCOMPARE(plan->cells.size(), 1);
        QVERIFY(plan->notPermitted.isEmpty());
    }

    void aMissingScopeAskedForByNameIsReported()
    {
        PlanInput asked = input();
        asked.request.dataTypes = {u"steps"_s, u"sleep"_s};
        const Result<Plan> plan = planRun(asked);
        QCOMPARE(texts(*plan), QStringList{u"steps 2026-11-22"_s});
        QCOMPARE(plan->cells.size(), 2);
        QCOMPARE(plan->notPermitted.size(), 1);
        QCOMPARE(plan->notPermitted.first().dataType, u"sleep"_s);
    }

    void withNoScopeLeftTheRunSaysSoInsteadOfNothing()
    {
        PlanInput asked = input();
        asked.granted = {u"profile"_s};
        const Result<Plan> plan = planRun(asked);
        QVERIFY(plan->tasks.isEmpty());
        QCOMPARE(plan->notPermitted.size(), 2);
    }

    void unknownScopesOfAnOldRowForbidNothing()
    {
        PlanInput asked = input();
        asked.granted.clear();
        QCOMPARE(planRun(asked)->tasks.size(), 2);
    }

    void neighbouringDaysShareARequestWhereTheTypeAllows()
    {
        PlanInput asked = input();
        asked.types = {type(u"sleep"_s, u"activity"_s, true, 3)};
        asked.request.first = QDate(2026, 11, 10);
        asked.request.last = QDate(2026, 11, 17);
        asked.cells = {cell(u"sleep"_s, QDate(2026, 11, 15), CellState::Complete)};
        QCOMPARE(texts(*planRun(asked)),
                 (QStringList{u"sleep 2026-11-16/2026-11-17"_s, u"sleep 2026-11-12/2026-11-14"_s,
                              u"sleep 2026-11-10/2026-11-11"_s}));
        QCOMPARE(planRun(asked)->cells.size(), 8);
    }

    void aYearIsPlannedNewestFirst()
    {
        PlanInput asked = input();
        asked.request.first = QDate(2025, 11, 23);
        const Result<Plan> plan = planRun(asked);
        QCOMPARE(plan->tasks.size(), 2 * 365);
        for (qsizetype i = 1; i < plan->tasks.size(); ++i)
            QVERIFY(plan->tasks.at(i - 1).task.last >= plan->tasks.at(i).task.last);
    }
};

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"
