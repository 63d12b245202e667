// SPDX-License-Identifier: GPL-3.0-or-later
// The small pure decisions of a run: errors by kind, quota bookkeeping, the report, names, process marks.

#include "sync/catalogue.h"
#include "sync/processmark.h"
#include "sync/quota.h"
#include "sync/runreport.h"
#include "sync/servicepatience.h"
#include "sync/verdict.h"

#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QuotaState quota(int left, qint64 reset)
{
    QuotaState state;
    state.limit = 150;
    state.left = left;
    state.resetAtUtc = reset;
    return state;
}

} // namespace

class TestRunDecisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsByKind_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<bool>("marks");
        QTest::addColumn<bool>("noToken");
        QTest::newRow("network") << ErrorKind::Network << Verdict::CellFails << true << false;
        QTest::newRow("time-out") << ErrorKind::TimedOut << Verdict::CellFails << true << false;
        QTest::newRow("5xx") << ErrorKind::ServiceFailing << Verdict::CellFails << true << false;
        QTest::newRow("other 4xx") << ErrorKind::RequestRefused << Verdict::CellFails << true << false;
        QTest::newRow("not understood") << ErrorKind::NotUnderstood << Verdict::CellFails << true << false;
        QTest::newRow("scope") << ErrorKind::ScopeMissing << Verdict::CellNotPermitted << true << false;
        QTest::newRow("403") << ErrorKind::PermissionDenied << Verdict::CellNotPermitted << true << false;
        QTest::newRow("quota") << ErrorKind::RateLimited << Verdict::QuotaStops << false << false;
        QTest::newRow("token") << ErrorKind::TokenRefused << Verdict::AccountStops << false << true;
        QTest::newRow("not connected") << ErrorKind::NotConnected << Verdict::AccountStops << false << true;
        QTest::newRow("key") << ErrorKind::KeyUnusable << Verdict::AccountStops << false << true;
        QTest::newRow("busy") << ErrorKind::Busy << Verdict::AccountStops << false << false;
        QTest::newRow("account") << ErrorKind::AccountRefused << Verdict::AccountStops << false << false;
        QTest::newRow("project") << ErrorKind::ProjectRefused << Verdict::ProviderStops << false << false;
        QTest::newRow("gone") << ErrorKind::ServiceGone << Verdict::ProviderStops << true << false;
        QTest::newRow("client") << ErrorKind::ClientRefused << Verdict::ProviderStops << false << false;
        QTest::newRow("storage") << ErrorKind::Storage << Verdict::RunStops << false << false;
        QTest::newRow("cancelled") << ErrorKind::Cancelled << Verdict::RunStops << false << false;
    }

    void errorsByKind()
    {
        QFETCH(ErrorKind, kind);
        const Error error = errorOf(kind);
        QTEST(verdictOn(error), "verdict");
        QTEST(marksCells(error), "marks");
        QTEST(meansNoUsableToken(error), "noToken");
    }

    void quotaHeadersThatLagDoNotGiveCallsBack()
    {
        QCOMPARE(mergeQuota(quota(10, 7200), quota(12, 7201)).left, 10);
        QCOMPARE(mergeQuota(quota(10, 7200), quota(9, 7200)).left, 9);
        QCOMPARE(mergeQuota(quota(0, 3600), quota(149, 7200)).left, 149);
        QCOMPARE(mergeQuota(quota(10, 7200), QuotaState()).left, 10);
    }

    void aQuotaStopAlwaysHasAnEndInTheFuture()
    {
        Error error = errorOf(ErrorKind::RateLimited);
        QCOMPARE(exhaustedQuota({}, error, 3700).resetAtUtc, 7200);
        error.retryAtUtc = 5000;
        QCOMPARE(exhaustedQuota({}, error, 3700).resetAtUtc, 5000);
        error.retryAtUtc = 3000;
        QCOMPARE(exhaustedQuota({}, error, 3700).resetAtUtc, 7200);
        const QuotaState state = exhaustedQuota(quota(3, 7000), errorOf(ErrorKind::RateLimited), 3700);
        QCOMPARE(state.resetAtUtc, 7000);
        QVERIFY(isExhausted(state, 6999));
        QVERIFY(!isExhausted(state, 7000));
    }

    void theReportNamesEachCellWithWhatTheRunMet()
    {
        const AccountKey account{u"default"_s, u"fitbit"_s};
        const QDate day(2026, 11, 22);
        const QList<CellKey> asked{
            {account, u"heartrate_1min"_s, day}, {account, u"steps"_s, day}, {account, u"sleep"_s, day}};
        Cell heart;
        heart.key = asked.at(0);
        heart.state = CellState::Complete;
        Cell steps;
        steps.key = asked.at(1);
        steps.state = CellState::Failed;
        steps.reason = u"from the ledger"_s;
        RunNotes notes;
        notes.add(asked.at(0), {u"today's try failed"_s, true, false, false, ErrorKind::Network});
        SyncReport part;
        part.cells = notes.report(asked, {heart, steps});
        QCOMPARE(part.cells.size(), 3);
        QCOMPARE(part.cells.at(0).state, CellState::Complete);
        QCOMPARE(part.cells.at(0).reason, u"today's try failed"_s);
        QVERIFY(part.cells.at(0).triedAndFailed);
        QCOMPARE(part.cells.at(0).error, ErrorKind::Network);
        QVERIFY(!part.cells.at(1).error);
        QCOMPARE(part.cells.at(1).reason, u"from the ledger"_s);
        QVERIFY(!part.cells.at(2).state);
        QCOMPARE(goodCells(part), 0);
        QCOMPARE(outcomeText(part, 0), u"0 of 3 done. today's try failed"_s);
    }

    void patienceEndsAFailingRunAndOnlyThat()
    {
        ServicePatience patience(std::chrono::milliseconds(60));
        QSignalSpy ended(&patience, &ServicePatience::exhausted);
        patience.noteFailure(0);
        patience.noteSuccess();
        QCOMPARE(patience.failingFor().count(), 0);
        QVERIFY(!ended.wait(150));
        patience.noteFailure(50);
        QVERIFY(patience.failingFor().count() >= 50);
        QVERIFY(ended.wait(2000));
        QVERIFY(patience.isExhausted());
    }

    void dataNames()
    {
        QCOMPARE(resolveDataTypes(u"fitbit"_s, u"heartrate, steps,heartrate_1min"_s).value(),
                 (QStringList{u"heartrate_1min"_s, u"steps"_s}));
        QVERIFY(resolveDataTypes(u"fitbit"_s, u"all"_s).value().size() >= 2);
        for (const QString &wrong : {u"naps"_s, u""_s, u"steps,,"_s}) {
            const Result<QStringList> none = resolveDataTypes(u"fitbit"_s, wrong);
            QVERIFY(!none);
            QCOMPARE(none.error().kind, ErrorKind::BadUsage);
            QVERIFY(none.error().detail.contains(u"heartrate"_s));
        }
        QVERIFY(!findCatalogueEntry(u"fatbit"_s));
    }

    void aLivingProcessIsNeverTakenForGone()
    {
        const QString mine = processMark();
        QVERIFY(!isGone(mine));
        QVERIFY(!isGone(mine + u"|0badcafe"_s));
        QVERIFY(!isGone(u"another machine's mark"_s));
        QStringList parts = mine.split(u'|');
        if (parts.size() < 4)
            QSKIP("this system does not tell processes apart");
        parts[3] = u"1"_s; // the number was given to another process since
        QVERIFY(isGone(parts.join(u'|')));
        parts = mine.split(u'|');
        parts[0] = u"another-boot"_s;
        parts[2] = u"999999999"_s;
        QVERIFY(!isGone(parts.join(u'|')));
        parts[0] = mine.split(u'|').first();
        QVERIFY(isGone(parts.join(u'|')));
    }
};

QTEST_GUILESS_MAIN(TestRunDecisions)
#include "tst_rundecisions.moc"
