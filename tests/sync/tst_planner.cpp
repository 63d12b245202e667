// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests a run makes, and which cells it answers for: the planner alone, without clock, disk or
// network.

#include "support/cputime.h"
#include "sync/planner.h"

#include "providers/registry.h"
#include "sync/estimator.h"

#include <QRandomGenerator>
#include <QSet>
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

Plan yearOf(const DataType &asked, const QByteArray &zone = "Europe/Berlin")
{
    PlanInput made = input();
    made.types = {asked};
    made.granted.clear();
    made.request.dataTypes = {asked.id};
    made.request.first = Today.addDays(-365);
    made.zone.zone = QTimeZone(zone);
    return *planRun(made);
}

/// A range, a ledger and types nobody would think of.
PlanInput anyInput(QRandomGenerator &dice)
{
    const QList<QByteArray> zones{"Europe/Berlin", "America/New_York",  "Australia/Lord_Howe",
                                  "Asia/Tokyo",    "Africa/Casablanca", "UTC"};
    PlanInput made = input();
    made.granted.clear();
    made.zone.zone = QTimeZone(zones.at(dice.bounded(int(zones.size()))));
    made.request.first = Today.addDays(-dice.bounded(1, 500));
    made.request.last = made.request.first->addDays(dice.bounded(0, 400));
    made.request.askSettledAgain = dice.bounded(8) == 0;
    made.types.clear();
    const QStringList ids{u"steps"_s, u"heartrate_1min"_s, u"sleep"_s, u"weight"_s};
    const double density = dice.generateDouble();
    for (const QString &id : ids) {
        DataType any = type(id, {}, true, std::max(1, dice.bounded(120) - 20));
        if (dice.bounded(2) == 0)
            any.maxHoursPerRequest = any.maxDaysPerRequest * 24;
        made.types << any;
        for (QDate day = *made.request.first; day <= *made.request.last; day = day.addDays(1)) {
            if (dice.generateDouble() < density)
                made.cells << cell(id, day, CellState(dice.bounded(6)));
        }
    }
    return made;
}

bool isWanted(const PlanInput &input, const CellKey &key)
{
    if (key.date > input.today)
        return false;
    const auto known = std::find_if(input.cells.begin(), input.cells.end(),
                                    [&key](const Cell &each) { return each.key == key; });
    return input.request.askSettledAgain || known == input.cells.end() ||
           (known->state != CellState::Complete && known->state != CellState::Empty);
}

