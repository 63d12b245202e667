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

SyncReport stopped(ErrorKind kind, const QList<ReportCell> &cells = {})
{
    SyncReport made = report(cells);
    made.stopped = Error{};
    made.stopped->kind = kind;
    return made;
}

/// A sync of that account in which the service refused it as a whole.
SyncReport refused(const AccountKey &account)
{
    ReportCell steps = cell(CellState::Provisional, true);
    steps.key.account = account;
    steps.error = ErrorKind::AccountRefused;
    steps.reason = u"Fitbit gives out no data of this account. Move the tracker to it."_s;
    ReportCell heart = steps;
    heart.key.dataType = u"heartrate_1min"_s;
    return report({steps, heart});
}

BackfillStatus history(BackfillState state, std::optional<ErrorKind> problem = {}, int done = 100)
{
    BackfillStatus made;
    made.account = ada;
    made.state = state;
    made.first = QDate(2016, 11, 27);
    made.dataTypes = {u"steps"_s, u"heartrate_1min"_s};
    made.cellsDone = done;
    made.cellsTotal = 7'305;
    made.problem = problem;
    if (state == BackfillState::NeedsPerson)
        made.reason = u"The folder is full. Make room there."_s;
    return made;
}

BackfillStatus standing(ErrorKind problem, int done = 100)
{
    return history(BackfillState::NeedsPerson, problem, done);
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

    void anAccountThatIsRefusedIsNamed()
    {
        Attention attention;
        const auto told = attention.hear(refused(ada), false);
        QVERIFY(told);
        QCOMPARE(told->title, u"Account refused: ada"_s);
        QCOMPARE(told->body, u"Fitbit gives out no data of this account. Move the tracker to it."_s);
        QVERIFY(!attention.hear(refused(ada), false));
        const AccountKey bob{u"bob"_s, u"fitbit"_s};
        const auto other = attention.hear(refused(bob), false);
        QVERIFY(other);
        QCOMPARE(other->title, u"Account refused: bob"_s);
        // Neither a sync of somebody else nor one that reached nobody ends it.
        QVERIFY(attention.hear(stopped(ErrorKind::Network), false));
        QVERIFY(!attention.hear(refused(ada), false));
        QVERIFY(!attention.hear(report({cell(CellState::Complete)}), false));
        QVERIFY(attention.hear(refused(ada), false));
        QVERIFY(!attention.hear(refused(bob), false));
    }

    void histories_data()
    {
        QTest::addColumn<BackfillStatus>("one");
        QTest::addColumn<bool>("told");
        const auto row = [](const char *name, const BackfillStatus &one, bool told) {
            QTest::newRow(name) << one << told;
        };
        row("disk", standing(ErrorKind::Storage), true);
        row("reconnect", standing(ErrorKind::TokenRefused), true);
        row("permission", standing(ErrorKind::ScopeMissing), true);
        row("service gone", standing(ErrorKind::ServiceGone), true);
        row("project", standing(ErrorKind::ProjectRefused), true);
        row("account", standing(ErrorKind::AccountRefused), true);
        row("disconnected", standing(ErrorKind::NotConnected), true);
        row("running", history(BackfillState::Running), false);
        row("interrupted", history(BackfillState::Interrupted), false);
        row("request limit", history(BackfillState::WaitingForQuota, ErrorKind::RateLimited), false);
        row("offline", history(BackfillState::WaitingForNetwork, ErrorKind::Network), false);
        row("in trouble", history(BackfillState::WaitingForService, ErrorKind::ServiceFailing), false);
        row("another run", history(BackfillState::WaitingForRetry, ErrorKind::Busy), false);
        row("paused", history(BackfillState::Paused), false);
        row("done", history(BackfillState::Done), false);
        row("cancelled", history(BackfillState::Cancelled), false);
    }

    void histories()
    {
        QFETCH(BackfillStatus, one);
        QFETCH(bool, told);
        QCOMPARE(concernsOf(one).isEmpty(), !told);
        Attention attention;
        const std::optional<Notification> first = attention.hear(one, false);
        QCOMPARE(first.has_value(), told);
        if (!told)
            return;
        QVERIFY((first->title + first->body).contains(u"ada"_s));
        const QString why = one.problem == ErrorKind::TokenRefused ? u"choose Reconnect"_s : one.reason;
        QVERIFY2(first->body.contains(why), qPrintable(first->body));
        QVERIFY(!attention.hear(one, false));
        Attention looking;
        QVERIFY(!looking.hear(one, true));
        QVERIFY(!looking.hear(one, false)); // seen is known
    }

    void aHistoryThatStopsForTheSameAgainIsNotNew()
    {
        Attention attention;
        QVERIFY(!attention.hear(history(BackfillState::Running, {}, 120), false));
        QVERIFY(attention.hear(standing(ErrorKind::AccountRefused), false)); // counted from the piece's begin
        // It is tried by itself after some hours.
        QVERIFY(!attention.hear(history(BackfillState::Running), false));
        QVERIFY(!attention.hear(history(BackfillState::Running, {}, 120), false));
        QVERIFY(!attention.hear(history(BackfillState::WaitingForNetwork, ErrorKind::Network), false));
        QVERIFY(!attention.hear(standing(ErrorKind::AccountRefused), false));
        QVERIFY(attention.hear(standing(ErrorKind::ServiceGone), false));
        // What it stood still for was cured, and is there again.
        QVERIFY(!attention.hear(history(BackfillState::Running, {}, 130), false));
        QVERIFY(attention.hear(standing(ErrorKind::ServiceGone), false));
        // Another one in its place.
        BackfillStatus wider = standing(ErrorKind::ServiceGone, 0);
        wider.first = wider.first.addYears(-1);
        QVERIFY(!attention.hear(history(BackfillState::Cancelled), false));
        QVERIFY(attention.hear(wider, false));
    }

    void theSameTroubleIsToldByOneOfThem_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<SyncReport>("run");
        QTest::newRow("service gone")
            << ErrorKind::ServiceGone << stopped(ErrorKind::ServiceGone, {cell(CellState::Failed, true)});
        QTest::newRow("disk") << ErrorKind::Storage << stopped(ErrorKind::Storage);
        QTest::newRow("account") << ErrorKind::AccountRefused << refused(ada);
        QTest::newRow("permission") << ErrorKind::ScopeMissing
                                    << report({cell(CellState::NotPermitted),
                                               cell(CellState::NotPermitted, false, u"heartrate_1min"_s)});
    }

    void theSameTroubleIsToldByOneOfThem()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(SyncReport, run);
        Attention syncFirst;
        QVERIFY(syncFirst.hear(run, false));
        QVERIFY(!syncFirst.hear(standing(kind), false));
        Attention historyFirst;
        QVERIFY(historyFirst.hear(standing(kind), false));
        QVERIFY(!historyFirst.hear(run, false));
        // Another account's is another trouble, where it is not the service's or the computer's.
        BackfillStatus bobs = standing(kind);
        bobs.account.participant = u"bob"_s;
        const bool ofAccount = kind == ErrorKind::AccountRefused || kind == ErrorKind::ScopeMissing;
        QCOMPARE(syncFirst.hear(bobs, false).has_value(), ofAccount);
        QVERIFY(syncFirst.hear(standing(ErrorKind::ClientRefused), false)); // another kind
    }

    void aReconnectIsToldByTheAccountOrTheHistory()
    {
        Attention attention;
        QVERIFY(!attention.hear(accounts(ConnectionState::Connected), now, false));
        const auto told = attention.hear(standing(ErrorKind::TokenRefused), false);
        QVERIFY(told);
        QCOMPARE(told->title, u"Reconnect Fitbit"_s);
        QVERIFY(!attention.hear(accounts(ConnectionState::Connected), now, false)); // read before that
        QVERIFY(!attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
        QVERIFY(!attention.hear(standing(ErrorKind::KeyUnusable), false));
        // Connected anew, and lost again before the history got any further.
        QVERIFY(!attention.hear(accounts(ConnectionState::Connected), now, false));
        QVERIFY(attention.hear(standing(ErrorKind::TokenRefused), false));
        QVERIFY(!attention.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
    }

    void atTheStartTheAccountIsHeardFirst()
    {
        // The database keeps no kind of trouble.
        const QList<BackfillStatus> kept{history(BackfillState::NeedsPerson)};
        Attention lost;
        QVERIFY(!lost.hear(kept, false));
        const auto reconnect = lost.hear(accounts(ConnectionState::ReconnectNeeded), now, false);
        QVERIFY(reconnect);
        QCOMPARE(reconnect->title, u"Reconnect Fitbit"_s);
        QVERIFY(!lost.hear(accounts(ConnectionState::ReconnectNeeded), now, false));
        QVERIFY(!lost.hear(standing(ErrorKind::TokenRefused), false));

        Attention full;
        QVERIFY(!full.hear(kept, false));
        const auto told = full.hear(accounts(ConnectionState::Connected), now, false);
        QVERIFY(told);
        QCOMPARE(told->title, u"The history of ada needs you"_s);
        QVERIFY(!full.hear(accounts(ConnectionState::Connected), now, false));
        QVERIFY(!full.hear(kept, false));                         // read once more
        QVERIFY(!full.hear(standing(ErrorKind::Storage), false)); // tried once more: now the kind is known
        QVERIFY(full.hear(standing(ErrorKind::ServiceGone), false));

        Attention goesOn;
        QVERIFY(!goesOn.hear(kept, false));
        QVERIFY(!goesOn.hear(history(BackfillState::Running), false));
        QVERIFY(!goesOn.hear(accounts(ConnectionState::Connected), now, false));
    }

    void whoeverIsGoneIsForgotten()
    {
        Attention attention;
        QVERIFY(attention.hear(standing(ErrorKind::Storage), false));
        QVERIFY(!attention.hear(QList<BackfillStatus>(), false));
        QVERIFY(attention.hear(standing(ErrorKind::Storage), false));
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
