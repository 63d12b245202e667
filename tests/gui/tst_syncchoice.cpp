// SPDX-License-Identifier: GPL-3.0-or-later

// What the sync card's choices ask for, and what a run's report means.

#include "gui/runend.h"
#include "gui/syncchoice.h"
#include "gui/synctypesbutton.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QDate today(2026, 11, 23);

QList<DataType> types()
{
    DataType steps;
    steps.id = u"steps"_s;
    steps.title = u"Steps"_s;
    steps.scope = u"activity"_s;
    steps.inDefaultRun = true;
    DataType heart;
    heart.id = u"heartrate_1min"_s;
    heart.title = u"Heart rate, every minute"_s;
    heart.scope = u"heartrate"_s;
    heart.inDefaultRun = true;
    DataType sleep;
    sleep.id = u"sleep"_s;
    sleep.title = u"Sleep"_s;
    sleep.scope = u"sleep"_s;
    return {steps, heart, sleep};
}

ReportCell cell(std::optional<CellState> state, std::optional<ErrorKind> error = {})
{
    ReportCell result;
    result.state = state;
    result.error = error;
    result.triedAndFailed = error.has_value();
    return result;
}

ReportCell waiting()
{
    ReportCell result;
    result.waitsForQuota = true;
    return result;
}

Error stoppedBy(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    return error;
}

} // namespace

class TestSyncChoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachChoiceAsksForItsDays_data();
    void eachChoiceAsksForItsDays();
    void eachChoiceAsksForItsData();
    void theButtonTicksKinds();
    void aReportMeansAState_data();
    void aReportMeansAState();
};

void TestSyncChoice::eachChoiceAsksForItsDays_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QDate>("first");
    QTest::addColumn<QDate>("last");
    QTest::addColumn<QDate>("askedFirst");
    QTest::addColumn<QDate>("askedLast");
    QTest::addColumn<bool>("anew");
    const QDate some(2026, 11, 3);
    const auto row = [](const char *name, DayChoice::Which which, QDate first, QDate last, QDate askedFirst,
                        QDate askedLast, bool anew) {
        QTest::newRow(name) << int(which) << first << last << askedFirst << askedLast << anew;
    };
    // Without days: the participant's own yesterday.
    row("yesterday", DayChoice::Yesterday, some, some, {}, {}, false);
    row("today", DayChoice::TodaySoFar, some, some, today, today, true);
    row("a day", DayChoice::OneDay, some, today, some, some, true);
    row("a week", DayChoice::LastWeek, some, some, {2026, 11, 16}, {2026, 11, 22}, false);
    row("a range", DayChoice::Range, some, {2026, 11, 5}, some, {2026, 11, 5}, false);
    row("a range of one day", DayChoice::Range, some, some, some, some, true);
    row("reversed", DayChoice::Range, {2026, 11, 5}, some, some, {2026, 11, 5}, false);
    row("beyond today", DayChoice::Range, some, today.addDays(9), some, today, false);
    row("in the future", DayChoice::OneDay, today.addDays(9), {}, today, today, true);
}

void TestSyncChoice::eachChoiceAsksForItsDays()
{
    QFETCH(int, which);
    QFETCH(QDate, first);
    QFETCH(QDate, last);
    const SyncRequest request = requestFor({DayChoice::Which(which), first, last}, {}, types(), today);
    QTEST(request.first.value_or(QDate()), "askedFirst");
    QTEST(request.last.value_or(QDate()), "askedLast");
    QTEST(request.askSettledAgain, "anew");
    QVERIFY(request.dataTypes.isEmpty());
    QVERIFY(request.accounts.isEmpty());
}

void TestSyncChoice::eachChoiceAsksForItsData()
{
    QVERIFY(requestFor({}, {}, types(), today).dataTypes.isEmpty());
    QCOMPARE(requestFor({}, {DataChoice::Everything, {}}, types(), today).dataTypes,
             (QStringList{u"steps"_s, u"heartrate_1min"_s, u"sleep"_s}));
    QCOMPARE(requestFor({}, {DataChoice::Some, {u"sleep"_s}}, types(), today).dataTypes,
             QStringList{u"sleep"_s});
    QCOMPARE(dataChoiceInWords({}, types()), u"Steps, Heart rate"_s);
    QCOMPARE(dataChoiceInWords({DataChoice::Everything, {}}, types()), u"Everything"_s);
    QCOMPARE(dataChoiceInWords({DataChoice::Some, {u"sleep"_s}}, types()), u"Sleep"_s);
}

