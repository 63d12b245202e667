// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan is said to cost: quota windows and time against hand-computed hours, pages, disk.

#include "providers/registry.h"
#include "sync/estimator.h"
#include "sync/planner.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 FullHour = 1'700'000'000 / 3600 * 3600;

ServiceAllowance fitbitAllowance()
{
    return (*findProvider(u"fitbit"_s))->allowance();
}

QuotaState told(int left, qint64 reset, bool exhausted = false)
{
    QuotaState quota;
    quota.limit = 150;
    quota.left = left;
    quota.resetAtUtc = reset;
    quota.exhausted = exhausted;
    return quota;
}

Plan planOf(const DataType &type, int days, int daysPerTask)
{
    Plan plan;
    const AccountKey account{u"default"_s, u"fitbit"_s};
    const QDate last(2026, 3, 14);
    for (int i = 0; i < days; ++i)
        plan.cells << CellKey{account, type.id, last.addDays(-i)};
    for (int i = 0; i < days; i += daysPerTask) {
        PlannedTask planned;
        planned.task = {
            account, type.id, last.addDays(-std::min(days, i + daysPerTask) + 1), last.addDays(-i), {}};
        plan.tasks << planned;
    }
    return plan;
}

DataType heartRate(int bytes)
{
    DataType type;
    type.id = u"heartrate_1min"_s;
    type.typicalDayBytes = bytes;
    return type;
}

} // namespace

class TestPlanEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowsOfTheHour_data()
    {
        QTest::addColumn<int>("requests");
        QTest::addColumn<QuotaState>("quota");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<int>("kept");
        QTest::addColumn<int>("windows");
        QTest::addColumn<qint64>("seconds");
        const qint64 half = FullHour + 1800;
        const qint64 next = FullHour + 3600;
        // Ten requests a second at Fitbit's four at once; a minute is waited after each full hour.
        QTest::newRow("nothing") << 0 << QuotaState() << half << 0 << 0 << qint64(0);
        QTest::newRow("all at once") << 100 << QuotaState() << half << 0 << 1 << qint64(10);
        QTest::newRow("one more than an hour holds")
            << 151 << QuotaState() << half << 0 << 2 << qint64(1800 + 60 + 1);
        QTest::newRow("a year of steps and heart rate by the minute")
            << 366 << QuotaState() << FullHour << 0 << 3 << qint64(7200 + 60 + 7);
        QTest::newRow("only seven are left")
            << 10 << told(7, next) << half << 0 << 2 << qint64(1800 + 60 + 1);
        QTest::newRow("none is left") << 10 << told(0, next, true) << half << 0 << 1 << qint64(1800 + 60 + 1);
        QTest::newRow("what was left is of an hour that is over")
            << 100 << told(0, half - 1) << half << 0 << 1 << qint64(10);
        QTest::newRow("what was left was told by a clock put back since")
            << 100 << told(0, half + 86'400) << half << 0 << 1 << qint64(10);
        QTest::newRow("a reserve stays")
            << 131 << told(150, next) << half << 20 << 2 << qint64(1800 + 60 + 1);
        QTest::newRow("less is left than the reserve")
            << 1 << told(19, next) << half << 20 << 1 << qint64(1800 + 60 + 1);
    }

    void windowsOfTheHour()
    {
        QFETCH(int, requests);
        QFETCH(QuotaState, quota);
        QFETCH(qint64, now);
        QFETCH(int, kept);
        QFETCH(int, windows);
        QFETCH(qint64, seconds);
        const Duration duration = durationOf(requests, fitbitAllowance(), quota, now, kept);
        QCOMPARE(duration.windows, windows);
        QCOMPARE(duration.seconds, seconds);
    }

    void googleIsAskedAtItsPace()
    {
        const ServiceAllowance google = (*findProvider(u"google-health"_s))->allowance();
        QVERIFY(secondsPerRequest(google) >= 0.25); // four a second, and never more than 300 a minute
        const Duration duration = durationOf(1'000, google, {}, FullHour);
        QVERIFY2(duration.seconds >= 400 && duration.seconds < 500,
                 qPrintable(QString::number(duration.seconds)));
    }

    void aLongAnswerIsSeveralRequestsWhereTheServiceSendsPages()
    {
        const DataType raw = heartRate(4'000'000);
        ServiceAllowance paged;
        paged.pageBytes = 3'000'000;
        QCOMPARE(estimateOf(planOf(raw, 10, 1), {raw}, paged, {}, 0).requests, 20);
        QCOMPARE(estimateOf(planOf(raw, 10, 1), {raw}, ServiceAllowance(), {}, 0).requests, 10);
    }

    void diskIsReckonedFromTheDaysAndTheirAnswers()
    {
        const DataType minute = heartRate(45'000);
        const PlanEstimate day = estimateOf(planOf(minute, 1, 1), {minute}, fitbitAllowance(), {}, FullHour);
        const PlanEstimate year =
            estimateOf(planOf(minute, 365, 1), {minute}, fitbitAllowance(), {}, FullHour);
        QCOMPARE(day.fileBytes, 45'056); // whole blocks
        QCOMPARE(year.diskBytes(), 365 * day.diskBytes());
        QVERIFY(day.archiveBytes < day.fileBytes);
        QCOMPARE(year.types, (QList<PlanEstimate::OfType>{{minute.id, 365, 365}}));
        QCOMPARE(year.first, QDate(2025, 3, 15));
        QCOMPARE(year.last, QDate(2026, 3, 14));
        QCOMPARE(year.leftNow, 150);
        QCOMPARE(year.finishUtc, FullHour + year.seconds);
    }

    void whatIsKnownCostsNothing()
    {
        Plan plan = planOf(heartRate(45'000), 30, 1);
        plan.tasks.clear();
        const PlanEstimate estimate =
            estimateOf(plan, {heartRate(45'000)}, fitbitAllowance(), told(0, FullHour + 60, true), FullHour);
        QCOMPARE(estimate.cells, 30);
        QCOMPARE(estimate.requests + estimate.days + estimate.windows, 0);
        QCOMPARE(estimate.seconds, 0);
        QCOMPARE(estimate.diskBytes(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPlanEstimate)
#include "tst_planestimate.moc"
