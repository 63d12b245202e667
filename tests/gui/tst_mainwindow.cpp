// SPDX-License-Identifier: GPL-3.0-or-later

// The window, driven like a person does, with the test as the worker: what it shows, and what it asks for.

#include "gui/elidedlabel.h"
#include "gui/stage.h"
#include "gui/syncchoice.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForStatusOnceOpened();
    void syncsYesterdayByDefault();
    void syncsAChosenDay();
    void showsProgressAndCancels();
    void aLateProgressChangesNothing();
    void keepsTheFactsOfTheAccount();
    void hidesTheChooserForOneParticipant();
    void setUpTextNamesEveryValue();
    void setUpTextNeverShowsTheSecret();
    void opensAgainAfterStorageTrouble();
    void marksTheDemo();
    void logsUnderTheModelTester();
    void opensAnExistingFolder();
    void configurationWarningsAreShown();
    void syncsAChosenRange();
};

void TestMainWindow::asksForStatusOnceOpened()
{
    Stage stage;
    QSignalSpy status(stage.link, &WorkerLink::statusRequested);
    QSignalSpy participants(stage.link, &WorkerLink::participantsRequested);
    QCOMPARE(stage.status(), u"Status: Starting"_s);
    QVERIFY(!stage.find<QPushButton>("action")->isEnabled());
    Q_EMIT stage.link->opened();
    QCOMPARE(status.size(), 1);
    QCOMPARE(participants.size(), 1);
    Q_EMIT stage.link->statusRead({});
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
}

void TestMainWindow::syncsYesterdayByDefault()
{
    Stage stage;
    stage.openConnected();
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.press("action");
    stage.find<QAction>("syncAction")->trigger();
    QCOMPARE(asked.size(), 1);
    const auto request = asked.first().first().value<SyncRequest>();
    QCOMPARE(request.accounts, QList<AccountKey>{Stage::account()});
    QVERIFY(request.dataTypes.isEmpty());
    QVERIFY(!request.first && !request.last && !request.askSettledAgain);
    QCOMPARE(request.trigger, SyncTrigger::Person);

    QSignalSpy status(stage.link, &WorkerLink::statusRequested);
    stage.finishSync(stage.goodReport());
    QCOMPARE(status.size(), 1);
    QCOMPARE(stage.status(), u"Status: Connected"_s);
    auto *card = stage.find<QWidget>("sync");
    QVERIFY(Stage::textIn(card, "title").startsWith(u"Synced: 22"_s));
}

void TestMainWindow::syncsAChosenDay()
{
    Stage stage;
    stage.openConnected();
    auto *day = stage.find<QDateEdit>("first");
    auto *days = stage.find<QComboBox>("days");
    // Today in Berlin, not on this computer's Chatham clock.
    QCOMPARE(day->maximumDate(), QDate(2026, 11, 23));
    QCOMPARE(day->date(), QDate(2026, 11, 22));
    QVERIFY(!day->isVisibleTo(stage.window.get()));
    days->setCurrentIndex(DayChoice::OneDay);
    QVERIFY(day->isVisibleTo(stage.window.get()));
    QVERIFY(!stage.find<QDateEdit>("last")->isVisibleTo(stage.window.get()));
    day->setDate({2026, 11, 3});
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.press("action");
    const auto request = asked.first().first().value<SyncRequest>();
    QCOMPARE(request.first, QDate(2026, 11, 3));
    QCOMPARE(request.last, QDate(2026, 11, 3));
    QVERIFY(request.askSettledAgain);
    // The choice outlasts the run.
    stage.finishSync(stage.goodReport());
    QCOMPARE(day->date(), QDate(2026, 11, 3));
}

void TestMainWindow::showsProgressAndCancels()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    auto *bar = stage.find<QProgressBar>("bar");
    QVERIFY(!bar->isVisible());
    QSignalSpy cancelled(stage.link, &WorkerLink::cancelSyncRequested);
    stage.press("action");
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->maximum(), 0);
    Q_EMIT stage.link->progressed({12, 60, 34, u"Fitbit, steps"_s});
    QCOMPARE(bar->value(), 12);
    QCOMPARE(bar->maximum(), 60);
    QCOMPARE(stage.find<QLabel>("progress")->text(), u"12 of 60 requests, about 34 seconds left"_s);
    QCOMPARE(Stage::accessibleName(stage.find<QPushButton>("action")), u"Cancel"_s);
    stage.press("action");
    stage.press("action");
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(stage.status(), u"Status: Stopping"_s);
    SyncReport report = stage.goodReport();
    report.cancelled = true;
    report.cells[1].cancelled = true;
    Q_EMIT stage.link->syncFinished(report);
    QVERIFY(!bar->isVisible());
    QCOMPARE(Stage::textIn(stage.find<QWidget>("sync"), "title"), u"Stopped. 1 of 2 done."_s);
}

