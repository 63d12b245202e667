// SPDX-License-Identifier: GPL-3.0-or-later

// From Fitbit, whose service has closed, to Google Health: what the window says, where its button leads, and
// that the participant stays the same.

#include "gui/dashboardmodel.h"
#include "gui/daypane.h"
#include "gui/stage.h"
#include "gui/syncchoice.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Connected in Berlin, never synced, with days of Fitbit up to `ended`.
AccountStatus movedOver(Stage &stage, QDate ended)
{
    stage.window->show();
    AccountStatus google = stage.connectedStatus();
    google.key.provider = u"google-health"_s;
    google.lastRunUtc.reset();
    google.zone = u"Europe/Berlin"_s;
    stage.open(google);
    stage.window->findChild<DayPane *>()->presentDays({google.key, {ended}, ended});
    return google;
}

} // namespace

class TestMoveOver : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theButtonLeadsToTheSetUpOfTheSuccessorAndBack();
    void aServiceElsewhereIsNotSaidToHaveEnded();
    void theSuccessorSaysWhatHappenedUntilItIsConnected();
    void aPersonWithBothChoosesOnTheCard();
    void withOneServiceThereIsNothingToChoose();
    void aSuccessorThatIsSetUpIsShownAtOnce();
    void theFirstSyncGoesOnWhereFitbitEnded();
    void itsEndFollowsTheAccountsClock();
    void anEndThePersonChoseStays();
    void aRefusedAccountIsNoError();
};

void TestMoveOver::theButtonLeadsToTheSetUpOfTheSuccessorAndBack()
{
    Stage stage({.ended = true});
    stage.window->show();
    stage.openConnected();
    QCOMPARE(stage.status(), u"Status: Service closed"_s);
    QCOMPARE(stage.find<QPushButton>("action")->text(), u"&Move to Google Health"_s);

    stage.press("action");
    QCOMPARE(stage.status(), u"Status: Moving to Google Health"_s);
    auto *pages = stage.find<QStackedWidget>("pages");
    QCOMPARE(pages->currentWidget()->objectName(), u"setup"_s);
    QVERIFY(Stage::textIn(pages->currentWidget(), "stepRegister").contains(u"Google"_s));

    stage.press("action");
    QCOMPARE(stage.status(), u"Status: Service closed"_s);
    QVERIFY(pages->currentWidget()->objectName() != u"setup"_s);
}

void TestMoveOver::aServiceElsewhereIsNotSaidToHaveEnded()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QCOMPARE(stage.status(), u"Status: Connected"_s);
}

void TestMoveOver::theSuccessorSaysWhatHappenedUntilItIsConnected()
{
    Stage stage({.provider = u"google-health"_s});
    stage.window->show();
    AccountStatus before = stage.connectedStatus();
    stage.open(before);
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
    const QString sentence = stage.find<QLabel>("sentence")->text();
    QVERIFY2(sentence.contains(u"2 November 2026"_s) && sentence.contains(u"stays"_s), qPrintable(sentence));

    AccountStatus now = before;
    now.key.provider = u"google-health"_s;
    Q_EMIT stage.link->statusRead({before, now});
    QCOMPARE(stage.status(), u"Status: Connected"_s);
}

void TestMoveOver::aPersonWithBothChoosesOnTheCard()
{
    Stage stage({.provider = u"google-health"_s});
    stage.window->show();
    stage.openConnected();
    auto *service = stage.find<QComboBox>("service");
    QVERIFY(service->isVisible());
    QCOMPARE(service->count(), 2);
    QCOMPARE(service->currentText(), u"Google Health"_s);

    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    service->setFocus();
    QTest::keyClick(service, Qt::Key_F);
    QCOMPARE(service->currentText(), u"Fitbit"_s);
    QCOMPARE(stage.status(), u"Status: Connected"_s);
    stage.press("action");
    QCOMPARE(asked.size(), 1);
    const auto request = asked.first().first().value<SyncRequest>();
    QCOMPARE(request.accounts, QList<AccountKey>{Stage::account()});
    QVERIFY(!service->isEnabled());
}

void TestMoveOver::withOneServiceThereIsNothingToChoose()
{
    Stage stage({.configured = false});
    stage.window->show();
    stage.openNotConnected();
    QVERIFY(!stage.find<QComboBox>("service")->isVisible());
}

