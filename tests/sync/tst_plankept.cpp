// SPDX-License-Identifier: GPL-3.0-or-later
// The plan that was shown is the run that is made: requests foretold against requests sent, in a world of its
// own.

#include "sync/planlook.h"
#include "sync/syncbench.h"

#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

/// Every file of the folder with its bytes.
QHash<QString, QByteArray> contents(const QString &folder)
{
    QHash<QString, QByteArray> files;
    for (QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         each.hasNext();) {
        QFile file(each.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(file.fileName(), file.readAll());
    }
    return files;
}

QList<AccountPlan> look(const SyncBench &bench, const SyncRequest &request)
{
    const auto plans = lookAtPlans(bench.settings, u"fitbit"_s, {}, request, *bench.clock);
    return plans ? *plans : QList<AccountPlan>();
}

} // namespace

class TestPlanKept : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunSendsTheRequestsItsPlanForetold()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const SyncRequest month = SyncBench::days(QDate(2026, 2, 1), QDate(2026, 3, 10));
        bench.sync(SyncBench::days(QDate(2026, 2, 10), QDate(2026, 2, 20)));

        bench.forgetAsked();
        const QList<AccountPlan> plans = look(bench, month);
        QCOMPARE(plans.size(), 1);
        const PlanEstimate plan = plans.first().estimate;
        QVERIFY(!plans.first().problem);
        QCOMPARE(bench.asked().size(), 0); // to look sends nothing
        QCOMPARE(plan.account, SyncBench::defaultAccount());
        QCOMPARE(plan.cells, 2 * 38);
        QCOMPARE(plan.days, 2 * (38 - 11));
        QVERIFY(plan.leftNow && *plan.leftNow < 150); // the answers' headers told

        QSignalSpy foretold(bench.worker.get(), &SyncWorker::estimated);
        bench.worker->estimate(month);
        QTRY_COMPARE(foretold.count(), 1);
        const auto open = foretold.first().first().value<QList<PlanEstimate>>();
        QCOMPARE(open.first().requests, plan.requests);

        bench.sync(month);
        QCOMPARE(bench.asked().size(), plan.requests + plan.otherRequests);
        QCOMPARE(look(bench, month).first().estimate.requests, 3 + 1); // the last three are provisional
    }

    void theProfileOfTheDayIsForetold()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.clock->advance(25 * 3600);
        const SyncRequest week = SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 7));
        const PlanEstimate plan = look(bench, week).first().estimate;
        QCOMPARE(plan.otherRequests, 1);
        bench.forgetAsked();
        bench.sync(week);
        QStringList data = bench.asked();
        data.removeAll(u"/oauth2/token"_s);
        QCOMPARE(data.size(), plan.requests + 1);
    }

    void aLookWritesNothing()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const SyncRequest week = SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 7));
        QVERIFY(look(bench, week).isEmpty()); // nobody is connected yet
        QVERIFY(bench.connect().connected);
        bench.sync();
        QSignalSpy closed(bench.worker.get(), &SyncWorker::closed);
        bench.worker->close();
        QTRY_COMPARE(closed.count(), 1);
        const QHash<QString, QByteArray> before = contents(bench.folder.path());
        QVERIFY(!before.isEmpty());
        QCOMPARE(look(bench, week).first().estimate.requests, 7 + 1);
        QVERIFY(contents(bench.folder.path()) == before);
    }

    void withoutADatabaseNobodyIsConnected()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        const auto plans = lookAtPlans(bench.settings, u"fitbit"_s, {}, SyncBench::yesterday(), *bench.clock);
        QVERIFY(!plans);
        QCOMPARE(plans.error().kind, ErrorKind::NotConnected);
        QVERIFY(contents(bench.folder.path()).isEmpty());
    }

    void aRangeInTheFutureIsNoPlan()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const auto plans = lookAtPlans(bench.settings, u"fitbit"_s, {},
                                       SyncBench::days(QDate(2027, 1, 1), QDate(2027, 1, 1)), *bench.clock);
        QVERIFY(!plans);
        QCOMPARE(plans.error().kind, ErrorKind::BadUsage);
    }
};

QTEST_GUILESS_MAIN(TestPlanKept)
#include "tst_plankept.moc"
