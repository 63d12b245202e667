// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests a run makes, and which cells it answers for: the planner alone, without clock, disk or
// network.

#include "sync/planner.h"

#include <QTest>

#include <tuple>

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

/// Requests and the settled days between wanted ones, of a plan or a guess.
struct Price
{
    qsizetype requests = 0;
    qsizetype between = 0;
    bool operator<(const Price &other) const
    {
        return std::tie(requests, between) < std::tie(other.requests, other.between);
    }
};

/// Tries every way to cut the wanted days of a pattern into requests.
Price cheapest(const QString &pattern, int mostDays)
{
    QList<int> wanted;
    for (int i = 0; i < pattern.size(); ++i) {
        if (pattern.at(i) == u'w')
            wanted << i;
    }
    Price best{1000, 1000};
    for (int cuts = 0; cuts < (1 << std::max<qsizetype>(0, wanted.size() - 1)); ++cuts) {
        Price price;
        qsizetype begin = 0;
        bool fits = true;
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            if (i + 1 < wanted.size() && !(cuts & (1 << i)))
                continue;
            const int days = wanted.at(i) - wanted.at(begin) + 1;
            fits = fits && days <= mostDays;
            ++price.requests;
            price.between += days - (i - begin + 1);
            begin = i + 1;
        }
        if (fits && price < best)
            best = price;
    }
    return wanted.isEmpty() ? Price() : best;
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

    void aRangeBoundedByTheClockIsADayShorterWhereTheClockGoesBack_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("last");
        QTest::addColumn<QStringList>("tasks");
        const QDate summer(2026, 8, 14);
        const QDate autumn(2026, 10, 31);
        QTest::newRow("summer") << QByteArray("Europe/Berlin") << summer
                                << QStringList{u"heartrate_1min 2026-08-01/2026-08-14"_s};
        QTest::newRow("the clock goes back on the 25th")
            << QByteArray("Europe/Berlin") << autumn
            << QStringList{u"heartrate_1min 2026-10-19/2026-10-31"_s, u"heartrate_1min 2026-10-18"_s};
        QTest::newRow("no clock change there")
            << QByteArray("Asia/Tokyo") << autumn << QStringList{u"heartrate_1min 2026-10-18/2026-10-31"_s};
    }

    void aRangeBoundedByTheClockIsADayShorterWhereTheClockGoesBack()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, last);
        QFETCH(QStringList, tasks);
        PlanInput asked = input();
        DataType heart = type(u"heartrate_1min"_s, u"heartrate"_s, true, 14);
        heart.maxHoursPerRequest = 14 * 24;
        asked.types = {heart};
        asked.zone.zone = QTimeZone(zone);
        asked.request.first = last.addDays(-13);
        asked.request.last = last;
        QCOMPARE(texts(*planRun(asked)), tasks);
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

    void aGapOfSettledDaysIsAskedAcrossWhereThatSavesARequest()
    {
        PlanInput asked = input();
        asked.types = {type(u"sleep"_s, u"activity"_s, true, 7)};
        asked.request.first = QDate(2026, 11, 10);
        asked.request.last = QDate(2026, 11, 16);
        asked.cells = {cell(u"sleep"_s, QDate(2026, 11, 12), CellState::Complete),
                       cell(u"sleep"_s, QDate(2026, 11, 13), CellState::Empty)};
        const Plan plan = *planRun(asked);
        QCOMPARE(texts(plan), QStringList{u"sleep 2026-11-10/2026-11-16"_s});
        QCOMPARE(plan.tasks.first().settled, (QList<QDate>{QDate(2026, 11, 12), QDate(2026, 11, 13)}));
        // What becomes of the task is said of the days that were wanted.
        const QList<FetchTask> parts = plan.wantedParts(plan.tasks.first().task);
        QCOMPARE(parts.size(), 2);
        QCOMPARE(parts.first().last, QDate(2026, 11, 11));
        QCOMPARE(parts.last().first, QDate(2026, 11, 14));
        QCOMPARE(plan.wantedParts(FetchTask()).size(), 1);
    }

    void noPlanIsCheaper()
    {
        PlanInput asked = input();
        asked.request.first = QDate(2026, 11, 1);
        asked.request.last = QDate(2026, 11, 10);
        for (int most = 1; most <= 5; ++most) {
            asked.types = {type(u"sleep"_s, u"activity"_s, true, most)};
            for (int bits = 0; bits < (1 << 10); ++bits) {
                asked.cells.clear();
                QString pattern(10, u'w');
                for (int i = 0; i < 10; ++i) {
                    if (!(bits & (1 << i)))
                        continue;
                    pattern[i] = u's';
                    asked.cells << cell(u"sleep"_s, asked.request.first->addDays(i), CellState::Complete);
                }
                const Plan plan = *planRun(asked);
                Price price;
                QString covered(10, u's');
                for (const PlannedTask &planned : plan.tasks) {
                    QVERIFY(planned.task.first.daysTo(planned.task.last) < most);
                    ++price.requests;
                    price.between += planned.settled.size();
                    for (const FetchTask &part : plan.wantedParts(planned.task)) {
                        for (QDate day = part.first; day <= part.last; day = day.addDays(1))
                            covered[asked.request.first->daysTo(day)] = u'w';
                    }
                }
                QCOMPARE(covered, pattern);
                const Price best = cheapest(pattern, most);
                QVERIFY2(!(best < price) && !(price < best), qPrintable(pattern));
            }
        }
    }

    void aQuarterOfDailyTotalsIsOneRequest()
    {
        PlanInput asked = input();
        asked.types = {type(u"steps"_s, u"activity"_s, true, 90),
                       type(u"heartrate_1min"_s, u"heartrate"_s, true, 14)};
        asked.request.first = Today.addDays(-90);
        const Plan plan = *planRun(asked);
        QCOMPARE(plan.tasks.size(), 1 + 7);
        const auto steps = std::find_if(plan.tasks.begin(), plan.tasks.end(), [](const PlannedTask &each) {
            return each.task.dataType == u"steps"_s;
        });
        QCOMPARE(steps->after.size(), 7); // each of its witnesses once
    }

    void trueZerosWaitForNobody()
    {
        PlanInput asked = input();
        asked.types.first().zeroNeedsWitness = false;
        asked.request.first = QDate(2026, 11, 20);
        const Plan plan = *planRun(asked);
        for (const PlannedTask &planned : plan.tasks)
            QVERIFY(planned.after.isEmpty());
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
