// SPDX-License-Identifier: GPL-3.0-or-later

// The card of a backfill: each state in words with its buttons, found as a person with a screen reader finds
// them, and what the buttons ask for.

#include "gui/stage.h"

#include <QComboBox>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestBackfillCard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void eachStateHasItsWordsAndButtons_data();
    void eachStateHasItsWordsAndButtons();
    void itTellsHowFarItIs();
    void theButtonsAskForTheAccountsBackfill();
    void theFocusStaysWhereTheHandIs();
    void theCountdownTicks();
    void aWaitThatIsOverCountsNoFurther();
    void whatIsStoredIsShownAfterARestart();
    void whatEndedBeforeIsNotShownAgain();
    void eachAccountHasItsOwn();
    void aSyncGoesFirst();
    void theDayAndTheFilesAreLookedAtAnew();
};

void TestBackfillCard::eachStateHasItsWordsAndButtons_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QStringList>("buttons");
    const QStringList going{u"Pause"_s, u"Cancel history"_s};
    const QStringList standing{u"Resume"_s, u"Cancel history"_s};
    const QStringList over{u"Hide"_s};
    const auto row = [](BackfillState state, const QString &title, const QString &sentence,
                        const QStringList &buttons) {
        QTest::newRow(qPrintable(backfillStateName(state))) << int(state) << title << sentence << buttons;
    };
    // 22:57 in Chatham.
    const QString later = u"Goes on by itself at 23:19, in 22:00."_s;
    row(BackfillState::Running, u"History: being fetched"_s,
        u"Newest days first, back to 27 November 2016."_s, going);
    row(BackfillState::Interrupted, u"History: interrupted"_s, u"Goes on by itself within a minute."_s,
        going);
    row(BackfillState::WaitingForQuota, u"History: waiting for the request limit"_s, later, going);
    row(BackfillState::WaitingForNetwork, u"History: no connection to Fitbit"_s, later, going);
    row(BackfillState::WaitingForService, u"History: Fitbit is in trouble"_s, later, going);
    row(BackfillState::WaitingForRetry, u"History: trying again later"_s, u"The reason. "_s + later, going);
    row(BackfillState::Paused, u"History: paused"_s, u"Resume goes on where it was. What is in stays."_s,
        standing);
    row(BackfillState::NeedsPerson, u"History: needs you"_s, u"The reason."_s, standing);
    row(BackfillState::Done, u"History: done, with gaps"_s, u"The reason."_s, over);
    row(BackfillState::Cancelled, u"History: cancelled"_s,
        u"What is in stays. All history… fetches what is missing."_s, over);
}

void TestBackfillCard::eachStateHasItsWordsAndButtons()
{
    QFETCH(int, state);
    QFETCH(QString, title);
    QFETCH(QString, sentence);
    QFETCH(QStringList, buttons);
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QVERIFY(!stage.find<QWidget>("backfill")->isVisible());
    BackfillStatus job = stage.history(BackfillState(state));
    job.reason = u"The reason."_s;
    if (sentence.endsWith(u"22:00."_s))
        job.nextWakeUtc = stage.now() + 22 * 60;
    stage.tellHistory(job);
    QVERIFY(stage.named(title));
    QVERIFY2(stage.named(sentence), qPrintable(Stage::textIn(stage.window.get(), "historySentence")));
    for (const QString &name : {u"Pause"_s, u"Resume"_s, u"Cancel history"_s, u"Hide"_s}) {
        const QWidget *button = stage.named(name);
        QCOMPARE(button != nullptr, buttons.contains(name));
        QVERIFY(button == nullptr || button->isEnabled());
    }
    // Where the words are the card's own, the reason stands behind them.
    const QString behind = stage.find<QWidget>("historySentence")->toolTip();
    QCOMPARE(behind.isEmpty(), sentence.startsWith(job.reason) || !buttons.contains(u"Pause"_s) ||
                                   BackfillState(state) == BackfillState::Running);
}