void TestMoveOver::aSuccessorThatIsSetUpIsShownAtOnce()
{
    Stage stage({.provider = u"google-health"_s, .ended = true});
    stage.window->show();
    stage.openConnected();
    auto *service = stage.find<QComboBox>("service");
    service->setFocus();
    QTest::keyClick(service, Qt::Key_F);
    QCOMPARE(stage.status(), u"Status: Service closed"_s);
    stage.press("action");
    QCOMPARE(service->currentText(), u"Google Health"_s);
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
    QVERIFY(stage.find<QStackedWidget>("pages")->currentWidget()->objectName() != u"setup"_s);
}

void TestMoveOver::theFirstSyncGoesOnWhereFitbitEnded()
{
    Stage stage({.provider = u"google-health"_s});
    stage.window->show();
    AccountStatus fitbit = stage.connectedStatus();
    AccountStatus google = fitbit;
    google.key.provider = u"google-health"_s;
    google.lastRunUtc.reset();
    stage.open(fitbit);
    QCOMPARE(stage.window->focusWidget(),
             stage.find<QPushButton>("action")); // and not whatever stands first in the window
    Q_EMIT stage.link->statusRead({fitbit, google});
    const QDate ended(2026, 11, 2);
    stage.window->findChild<DayPane *>()->presentDays({google.key, {ended}, ended});
    const QString sentence = stage.find<QLabel>("sentence")->text();
    QVERIFY2(sentence.contains(u"2 November 2026"_s) && sentence.contains(u"Fitbit"_s), qPrintable(sentence));
    Q_EMIT stage.link->statusRead({fitbit, google}); // comes again and again, and changes nothing of it
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.press("action");
    const auto request = asked.first().first().value<SyncRequest>();
    QCOMPARE(request.first, ended);
    QCOMPARE(request.last, QDate(2026, 11, 22)); // yesterday on the stage
    // Once it is in, the card is about yesterday again.
    stage.window->findChild<DayPane *>()->presentDays({google.key, {ended, ended.addDays(1)}, {}});
    QCOMPARE(stage.find<QComboBox>("days")->currentIndex(), 0);
}

void TestMoveOver::itsEndFollowsTheAccountsClock()
{
    Stage stage({.provider = u"google-health"_s});
    AccountStatus google = movedOver(stage, {2026, 11, 21});
    const auto *days = stage.find<QComboBox>("days");
    QCOMPARE(days->currentIndex(), int(DayChoice::Range));
    QCOMPARE(stage.find<QDateEdit>("last")->date(), QDate(2026, 11, 22));
    // Until the consent told it, Berlin was only this computer's; in Honolulu the last of Fitbit's days is
    // yesterday.
    google.zone = u"Pacific/Honolulu"_s;
    Q_EMIT stage.link->statusRead({google});
    QCOMPARE(days->currentIndex(), int(DayChoice::Yesterday));
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.press("action");
    QVERIFY(!asked.first().first().value<SyncRequest>().last);
}

void TestMoveOver::anEndThePersonChoseStays()
{
    Stage stage({.provider = u"google-health"_s});
    const QDate ended(2026, 11, 2);
    AccountStatus google = movedOver(stage, ended);
    stage.find<QDateEdit>("last")->setDate({2026, 11, 9});
    google.zone = u"Pacific/Honolulu"_s; // this day has not begun there
    Q_EMIT stage.link->statusRead({google});
    QCOMPARE(stage.find<QComboBox>("days")->currentIndex(), int(DayChoice::Range));
    QCOMPARE(stage.find<QDateEdit>("last")->date(), QDate(2026, 11, 9));
    // But once it is in, the card is about yesterday again.
    stage.window->findChild<DayPane *>()->presentDays({google.key, {ended, ended.addDays(1)}, {}});
    QCOMPARE(stage.find<QComboBox>("days")->currentIndex(), int(DayChoice::Yesterday));
}

void TestMoveOver::aRefusedAccountIsNoError()
{
    Stage stage({.provider = u"google-health"_s});
    stage.window->show();
    stage.openNotConnected();
    ConnectReport report;
    report.error.kind = ErrorKind::WrongAccount;
    for (const bool refused : {true, false}) {
        stage.press("action");
        if (refused)
            stage.window->model()->answerWrongAccount(false);
        Q_EMIT stage.link->connectFinished(report);
        // Who refused it knows; where nobody was asked, it is news.
        QCOMPARE(stage.find<QWidget>("banner")->isVisible(), !refused);
    }
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestMoveOver)
#include "tst_moveover.moc"