void TestSyncChoice::theButtonTicksKinds()
{
    SyncTypesButton button;
    button.setTypes(types());
    button.resize(300, 30);
    button.setGranted({u"activity"_s, u"heartrate"_s});
    const QList<QAction *> actions = button.menu()->actions();
    QCOMPARE(actions.size(), 6);
    QVERIFY(actions.at(0)->isChecked());
    QVERIFY(actions.at(5)->text().contains(u"not allowed"_s));
    QSignalSpy chosen(&button, &SyncTypesButton::chosen);
    actions.at(5)->trigger();
    actions.at(3)->trigger();
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(button.choice().types, (QStringList{u"steps"_s, u"sleep"_s}));
    QCOMPARE(button.text(), u"Steps, Sleep"_s);
    QVERIFY(!actions.at(0)->isChecked());
    // Nothing ticked any more is the usual choice, never an empty one.
    actions.at(5)->trigger();
    actions.at(3)->trigger();
    QCOMPARE(int(button.choice().which), int(DataChoice::DefaultRun));
    QVERIFY(actions.at(0)->isChecked());
    actions.at(1)->trigger();
    QCOMPARE(int(button.choice().which), int(DataChoice::Everything));
    // A name that does not fit is shortened, and told in full.
    actions.at(0)->trigger();
    button.show();
    button.resize(90, 30);
    QVERIFY(button.text().endsWith(u'…'));
    QCOMPARE(button.toolTip(), u"Steps, Heart rate"_s);
}

void TestSyncChoice::aReportMeansAState_data()
{
    QTest::addColumn<SyncReport>("report");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const QList<ReportCell> &cells, RunEnd end) {
        SyncReport report;
        report.cells = cells;
        QTest::newRow(name) << report << int(end);
    };
    const auto stopped = [](const char *name, ErrorKind kind, RunEnd end) {
        SyncReport report;
        report.stopped = stoppedBy(kind);
        QTest::newRow(name) << report << int(end);
    };
    const ReportCell good = cell(CellState::Provisional);
    row("nothing to fetch", {}, RunEnd::Well);
    row("well", {good, cell(CellState::Empty)}, RunEnd::Well);
    row("nothing there", {cell(CellState::Empty), cell(CellState::Empty)}, RunEnd::Nothing);
    row("partly", {good, cell(CellState::Failed, ErrorKind::NotUnderstood)}, RunEnd::Partly);
    row("not permitted", {good, cell(CellState::NotPermitted)}, RunEnd::NotPermitted);
    row("not permitted, and offline",
        {good, cell(CellState::NotPermitted), cell(CellState::Failed, ErrorKind::Network)}, RunEnd::Offline);
    row("waiting", {good, waiting()}, RunEnd::Waiting);
    row("failed", {cell(CellState::Failed, ErrorKind::NotUnderstood)}, RunEnd::Failed);
    row("offline",
        {cell(CellState::Failed, ErrorKind::Network), cell(CellState::Complete, ErrorKind::Network)},
        RunEnd::Offline);
    row("offline, and settled days", {cell(CellState::Complete), cell(CellState::Failed, ErrorKind::Network)},
        RunEnd::Offline);
    row("in trouble, not offline", {cell(CellState::Failed, ErrorKind::ServiceFailing)}, RunEnd::Failed);
    stopped("stopped offline", ErrorKind::Network, RunEnd::Offline);
    stopped("busy", ErrorKind::Busy, RunEnd::Busy);
    stopped("gone", ErrorKind::ServiceGone, RunEnd::Gone);
    stopped("storage", ErrorKind::Storage, RunEnd::Storage);
    stopped("no token", ErrorKind::TokenRefused, RunEnd::NoToken);
    stopped("anything else", ErrorKind::Internal, RunEnd::Failed);
    SyncReport report;
    report.cancelled = true;
    report.cells = {good};
    QTest::newRow("stopped by hand") << report << int(RunEnd::Stopped);
    report = {};
    report.noUsableToken = true;
    QTest::newRow("nobody connected") << report << int(RunEnd::NoToken);
    // It was reached once, so it went away in between.
    report = {};
    report.cells = {good, cell(CellState::Failed, ErrorKind::Network)};
    report.added = 1;
    QTest::newRow("offline half-way") << report << int(RunEnd::Partly);
}

void TestSyncChoice::aReportMeansAState()
{
    QFETCH(SyncReport, report);
    QTEST(int(runEnd(report)), "end");
    QFETCH(int, end);
    QCOMPARE(reachedNobody(report), end == int(RunEnd::Offline));
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSyncChoice)
#include "tst_syncchoice.moc"
