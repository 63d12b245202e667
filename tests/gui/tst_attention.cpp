// SPDX-License-Identifier: GPL-3.0-or-later
// What is told outside the window: once for each new state that needs the person, and nothing else.

#include "gui/attention.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1795425120; // 2026-11-23 09:12 UTC
const AccountKey ada{u"ada"_s, u"fitbit"_s};

QList<AccountStatus> accounts(ConnectionState state)
{
    AccountStatus status;
    status.key = ada;
    status.state = state;
    return {status};
}

ReportCell cell(CellState state, bool failed = false, const QString &type = u"steps"_s)
{
    ReportCell made;
    made.key = {ada, type, QDate(2026, 11, 22)};
    made.state = state;
    made.reason = u"a heart rate of 61 was seen"_s; // nothing of a reason may show
    made.triedAndFailed = failed;
    return made;
}

SyncReport report(const QList<ReportCell> &cells)
{
    SyncReport made;
    made.cells = cells;
    return made;
}

SyncReport stopped(ErrorKind kind)
{
    SyncReport made;
    made.stopped = Error{};
    made.stopped->kind = kind;
    return made;
}

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void successIsSilent()
    {
        Attention attention;
        QVERIFY(!attention.hear(accounts(ConnectionState::Connected), now, false));
        QVERIFY(!attention.hear(report({cell(CellState::Complete), cell(CellState::Empty)}), false));
        QVERIFY(!attention.hear(std::optional<Error>(), false));
    }

    void aReconnectIsToldOnceAndAgainWhenItComesBack()
    {
        Attention attention;
        const auto told = attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false);
        QVERIFY(told);
        QVERIFY(told->title.contains(u"Reconnect"_s));
        QVERIFY(told->body.contains(u"ada"_s));
        QVERIFY(!attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
        QVERIFY(!attention.hear(accounts(ConnectionState::Connected), now, false));
        QVERIFY(attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
    }

    void whoeverSeesTheWindowIsNotTold()
    {
        Attention attention;
        QVERIFY(!attention.hear(accounts(ConnectionState::ReconnectNeeded), now, true));
        // Seen is known: looking away does not make it new.
        QVERIFY(!attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
    }

    void aPermissionThatEndsIsToldOnceTwoDaysAhead()
    {
        constexpr qint64 day = 86'400;
        QList<AccountStatus> ending = accounts(ConnectionState::Connected);
        ending.first().refreshEndsAt = double(now + 6 * day);
        Attention attention;
        QVERIFY(!attention.hear(ending, now, false));
        // Only time has passed: no sync, no new look at the account.
        const auto told = attention.hear(ending, now + 4 * day, false);
        QVERIFY(told);
        QVERIFY(told->title.contains(u"soon"_s));
        QVERIFY(told->body.contains(u"ada"_s));
        QVERIFY(!attention.hear(ending, now + 5 * day, false));
        // The end itself is a new state.
        ending.first().state = ConnectionState::ReconnectNeeded;
        QVERIFY(attention.hear(ending, now + 6 * day, false));
        QVERIFY(
            !attention.hear(accounts(ConnectionState::Connected), now, false)); // connected anew, for good
    }

    void runs_data()
    {
        QTest::addColumn<SyncReport>("run");
        QTest::addColumn<bool>("told");
        QTest::newRow("service gone") << stopped(ErrorKind::ServiceGone) << true;
        QTest::newRow("disk") << stopped(ErrorKind::Storage) << true;
        QTest::newRow("offline") << stopped(ErrorKind::Network) << true;
        QTest::newRow("request limit") << stopped(ErrorKind::RateLimited) << false;
        QTest::newRow("another run") << stopped(ErrorKind::Busy) << false;
        QTest::newRow("a day failed") << report({cell(CellState::Failed, true)}) << true;
        QTest::newRow("an old failure not tried again") << report({cell(CellState::Failed)}) << false;
        QTest::newRow("not permitted") << report({cell(CellState::NotPermitted)}) << true;
        ReportCell waits = cell(CellState::Provisional, true);
        waits.waitsForQuota = true;
        QTest::newRow("a day waits") << report({waits}) << false;
        SyncReport cancelled = stopped(ErrorKind::Storage);
        cancelled.cancelled = true;
        QTest::newRow("stopped by the person") << cancelled << false;
        SyncReport reconnect = report({cell(CellState::Failed, true)});
        reconnect.noUsableToken = true;
        QTest::newRow("told by the account instead") << reconnect << false;
    }

    void runs()
    {
        QFETCH(SyncReport, run);
        QFETCH(bool, told);
        Attention attention;
        const std::optional<Notification> first = attention.hear(run, false);
        QCOMPARE(first.has_value(), told);
        if (!told)
            return;
        QVERIFY(!first->title.isEmpty() && !first->body.isEmpty());
        QVERIFY2(!(first->title + first->body).contains(u"61"_s), qPrintable(first->body));
        QVERIFY(!attention.hear(run, false));
    }

    void aFailureThatWasCuredIsNewAgain()
    {
        Attention attention;
        QVERIFY(attention.hear(stopped(ErrorKind::Network), false));
        QVERIFY(!attention.hear(report({cell(CellState::Failed, true)}), false)); // still the same trouble
        QVERIFY(!attention.hear(report({cell(CellState::Complete)}), false));
        QVERIFY(attention.hear(stopped(ErrorKind::Network), false));
    }

    void aMissingPermissionIsOldUntilItIsGranted()
    {
        Attention attention;
        QVERIFY(attention.hear(report({cell(CellState::NotPermitted, false, u"sleep"_s)}), false));
        QVERIFY(!attention.hear(report({cell(CellState::Complete)}), false)); // another kind of data
        QVERIFY(!attention.hear(report({cell(CellState::NotPermitted, false, u"sleep"_s)}), false));
        QVERIFY(attention.hear(report({cell(CellState::NotPermitted, false, u"weight"_s)}), false));
        QVERIFY(!attention.hear(report({cell(CellState::Complete, false, u"sleep"_s)}), false));
        QVERIFY(attention.hear(report({cell(CellState::NotPermitted, false, u"sleep"_s)}), false));
    }

    void dataThatCannotBeOpenedIsTold()
    {
        Attention attention;
        Error error;
        error.kind = ErrorKind::Storage;
        QVERIFY(attention.hear(std::optional<Error>(error), false));
        QVERIFY(!attention.hear(std::optional<Error>(error), false));
    }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