qint64 hoursOf(const FetchTask &task, const Zone &zone)
{
    return (civilDay(task.last, zone).endUtc() - civilDay(task.first, zone).startUtc) / 3600;
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
        QCOMPARE(texts(*plan), (QStringList{u"steps 2026-11-22"_s, u"heartrate_1min 2026-11-22"_s}));
        QCOMPARE(plan->cells.size(), 2);
        QVERIFY(plan->notPermitted.isEmpty());
    }

    void asFineTypesGoTogetherFromDayToDay()
    {
        PlanInput asked = input();
        asked.request.first = QDate(2026, 11, 20);
        const Result<Plan> plan = planRun(asked);
        QVERIFY(plan);
        QCOMPARE(texts(*plan), (QStringList{u"steps 2026-11-22"_s, u"heartrate_1min 2026-11-22"_s,
                                            u"steps 2026-11-21"_s, u"heartrate_1min 2026-11-21"_s,
                                            u"steps 2026-11-20"_s, u"heartrate_1min 2026-11-20"_s}));
    }

    void coarseBeforeFineAndNewestFirst()
    {
        PlanInput asked = input();
        asked.granted.clear();
        asked.types = {type(u"heartrate_1min"_s, {}), type(u"weight"_s, {}, true, 2),
                       type(u"steps"_s, {}, true, 90), type(u"distance"_s, {}, true, 90)};
        asked.request.first = QDate(2026, 11, 19);
        QCOMPARE(texts(*planRun(asked)),
                 (QStringList{u"steps 2026-11-19/2026-11-22"_s, u"distance 2026-11-19/2026-11-22"_s,
                              u"weight 2026-11-21/2026-11-22"_s, u"weight 2026-11-19/2026-11-20"_s,
                              u"heartrate_1min 2026-11-22"_s, u"heartrate_1min 2026-11-21"_s,
                              u"heartrate_1min 2026-11-20"_s, u"heartrate_1min 2026-11-19"_s}));
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
    }

    void aYearTakesWhatTheReferenceReckons_data()
    {
        QTest::addColumn<int>("maxDays");
        QTest::addColumn<int>("requests");
        QTest::addColumn<int>("windows");
        // Fitbit's reference, section 6; its windows hold 150 requests.
        QTest::newRow("steps, daily") << 1095 << 1 << 1;
        QTest::newRow("heart rate, daily, a year") << 366 << 1 << 1;
        QTest::newRow("activity calories") << 30 << 13 << 1;
        QTest::newRow("weight logs") << 31 << 12 << 1;
        QTest::newRow("sleep") << 100 << 4 << 1;
        QTest::newRow("heart rate by the minute") << 1 << 365 << 3;
        // Google's, section 4.6: the caps of its roll-ups.
        QTest::newRow("daily roll-up") << 90 << 5 << 1;
        QTest::newRow("roll-up of the heart rate") << 14 << 27 << 1;
    }

    void aYearTakesWhatTheReferenceReckons()
    {
        QFETCH(int, maxDays);
        QFETCH(int, requests);
        QFETCH(int, windows);
        const DataType asked = type(u"steps"_s, {}, true, maxDays);
        const Plan plan = yearOf(asked);
        QCOMPARE(plan.tasks.size(), requests);
        QCOMPARE(plan.cells.size(), 365);
        const ServiceAllowance fitbit = (*findProvider(u"fitbit"_s))->allowance();
        const PlanEstimate estimate = estimateOf(plan, {asked}, fitbit, {}, 1'700'000'000 / 3600 * 3600);
        QCOMPARE(estimate.requests, requests);
        QCOMPARE(estimate.windows, windows);
    }

    void noTypeAsksForMoreThanItsServiceAllows()
    {
        const QHash<QString, int> mostDays{
            {u"fitbit/steps"_s, 1095},
            {u"fitbit/heartrate_1min"_s, 1},
            {u"google-health/steps"_s, 90},
            {u"google-health/steps_1min"_s, 90},
            {u"google-health/heartrate_1min"_s, 14},
        };
        int compared = 0;
        for (const Provider *provider : providers()) {
            for (const DataType &each : provider->dataTypes()) {
                const int most = mostDays.value(provider->id() + u'/' + each.id, each.maxDaysPerRequest);
                compared += mostDays.contains(provider->id() + u'/' + each.id) ? 1 : 0;
                QVERIFY2(each.maxDaysPerRequest <= most, qPrintable(each.id));
                const int cap = std::max(1, each.maxDaysPerRequest);
                // A year without a change of the clock: no request is shorter than the cap lets it be.
                QCOMPARE(yearOf(each, "Asia/Tokyo").tasks.size(), (365 + cap - 1) / cap);
            }
        }
        QCOMPARE(compared, mostDays.size());
    }

    void eachWantedCellIsAskedForExactlyOnce()
    {
        for (quint32 seed = 0; seed < 60; ++seed) {
            QRandomGenerator dice(seed);
            const PlanInput asked = anyInput(dice);
            const QByteArray which = QByteArray::number(seed);
            const Plan plan = *planRun(asked);
            QHash<QString, DataType> types;
            for (const DataType &each : asked.types)
                types.insert(each.id, each);
            QHash<std::pair<QString, QDate>, int> times;
            for (const PlannedTask &planned : plan.tasks) {
                const DataType kind = types.value(planned.task.dataType);
                QVERIFY2(planned.task.first.daysTo(planned.task.last) < kind.maxDaysPerRequest,
                         which.constData());
                if (kind.maxHoursPerRequest > 0 && planned.task.first != planned.task.last)
                    QVERIFY2(hoursOf(planned.task, asked.zone) <= kind.maxHoursPerRequest, which.constData());
                for (QDate day = planned.task.first; day <= planned.task.last; day = day.addDays(1))
                    times[{planned.task.dataType, day}] += planned.settled.contains(day) ? 0 : 1;
            }
            for (const CellKey &key : plan.cells)
                QVERIFY2(times.value({key.dataType, key.date}) == (isWanted(asked, key) ? 1 : 0),
                         which.constData());
            int sum = 0;
            for (const int each : std::as_const(times))
                sum += each;
            const PlanEstimate estimate = estimateOf(plan, asked.types, ServiceAllowance(), {}, 0);
            QCOMPARE(estimate.days, sum);
            QCOMPARE(estimate.requests, plan.tasks.size());
            QCOMPARE(estimate.cells, plan.cells.size());
        }
    }

    void planningGrowsWithTheDaysAlone()
    {
        PlanInput asked = input();
        asked.granted.clear();
        asked.types.clear();
        asked.zone.zone = QTimeZone("Europe/Berlin");
        const QList<int> caps{1095, 1095, 366, 100, 90, 31, 30, 14, 14, 1};
        for (qsizetype i = 0; i < caps.size(); ++i) {
            DataType each = type(u"type%1_%2min"_s.arg(i).arg(i), {}, true, caps.at(i));
            each.maxHoursPerRequest = caps.at(i) == 14 ? 14 * 24 : 0;
            asked.types << each;
        }
        asked.request.first = Today.addDays(-3653);
        // Four times the days may cost four times as much, not sixteen.
        Plan plan;
        const double all = test::cpuMs([&] { plan = *planRun(asked); }, 3);
        QCOMPARE(plan.cells.size(), 36'530);
        asked.request.first = Today.addDays(-3653 / 4);
        const double quarter = test::cpuMs([&] { plan = *planRun(asked); }, 3);
        qInfo("ten years of ten types: %.1f ms; a quarter of them: %.1f ms", all, quarter);
        QVERIFY2(all < 8 * quarter, qPrintable(u"%1 ms, %2 ms"_s.arg(all).arg(quarter)));
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
