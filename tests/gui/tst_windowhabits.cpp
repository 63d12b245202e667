// SPDX-License-Identifier: GPL-3.0-or-later

// How the window behaves over time and under the keyboard: what it tells others, what it remembers.

#include "gui/aboutdialog.h"
#include "gui/dashboardmodel.h"
#include "gui/daypane.h"
#include "gui/helpwindow.h"
#include "gui/participantsdialog.h"
#include "gui/preferences.h"
#include "gui/settingsdialog.h"
#include "gui/stage.h"
#include "gui/syncchoice.h"
#include "gui/synctypesbutton.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestWindowHabits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhenARunEnds();
    void tellsWhenMidnightHasPassed();
    void theQuotaCountdownIsLive();
    void escapeCancelsNothing();
    void theKeyboardReachesTheMenus();
    void tabGoesFromTopToBottom();
    void theStateIsReadOut();
    void opensEachDialogOnce();
    void participantsAreChangedThroughTheWorker();
    void saysNothingOfTheDaysItCannotSee();
    void theWindowComesBackAsItWas();
    void theLogIsKeptOverRestarts();
    void theLogOpensFromTheSyncCard();
    void dataWithoutPermissionOffersToWidenIt();
};

void TestWindowHabits::tellsWhenARunEnds()
{
    Stage stage;
    stage.openConnected();
    QSignalSpy ended(stage.window->model(), &DashboardModel::runEnded);
    stage.press("action");
    QCOMPARE(ended.size(), 0);
    stage.finishSync(stage.goodReport());
    QCOMPARE(ended.size(), 1);
    QSignalSpy account(stage.window->model(), &DashboardModel::accountChanged);
    Q_EMIT stage.link->participantsRead({{u"default"_s, {}}, {u"p02"_s, {}}});
    QCOMPARE(account.size(), 0);
    stage.find<QComboBox>("participant")->setCurrentIndex(1);
    QCOMPARE(account.size(), 1);
    QCOMPARE(account.first().first().value<AccountKey>().participant, u"p02"_s);
}

void TestWindowHabits::tellsWhenMidnightHasPassed()
{
    Stage stage;
    stage.openConnected();
    DashboardModel *model = stage.window->model();
    QSignalSpy today(model, &DashboardModel::todayChanged);
    model->lookAtTheClock();
    QCOMPARE(today.size(), 0);
    stage.clock->advance(86400);
    model->lookAtTheClock();
    model->lookAtTheClock();
    QCOMPARE(today.size(), 1);
    QCOMPARE(today.first().first().toDate(), QDate(2026, 11, 24));
}

void TestWindowHabits::theQuotaCountdownIsLive()
{
    Stage stage;
    stage.window->show();
    AccountStatus status = stage.connectedStatus();
    status.quota.exhausted = true;
    status.quota.resetAtUtc = stage.now() + 61;
    stage.open(status);
    auto *sentence = stage.find<QLabel>("sentence");
    QVERIFY2(sentence->text().contains(u"in 1:01"_s), qPrintable(sentence->text()));
    stage.clock->advance(2);
    QTRY_VERIFY(sentence->text().contains(u"in 0:59"_s));
    stage.clock->advance(60);
    QTRY_COMPARE(stage.status(), u"Status: Connected"_s);
}

void TestWindowHabits::escapeCancelsNothing()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QSignalSpy cancelled(stage.link, &WorkerLink::cancelSyncRequested);
    stage.startSync(1, 2, {});
    QTest::keyClick(stage.window.get(), Qt::Key_Escape);
    QTest::keyClick(stage.find<QPushButton>("action"), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 0);
    stage.press("cancel");
    QCOMPARE(cancelled.size(), 1);
}

void TestWindowHabits::theKeyboardReachesTheMenus()
{
    Stage stage;
    const auto keys = [&stage](const char *action) { return stage.find<QAction>(action)->shortcuts(); };
    QVERIFY(keys("syncAction").contains(QKeySequence(Qt::Key_F5)));
    QVERIFY(keys("syncAction").contains(QKeySequence(Qt::CTRL | Qt::Key_R)));
    QVERIFY(keys("helpAction").contains(QKeySequence(Qt::Key_F1)));
    QVERIFY(keys("logAction").contains(QKeySequence(Qt::CTRL | Qt::Key_L)));
    QVERIFY(keys("settingsAction").contains(QKeySequence(Qt::CTRL | Qt::Key_Comma)));
    QVERIFY(keys("quitAction").contains(QKeySequence(Qt::CTRL | Qt::Key_Q)));
}