void TestBackfillCard::itTellsHowFarItIs()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    BackfillStatus job = stage.history(BackfillState::Running);
    job.cellsTotal = job.cellsDone = job.requestsLeft = 0;
    job.etaSeconds.reset();
    stage.tellHistory(job);
    auto *bar = qobject_cast<QProgressBar *>(stage.named(u"History progress"_s));
    QVERIFY(bar);
    QCOMPARE(bar->maximum(), 0); // it moves
    QVERIFY(stage.named(u"Looking at what is missing."_s));
    stage.tellHistory(stage.history(BackfillState::Running));
    QCOMPARE(bar->value(), 2'431);
    QCOMPARE(bar->maximum(), 7'298);
    QVERIFY(stage.named(u"2,431 of 7,298 days of data, 2,418 requests left, about 19 h 12 min"_s));
    // Nobody knows how long a pause lasts, or a person takes.
    for (const BackfillState state : {BackfillState::Paused, BackfillState::NeedsPerson}) {
        stage.tellHistory(stage.history(state));
        QVERIFY(stage.named(u"2,431 of 7,298 days of data, 2,418 requests left"_s));
    }
    job = stage.history(BackfillState::Done);
    job.cellsDone = job.cellsTotal;
    job.requestsLeft = 0;
    stage.tellHistory(job);
    QVERIFY(stage.named(u"7,298 of 7,298 days of data"_s));
    QVERIFY(stage.named(u"History: all of it is here"_s));
    QVERIFY(stage.named(u"Nothing is missing from 27 November 2016 to 22 November 2026."_s));
}

void TestBackfillCard::theButtonsAskForTheAccountsBackfill()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QSignalSpy paused(stage.link, &WorkerLink::pauseBackfillRequested);
    QSignalSpy resumed(stage.link, &WorkerLink::resumeBackfillRequested);
    QSignalSpy cancelled(stage.link, &WorkerLink::cancelBackfillRequested);
    const auto press = [&stage](const QString &name) {
        auto *button = qobject_cast<QPushButton *>(stage.named(name));
        if (button != nullptr)
            button->click();
        return button != nullptr;
    };
    stage.tellHistory(stage.history(BackfillState::Running));
    QVERIFY(press(u"Pause"_s));
    QCOMPARE(paused.size(), 1);
    QCOMPARE(paused.first().first().value<AccountKey>(), Stage::account());
    stage.tellHistory(stage.history(BackfillState::Paused));
    QVERIFY(press(u"Resume"_s));
    QCOMPARE(resumed.first().first().value<AccountKey>(), Stage::account());
    stage.tellHistory(stage.history(BackfillState::Running));
    QVERIFY(press(u"Cancel history"_s));
    QCOMPARE(cancelled.first().first().value<AccountKey>(), Stage::account());
    QVERIFY(stage.dialog() == nullptr); // at once, without a question: nothing is lost
    stage.tellHistory(stage.history(BackfillState::Cancelled));
    QVERIFY(press(u"Hide"_s));
    QVERIFY(!stage.find<QWidget>("backfill")->isVisible());
    QCOMPARE(paused.size() + resumed.size() + cancelled.size(), 3);
}

void TestBackfillCard::theFocusStaysWhereTheHandIs()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    stage.tellHistory(stage.history(BackfillState::Running));
    stage.window->activateWindow();
    stage.named(u"Pause"_s)->setFocus();
    QTRY_VERIFY(stage.named(u"Pause"_s)->hasFocus());
    stage.tellHistory(stage.history(BackfillState::Paused));
    QVERIFY(stage.named(u"Resume"_s)->hasFocus());
    stage.tellHistory(stage.history(BackfillState::Running));
    QVERIFY(stage.named(u"Pause"_s)->hasFocus());
    stage.tellHistory(stage.history(BackfillState::Cancelled));
    QVERIFY(stage.named(u"Hide"_s)->hasFocus());
}