void TestMainWindow::aLateProgressChangesNothing()
{
    Stage stage;
    stage.openConnected();
    Q_EMIT stage.link->progressed({1, 2, {}, u"late"_s});
    QCOMPARE(stage.status(), u"Status: Connected"_s);
}

void TestMainWindow::keepsTheFactsOfTheAccount()
{
    Stage stage;
    stage.window->show();
    AccountStatus status = stage.connectedStatus();
    status.missing = {u"sleep"_s};
    stage.open(status);
    auto *card = stage.find<QWidget>("connection");
    QCOMPARE(Stage::textIn(card, "line"), u"Connected to Fitbit as 9ZXW8V"_s);
    QCOMPARE(Stage::textIn(card, "lastRun"), u"Never synced"_s);
    card->findChild<QPushButton *>(u"details"_s)->click();
    QDialog *dialog = stage.dialog();
    QVERIFY(dialog != nullptr);
    const auto text = [dialog](const char *name) { return Stage::textIn(dialog, name); };
    QCOMPARE(text("participant"), u"default"_s);
    QCOMPARE(text("user"), u"9ZXW8V"_s);
    QCOMPARE(text("zone"), u"Europe/Berlin (from the account)"_s);
    QVERIFY(text("granted").startsWith(u"Steps and activity, heart rate"_s));
    QCOMPARE(text("missing"), u"Sleep"_s);
    QVERIFY(text("quota").startsWith(u"148 of 150 left"_s));
    QVERIFY(stage.find<QPushButton>("types")->toolTip().contains(u"Heart rate"_s));
    QVERIFY(stage.find<ElidedLabel>("folder")->text().endsWith(u"fitbit_data/default"_s));
    // Another account's status changes nothing here.
    AccountStatus other = status;
    other.key.participant = u"p02"_s;
    other.userId = u"OTHER"_s;
    Q_EMIT stage.link->statusRead({status, other});
    QCOMPARE(text("user"), u"9ZXW8V"_s);
}

void TestMainWindow::hidesTheChooserForOneParticipant()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    auto *chooser = stage.find<QComboBox>("participant");
    QVERIFY(!chooser->isVisible());
    const QString longName = u"A participant whose name is much longer than any room for it"_s;
    Q_EMIT stage.link->participantsRead({{u"default"_s, {}}, {u"p02"_s, longName}});
    QVERIFY(chooser->isVisible());
    QVERIFY(!stage.find<QTableView>("table")->isColumnHidden(1));
    chooser->setCurrentIndex(1);
    QCOMPARE(chooser->toolTip(), longName);
    QVERIFY(chooser->currentText().size() < longName.size());
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
    QSignalSpy asked(stage.link, &WorkerLink::connectRequested);
    stage.press("action");
    QCOMPARE(asked.first().first().value<ConnectRequest>().account.participant, u"p02"_s);
    QVERIFY(!chooser->isEnabled());
}

void TestMainWindow::setUpTextNamesEveryValue()
{
    Stage stage({.configured = false});
    stage.window->show();
    Q_EMIT stage.link->opened();
    Q_EMIT stage.link->statusRead({});
    QCOMPARE(stage.status(), u"Status: Not set up"_s);
    const auto *page = stage.find<QWidget>("setup");
    QVERIFY(page->isVisible());
    QStringList texts;
    for (const QLabel *label : page->findChildren<QLabel *>())
        texts << label->text();
    const QString plain = texts.join(u'\n').remove(u'&');
    for (const QString &value :
         {u"http://localhost:5000"_s, u"http://localhost:5000/fitbit/callback"_s, u"Personal"_s,
          u"Read Only"_s, u"Client ID"_s, u"Client secret"_s, u"2 November 2026"_s})
        QVERIFY2(plain.contains(value, Qt::CaseInsensitive), qPrintable(value));
    stage.press("action");
    QCOMPARE(stage.demosStarted, 1);
}

void TestMainWindow::setUpTextNeverShowsTheSecret()
{
    Stage stage;
    stage.openConnected();
    stage.find<QAction>("helpAction")->trigger();
    const QList<QTextBrowser *> texts = stage.window->findChildren<QTextBrowser *>();
    QVERIFY(!texts.isEmpty());
    for (const QTextBrowser *text : texts)
        QVERIFY(!text->toPlainText().contains(u"0123456789abcdef"_s));
}