void TestWindowHabits::tabGoesFromTopToBottom()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    Q_EMIT stage.link->participantsRead({{u"default"_s, {}}, {u"p02"_s, {}}});
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
    QStringList order;
    const QWidget *start = stage.find<QComboBox>("participant");
    const QWidget *widget = start;
    do {
        const bool stop = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr &&
                          widget->isVisible() && widget->isEnabled();
        if (stop && !widget->objectName().startsWith("qt_"_L1))
            order << widget->objectName();
        widget = widget->nextInFocusChain();
    } while (widget != start);
    QCOMPARE(order, (QStringList{u"participant"_s, u"manage"_s, u"action"_s, u"details"_s, u"history"_s,
                                 u"showLog"_s, u"days"_s, u"first"_s, u"last"_s, u"types"_s, u"foretold"_s,
                                 u"openFolder"_s}));
}

void TestWindowHabits::theLogOpensFromTheSyncCard()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    auto *dock = stage.find<QDockWidget>("logDock");
    auto *button = stage.find<QPushButton>("showLog");
    QVERIFY(!dock->isVisible() && !button->isChecked());
    button->click();
    QVERIFY(dock->isVisible() && button->isChecked());
    // Closed by its own cross or the menu: the button knows.
    dock->toggleViewAction()->trigger();
    QVERIFY(!dock->isVisible() && !button->isChecked());
}

void TestWindowHabits::dataWithoutPermissionOffersToWidenIt()
{
    Stage stage;
    stage.window->show();
    AccountStatus status = stage.connectedStatus();
    status.granted = QStringList{u"activity"_s};
    stage.open(status);
    QSignalSpy connects(stage.link, &WorkerLink::connectRequested);
    const QList<QAction *> kinds = stage.find<SyncTypesButton>("types")->menu()->actions();
    const auto tick = [&kinds](const QString &title) {
        for (QAction *kind : kinds) {
            if (kind->text().startsWith(title))
                kind->trigger();
        }
    };
    tick(u"Steps"_s);
    QVERIFY(!stage.dialog());
    tick(u"Heart rate, every minute"_s);
    QDialog *question = stage.dialog();
    QVERIFY(question);
    QCOMPARE(stage.status(), u"Status: Connected"_s); // asking changes nothing
    Stage::buttonIn(question, u"Not now"_s)->click();
    QCOMPARE(connects.size(), 0);
    tick(u"Heart rate, every minute"_s); // off needs no permission
    QTRY_VERIFY(!stage.dialog());
    tick(u"Heart rate, every minute"_s);
    Stage::buttonIn(stage.dialog(), u"Reconnect"_s)->click();
    QCOMPARE(connects.size(), 1);
}

void TestWindowHabits::theStateIsReadOut()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QCOMPARE(Stage::accessibleName(stage.find<QLabel>("status")), u"Status: Connected"_s);
    QCOMPARE(Stage::accessibleName(stage.find<QPushButton>("action")), u"Sync now"_s);
    // On Linux a combo box is named by what is chosen, and labelled by its label.
    QCOMPARE(Stage::accessibleName(stage.find<QComboBox>("days")), u"Yesterday"_s);
    QCOMPARE(stage.find<QLabel>("daysLabel")->buddy(), stage.find<QComboBox>("days"));
    stage.press("action");
    QCOMPARE(Stage::accessibleName(stage.find<QPushButton>("action")), u"Cancel"_s);
    QCOMPARE(Stage::accessibleName(stage.find<QPushButton>("cancel")), u"Cancel"_s);
    stage.finishSync(stage.goodReport());
    stage.openNotConnected();
    QCOMPARE(Stage::accessibleName(stage.find<QPushButton>("action")), u"Connect"_s);
    QCOMPARE(stage.find<QAction>("disconnectAction")->text(), u"&Disconnect…"_s);
}