void TestBackfillCard::theCountdownTicks()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    BackfillStatus job = stage.history(BackfillState::WaitingForQuota);
    job.nextWakeUtc = stage.now() + 90;
    stage.tellHistory(job);
    QVERIFY(stage.named(u"Goes on by itself at 22:58, in 1:30."_s));
    stage.clock->advance(7);
    QTRY_VERIFY_WITH_TIMEOUT(stage.named(u"Goes on by itself at 22:58, in 1:23."_s), 3'000);
}

void TestBackfillCard::aWaitThatIsOverCountsNoFurther()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    BackfillStatus job = stage.history(BackfillState::WaitingForQuota);
    job.nextWakeUtc = stage.now() - 1;
    stage.tellHistory(job);
    QVERIFY(stage.named(u"Goes on by itself within a minute."_s));
    job.nextWakeUtc = stage.now() + 86'400;
    stage.tellHistory(job);
    QVERIFY(stage.named(u"Goes on by itself tomorrow at 22:57, in 24 hours."_s));
    job.nextWakeUtc = stage.now() + 3 * 86'400;
    stage.tellHistory(job);
    QVERIFY(stage.named(u"Goes on by itself on 26 November at 22:57, in 72 hours."_s));
}

void TestBackfillCard::whatIsStoredIsShownAfterARestart()
{
    Stage stage;
    stage.window->show();
    QSignalSpy asked(stage.link, &WorkerLink::backfillsRequested);
    stage.openConnected();
    QCOMPARE(asked.size(), 1);
    BackfillStatus other = stage.history(BackfillState::Paused);
    other.account.participant = u"p02"_s;
    Q_EMIT stage.link->backfillsRead({other, stage.history(BackfillState::Interrupted)});
    QVERIFY(stage.named(u"History: interrupted"_s));
}

void TestBackfillCard::whatEndedBeforeIsNotShownAgain()
{
    for (const BackfillState state : {BackfillState::Done, BackfillState::Cancelled}) {
        Stage stage;
        stage.window->show();
        stage.openConnected();
        Q_EMIT stage.link->backfillsRead({stage.history(state)});
        QVERIFY(!stage.find<QWidget>("backfill")->isVisible());
    }
}

void TestBackfillCard::eachAccountHasItsOwn()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    Q_EMIT stage.link->participantsRead({{u"default"_s, {}}, {u"p02"_s, {}}});
    BackfillStatus other = stage.history(BackfillState::Paused);
    other.account.participant = u"p02"_s;
    stage.tellHistory(other);
    QVERIFY(!stage.find<QWidget>("backfill")->isVisible());
    stage.find<QComboBox>("participant")->setCurrentIndex(1);
    QVERIFY(stage.named(u"History: paused"_s));
    QSignalSpy resumed(stage.link, &WorkerLink::resumeBackfillRequested);
    qobject_cast<QPushButton *>(stage.named(u"Resume"_s))->click();
    QCOMPARE(resumed.first().first().value<AccountKey>(), other.account);
    stage.find<QComboBox>("participant")->setCurrentIndex(0);
    QVERIFY(!stage.find<QWidget>("backfill")->isVisible());
}

void TestBackfillCard::aSyncGoesFirst()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    stage.tellHistory(stage.history(BackfillState::Running));
    QVERIFY(stage.named(u"Sync now"_s)->isEnabled());
    QSignalSpy asked(stage.link, &WorkerLink::syncRequested);
    stage.startSync(1, 2, {});
    QCOMPARE(asked.size(), 1);
    QVERIFY(stage.named(u"Lets the sync go first."_s));
    stage.finishSync(stage.goodReport());
    QVERIFY(stage.named(u"Newest days first, back to 27 November 2016."_s));
}

void TestBackfillCard::theDayAndTheFilesAreLookedAtAnew()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QSignalSpy status(stage.link, &WorkerLink::statusRequested);
    stage.tellHistory(stage.history(BackfillState::Running));
    stage.tellHistory(stage.history(BackfillState::Running));
    QCOMPARE(status.size(), 1);
    stage.tellHistory(stage.history(BackfillState::WaitingForQuota));
    QCOMPARE(status.size(), 2); // the limit has another count by now
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestBackfillCard)
#include "tst_backfillcard.moc"