void TestMainWindow::opensAgainAfterStorageTrouble()
{
    Stage stage;
    QSignalSpy asked(stage.link, &WorkerLink::openRequested);
    Error error;
    error.kind = ErrorKind::Storage;
    error.detail = u"/x.db is not a database."_s;
    Q_EMIT stage.link->openFailed(error);
    QVERIFY(stage.find<QLabel>("sentence")->text().contains(u"/x.db"_s));
    stage.press("action");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(stage.status(), u"Status: Starting"_s);
    stage.openConnected();
    QCOMPARE(stage.status(), u"Status: Connected"_s);
}

void TestMainWindow::marksTheDemo()
{
    Stage plain;
    plain.window->show();
    QVERIFY(!plain.find<QLabel>("demo")->isVisible());
    Stage demo({.configured = false, .demo = true});
    demo.window->show();
    demo.openNotConnected();
    QVERIFY(demo.find<QLabel>("demo")->isVisible());
    QVERIFY(demo.window->windowTitle().contains(u"Demo"_s));
    // The demo brings its own credentials.
    QCOMPARE(demo.status(), u"Status: Not connected"_s);
}

void TestMainWindow::logsUnderTheModelTester()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    auto *table = stage.find<QTableView>("table");
    QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!stage.find<QWidget>("log")->isVisible());
    stage.find<QAction>("logAction")->trigger();
    QVERIFY(stage.find<QWidget>("log")->isVisible());
    QVERIFY(!table->isVisible());
    for (int i = 0; i < 10; ++i)
        stage.logSomeLines();
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 60);
    QVERIFY(table->isColumnHidden(1));
    // It follows new lines, but not away from what is being read.
    QTRY_COMPARE(table->rowAt(table->viewport()->height() - 4), 59);
    QVERIFY(!stage.find<QPushButton>("newest")->isVisible());
    table->scrollToTop();
    QVERIFY(stage.find<QPushButton>("newest")->isVisible());
    stage.logSomeLines();
    QTRY_COMPARE(table->model()->rowCount(), 66);
    QCOMPARE(table->rowAt(0), 0);
    stage.press("newest");
    QTRY_COMPARE(table->rowAt(table->viewport()->height() - 4), 65);
    QVERIFY(!stage.find<QPushButton>("newest")->isVisible());
}

void TestMainWindow::opensAnExistingFolder()
{
    Stage stage;
    stage.openConnected();
    stage.press("openFolder");
    QCOMPARE(stage.openedUrls.size(), 1);
    QVERIFY(stage.openedUrls.first().isLocalFile());
    QVERIFY(QFileInfo::exists(stage.openedUrls.first().toLocalFile()));
}

void TestMainWindow::configurationWarningsAreShown()
{
    WindowOptions options;
    options.provider = u"fitbit"_s;
    options.settings.warnings = {u"/x/.env, line 3 is not understood."_s};
    MainWindow window(options, std::make_unique<WorkerLink>());
    window.show();
    auto *banner = window.findChild<QWidget *>(u"banner"_s);
    QVERIFY(banner->isVisible());
    QVERIFY(Stage::textIn(banner, "text").contains(u"line 3"_s));
}

void TestMainWindow::syncsAChosenRange()
{
    Stage stage;
    stage.openConnected();
    QCOMPARE(stage.find<QLabel>("meant")->text(), u"22 November 2026"_s);
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::LastWeek);
    QCOMPARE(stage.find<QLabel>("meant")->text(), u"16 to 22 November 2026"_s);
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
    auto *first = stage.find<QDateEdit>("first");
    auto *last = stage.find<QDateEdit>("last");
    first->setDate({2026, 11, 3});
    last->setDate({2026, 11, 9});
    // Neither the future nor a range that ends before it begins can be chosen.
    QCOMPARE(last->maximumDate(), QDate(2026, 11, 23));
    QVERIFY(!stage.find<QLabel>("meant")->isVisibleTo(stage.window.get()));
    first->setDate({2026, 11, 12});
    QCOMPARE(last->date(), QDate(2026, 11, 12));
    last->setDate({2026, 11, 14});
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.press("action");
    const auto request = asked.first().first().value<SyncRequest>();
    QCOMPARE(request.first, QDate(2026, 11, 12));
    QCOMPARE(request.last, QDate(2026, 11, 14));
    QVERIFY(!request.askSettledAgain);
    QVERIFY(!first->isEnabled());
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestMainWindow)
#include "tst_mainwindow.moc"