void TestWindowHabits::opensEachDialogOnce()
{
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"window.ini"_s));
    Stage stage({.preferences = &preferences});
    stage.openConnected();
    for (int times = 0; times < 2; ++times) {
        stage.find<QAction>("settingsAction")->trigger();
        stage.find<QAction>("participantsAction")->trigger();
        stage.press("manage");
        stage.find<QAction>("helpAction")->trigger();
        stage.find<QAction>("aboutAction")->trigger();
    }
    QCOMPARE(stage.window->findChildren<SettingsDialog *>().size(), 1);
    QCOMPARE(stage.window->findChildren<ParticipantsDialog *>().size(), 1);
    QCOMPARE(stage.window->findChildren<HelpWindow *>().size(), 1);
    QCOMPARE(stage.window->findChildren<AboutDialog *>().size(), 1);
    QVERIFY(stage.window->findChild<SettingsDialog *>()->isVisible());

    QSignalSpy restart(stage.window.get(), &MainWindow::restartRequested);
    Q_EMIT stage.window->findChild<SettingsDialog *>()->restartRequested();
    QCOMPARE(restart.size(), 1);
    QSignalSpy quit(stage.window.get(), &MainWindow::quitRequested);
    stage.find<QAction>("quitAction")->trigger();
    QCOMPARE(quit.size(), 1);
}

void TestWindowHabits::saysNothingOfTheDaysItCannotSee()
{
    Stage stage;
    stage.window->show();
    auto *nothing = stage.window->findChild<DayPane *>()->findChild<QLabel *>(u"nothing"_s);
    QVERIFY(!nothing->isVisible());
    Error error;
    error.kind = ErrorKind::Storage;
    Q_EMIT stage.link->openFailed(error);
    QVERIFY(!nothing->isVisible());
    stage.openConnected();
    QTRY_VERIFY(nothing->isVisible()); // the answer comes from a thread of its own
}

void TestWindowHabits::participantsAreChangedThroughTheWorker()
{
    Stage stage;
    stage.openConnected();
    stage.find<QAction>("participantsAction")->trigger();
    auto *dialog = stage.window->findChild<ParticipantsDialog *>();
    QVERIFY(dialog);
    QSignalSpy added(stage.link, &WorkerLink::addParticipantRequested);
    QSignalSpy renamed(stage.link, &WorkerLink::renameParticipantRequested);
    QSignalSpy removed(stage.link, &WorkerLink::removeParticipantRequested);
    Q_EMIT dialog->addRequested(u"p02"_s, u"Mara"_s);
    Q_EMIT dialog->renameRequested(u"p02"_s, u"Mira"_s);
    Q_EMIT dialog->removeRequested(u"p02"_s);
    QCOMPARE(added.size(), 1);
    QCOMPARE(renamed.size(), 1);
    QCOMPARE(removed.size(), 1);
}

void TestWindowHabits::theWindowComesBackAsItWas()
{
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"window.ini"_s));
    {
        Stage stage({.preferences = &preferences});
        stage.window->show();
        QVERIFY(!stage.find<QWidget>("logDock")->isVisible());
        stage.find<QAction>("logAction")->trigger();
        stage.window->resize(1000, 760);
        stage.window->hide();
    }
    Stage stage({.preferences = &preferences});
    stage.window->show();
    QVERIFY(stage.find<QWidget>("logDock")->isVisible());
    QCOMPARE(stage.window->size(), QSize(1000, 760));
}

void TestWindowHabits::theLogIsKeptOverRestarts()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"sync-log.jsonl"_s);
    {
        Stage stage({.logFile = file});
        stage.logSomeLines();
    }
    Stage stage({.logFile = file});
    stage.window->show();
    stage.logSomeLines();
    stage.find<QAction>("logAction")->trigger();
    auto *table = stage.find<QTableView>("table");
    QTRY_COMPARE(table->model()->rowCount(), 12);
    stage.find<QAction>("logAction")->trigger();
    stage.find<QAction>("logAction")->trigger();
    QTest::qWait(100);
    QCOMPARE(table->model()->rowCount(), 12);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestWindowHabits)
#include "tst_windowhabits.moc"
