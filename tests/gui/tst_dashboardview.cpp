// SPDX-License-Identifier: GPL-3.0-or-later

// The table of the window's states: sentence, tone and the one primary button, without a widget.

#include "gui/dashboardview.h"
#include "gui/statecolors.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 now = 1795425120; // 2026-11-23 09:12 UTC

DashboardFacts ready(ConnectionState state)
{
    DashboardFacts facts;
    facts.account.provider = u"fitbit"_s;
    facts.provider = u"Fitbit"_s;
    facts.store = StoreState::Open;
    AccountStatus status;
    status.key = facts.account;
    status.state = state;
    facts.status = status;
    return facts;
}

SyncReport reportOf(CellState state)
{
    SyncReport report;
    ReportCell cell;
    cell.key.dataType = u"steps"_s;
    cell.key.date = QDate(2026, 11, 22);
    cell.state = state;
    report.cells << cell;
    return report;
}

} // namespace

class TestDashboardView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachStateHasItsSentenceAndButton_data();
    void eachStateHasItsSentenceAndButton();
    void theQuotaCountsDownAndEnds();
    void aCancelIsPressedOnce();
    void lastSyncIsTold();
    void stateColoursAreReadable_data();
    void stateColoursAreReadable();
};

void TestDashboardView::eachStateHasItsSentenceAndButton_data()
{
    QTest::addColumn<DashboardFacts>("facts");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("sentencePart");
    QTest::addColumn<int>("tone");
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("button");

    const auto row = [](const char *name, const DashboardFacts &facts, const QString &status,
                        const QString &part, Tone tone, PrimaryAction action, const QString &button) {
        QTest::newRow(name) << facts << status << part << int(tone) << int(action) << button;
    };
    using enum PrimaryAction;

    DashboardFacts facts;
    facts.provider = u"Fitbit"_s;
    row("starting", facts, u"Status: Starting"_s, u"Opening"_s, Tone::Busy, None, u"&Connect"_s);

    facts = ready(ConnectionState::NotConnected);
    facts.store = StoreState::Failed;
    facts.openError = Error{};
    facts.openError->kind = ErrorKind::Storage;
    facts.openError->detail = u"/x.db is not a database."_s;
    row("store trouble", facts, u"Status: Your data cannot be opened"_s, u"/x.db"_s, Tone::Problem, OpenAgain,
        u"T&ry again"_s);

    facts = ready(ConnectionState::NotConnected);
    facts.configured = false;
    row("no credentials", facts, u"Status: Not set up"_s, u"Fitbit"_s, Tone::Neutral, TryDemo,
        u"&Try the demo"_s);
    row("not configured, says the worker", ready(ConnectionState::NotConfigured), u"Status: Not set up"_s,
        u"Fitbit"_s, Tone::Neutral, TryDemo, u"&Try the demo"_s);

    row("not connected", ready(ConnectionState::NotConnected), u"Status: Not connected"_s, u"Fitbit"_s,
        Tone::Neutral, Connect, u"&Connect"_s);

    facts = ready(ConnectionState::NotConnected);
    facts.connecting = true;
    row("preparing", facts, u"Status: Connecting"_s, u"Preparing"_s, Tone::Busy, CancelConnect, u"Ca&ncel"_s);
    facts.authorizeUrl = QUrl(u"https://example.org"_s);
    row("in the browser", facts, u"Status: Connecting"_s, u"browser"_s, Tone::Busy, CancelConnect,
        u"Ca&ncel"_s);

    facts = ready(ConnectionState::Connected);
    row("never synced", facts, u"Status: Connected"_s, u"yesterday"_s, Tone::Good, SyncNow, u"&Sync now"_s);
    facts.disconnecting = true;
    row("disconnecting", facts, u"Status: Disconnecting"_s, u"permission"_s, Tone::Busy, None,
        u"Disconnecting"_s);

    facts = ready(ConnectionState::Connected);
    facts.syncing = true;
    row("planning", facts, u"Status: Syncing"_s, u"missing"_s, Tone::Busy, CancelSync, u"Ca&ncel"_s);
    facts.progress.text = u"Fitbit, steps"_s;
    row("syncing", facts, u"Status: Syncing"_s, u"Fitbit, steps"_s, Tone::Busy, CancelSync, u"Ca&ncel"_s);

    facts = ready(ConnectionState::Connected);
    facts.report = reportOf(CellState::Failed);
    row("failed", facts, u"Status: Connected"_s, u"nothing"_s, Tone::Problem, SyncNow, u"&Sync now"_s);
    facts.report->cells << reportOf(CellState::Complete).cells;
    row("partly", facts, u"Status: Connected"_s, u"part"_s, Tone::Attention, SyncNow, u"&Sync now"_s);
    facts.report = reportOf(CellState::Empty);
    row("nothing that day", facts, u"Status: Connected"_s, u"has nothing"_s, Tone::Neutral, SyncNow,
        u"&Sync now"_s);
    facts.report = reportOf(CellState::NotPermitted);
    row("not permitted", facts, u"Status: Connected"_s, u"not allowed"_s, Tone::Attention, Reconnect,
        u"&Reconnect"_s);
    facts.report = SyncReport{};
    facts.report->stopped = Error{};
    facts.report->stopped->kind = ErrorKind::Busy;
    row("another run", facts, u"Status: Another sync is going"_s, u"Another Wristkeep"_s, Tone::Attention,
        SyncNow, u"&Sync now"_s);
    facts.report->stopped->kind = ErrorKind::Storage;
    facts.report->stopped->detail = u"/x cannot be written."_s;
    row("folder in trouble", facts, u"Status: Cannot save"_s, u"/x"_s, Tone::Problem, SyncNow,
        u"&Sync now"_s);
    facts.report.reset();
    facts.offline = true;
    row("offline", facts, u"Status: Offline"_s, u"could not be reached"_s, Tone::Attention, SyncNow,
        u"&Sync now"_s);
    facts = ready(ConnectionState::NotConnected);
    facts.offline = true;
    row("offline at the sign-in", facts, u"Status: Offline"_s, u"could not be reached"_s, Tone::Attention,
        Connect, u"&Connect"_s);

    facts = ready(ConnectionState::Connected);
    facts.status->quota.exhausted = true;
    facts.status->quota.resetAtUtc = now + 600;
    row("quota", facts, u"Status: Waiting for the request limit"_s, u"in 10:00"_s, Tone::Attention, SyncNow,
        u"&Sync now"_s);

    facts = ready(ConnectionState::Connected);
    facts.status->refreshEndsAt = double(now + 6 * 86'400);
    row("ends in six days", facts, u"Status: Connected"_s, u"yesterday"_s, Tone::Good, SyncNow,
        u"&Sync now"_s);
    facts.status->refreshEndsAt = double(now + 2 * 86'400);
    row("ends in two days", facts, u"Status: Reconnect soon"_s, u"Permission ends in 2 days"_s,
        Tone::Attention, Reconnect, u"&Reconnect"_s);
    facts.report = reportOf(CellState::Complete);
    facts.status->refreshEndsAt = double(now + 90 * 60);
    row("ends in hours, after a good run", facts, u"Status: Reconnect soon"_s, u"ends in 90 minutes"_s,
        Tone::Attention, Reconnect, u"&Reconnect"_s);
    facts.report = reportOf(CellState::Failed);
    row("ends soon, and a failed run", facts, u"Status: Connected"_s, u"nothing"_s, Tone::Problem, SyncNow,
        u"&Sync now"_s);
    facts.report.reset();
    facts.status->refreshEndsAt = double(now - 5);
    row("ended by this clock", facts, u"Status: Reconnect soon"_s, u"Permission has ended"_s, Tone::Attention,
        Reconnect, u"&Reconnect"_s);

    row("reconnect", ready(ConnectionState::ReconnectNeeded), u"Status: Reconnect needed"_s, u"no longer"_s,
        Tone::Attention, Reconnect, u"&Reconnect"_s);
    facts = ready(ConnectionState::ReconnectNeeded);
    facts.status->reason = u"The sealing key has changed."_s;
    row("reconnect, with the reason", facts, u"Status: Reconnect needed"_s, u"sealing key"_s, Tone::Attention,
        Reconnect, u"&Reconnect"_s);

    facts = ready(ConnectionState::Connected);
    facts.serviceGone = true;
    row("service gone", facts, u"Status: Service closed"_s, u"2 November 2026"_s, Tone::Problem, OpenSettings,
        u"S&ettings…"_s);
    facts.successor = u"Google Health"_s;
    row("service gone, with a successor", facts, u"Status: Service closed"_s,
        u"What is here stays, and Google Health goes on with it."_s, Tone::Problem, MoveOver,
        u"&Move to Google Health"_s);
    facts.serviceGone = false;
    facts.endedUtc = now;
    row("ended by the calendar", facts, u"Status: Service closed"_s, u"2 November 2026"_s, Tone::Problem,
        MoveOver, u"&Move to Google Health"_s);
    facts.endedUtc = now + 1;
    row("not ended yet", facts, u"Status: Connected"_s, u"Nothing synced yet"_s, Tone::Good, SyncNow,
        u"&Sync now"_s);
    facts.movingOver = true;
    row("moving over", facts, u"Status: Moving to Google Health"_s, u"stays"_s, Tone::Neutral, StayHere,
        u"&Later"_s);
    facts = ready(ConnectionState::NotConfigured);
    facts.configured = false;
    facts.services = {{u"fitbit"_s, u"Fitbit"_s, false}, {u"google-health"_s, u"Google Health"_s, true}};
    row("not set up, beside one that is", facts, u"Status: Not set up"_s, u"its data stays"_s, Tone::Neutral,
        OpenSettings, u"S&ettings…"_s);
    facts.successor = u"Google Health"_s;
    facts.endedUtc = now;
    row("not set up, ended, beside one that is", facts, u"Status: Service closed"_s, u"stays"_s,
        Tone::Problem, MoveOver, u"&Move to Google Health"_s);
    facts = ready(ConnectionState::NotConnected);
    facts.predecessor = u"Fitbit"_s;
    row("the successor, not connected yet", facts, u"Status: Not connected"_s,
        u"Fitbit closed its service on 2 November 2026."_s, Tone::Neutral, Connect, u"&Connect"_s);
}

void TestDashboardView::eachStateHasItsSentenceAndButton()
{
    QFETCH(DashboardFacts, facts);
    const DashboardView view = dashboardView(facts, now);
    QTEST(view.status, "status");
    QFETCH(QString, sentencePart);
    QVERIFY2(view.sentence.contains(sentencePart), qPrintable(view.sentence));
    QTEST(int(view.tone), "tone");
    QTEST(int(view.action), "action");
    QTEST(view.actionText, "button");
    QCOMPARE(view.showsConnecting, facts.connecting);
    QCOMPARE(view.showsSetup, view.action == PrimaryAction::TryDemo || facts.movingOver);
    const bool connected = facts.status && facts.status->state == ConnectionState::Connected;
    QCOMPARE(view.maySync, connected && view.tone != Tone::Busy && !facts.movingOver);
    // While something is under way there is nothing else to start.
    if (view.tone == Tone::Busy)
        QVERIFY(!view.maySync && !view.mayConnect && !view.mayDisconnect && !view.mayChoose);
}

void TestDashboardView::theQuotaCountsDownAndEnds()
{
    DashboardFacts facts = ready(ConnectionState::Connected);
    facts.status->quota.exhausted = true;
    facts.status->quota.resetAtUtc = now + 600;
    QVERIFY(dashboardView(facts, now + 90).sentence.contains(u"in 8:30"_s));
    QVERIFY(dashboardView(facts, now + 90).countsDown);
    QVERIFY(!dashboardView(facts, now + 600).countsDown);
    QCOMPARE(dashboardView(facts, now + 600).status, u"Status: Connected"_s);
}

void TestDashboardView::aCancelIsPressedOnce()
{
    DashboardFacts facts = ready(ConnectionState::Connected);
    facts.syncing = true;
    QVERIFY(dashboardView(facts, now).actionEnabled);
    facts.cancelling = true;
    QVERIFY(!dashboardView(facts, now).actionEnabled);
    QCOMPARE(dashboardView(facts, now).status, u"Status: Stopping"_s);
}

void TestDashboardView::lastSyncIsTold()
{
    DashboardFacts facts = ready(ConnectionState::Connected);
    facts.status->lastRunUtc = now - 60;
    QVERIFY(dashboardView(facts, now).sentence.startsWith(u"Last sync: today"_s));
    // A run that was stopped by hand is no trouble.
    facts.report = reportOf(CellState::Failed);
    facts.report->cancelled = true;
    QCOMPARE(dashboardView(facts, now).tone, Tone::Good);
}

void TestDashboardView::stateColoursAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QPalette light(QColor(0xef, 0xef, 0xef), QColor(0xef, 0xef, 0xef));
    light.setColor(QPalette::Base, Qt::white);
    QTest::newRow("light") << light;
    QPalette dark(QColor(0x2b, 0x2d, 0x30), QColor(0x2b, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    QTest::newRow("dark") << dark;
    QPalette sepia(QColor(0xe8, 0xd8, 0xb8), QColor(0xd9, 0xc3, 0x9a));
    sepia.setColor(QPalette::Base, QColor(0xe8, 0xd8, 0xb8));
    QTest::newRow("tinted") << sepia;
    QPalette pale = light;
    pale.setColor(QPalette::Highlight, QColor(0xa0, 0xd0, 0xff));
    pale.setColor(QPalette::HighlightedText, Qt::white);
    QTest::newRow("pale highlight") << pale;
}

void TestDashboardView::stateColoursAreReadable()
{
    QFETCH(QPalette, palette);
    for (const Tone tone : {Tone::Neutral, Tone::Busy, Tone::Good, Tone::Attention, Tone::Problem}) {
        const QColor color = toneColor(tone, palette);
        QVERIFY(contrastRatio(color, palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrastRatio(color, palette.color(QPalette::Window)) >= 4.5);
    }
    QVERIFY(contrastRatio(accentColor(palette), palette.color(QPalette::HighlightedText)) >= 4.5);
    QCOMPARE(qRound(contrastRatio(Qt::white, Qt::black)), 21);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestDashboardView)
#include "tst_dashboardview.moc"
