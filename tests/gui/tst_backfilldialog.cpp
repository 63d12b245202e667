// SPDX-License-Identifier: GPL-3.0-or-later

// Before a backfill begins: the first day, the data, what it takes, and the order that is given.

#include "gui/stage.h"
#include "gui/syncchoice.h"
#include "gui/synctypesbutton.h"

#include <QAction>
#include <QDateEdit>
#include <QDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QDate accountsFirst(2016, 11, 27);

/// A dialog that was opened by its button, with a worker that knows the account's first day.
struct Desk
{
    Stage stage;
    QList<BackfillOrder> asked;
    int requests = 612;
    bool silent = false; ///< answers nothing
    QDate known = accountsFirst;
    QSignalSpy started;

    Desk() : started(stage.link, &WorkerLink::startBackfillRequested)
    {
        stage.window->show();
        stage.reckonsHistory = [this](const BackfillOrder &order) -> std::optional<PlanEstimate> {
            asked << order;
            if (silent)
                return std::nullopt;
            PlanEstimate plan = stage.plan(order.first || known.isValid() ? requests : 0);
            plan.account = order.account;
            plan.first = order.first.value_or(known);
            plan.windows = requests > 0 ? 5 : 0;
            plan.seconds = 4 * 3600 + 40 * 60;
            plan.finishUtc = stage.now() + plan.seconds;
            if (!order.dataTypes.isEmpty())
                plan.types = {{order.dataTypes.first(), 1, 1}};
            return plan;
        };
        stage.openConnected();
    }

    [[nodiscard]] QString text(const char *label) const { return Stage::textIn(stage.dialog(), label); }
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        return Stage::buttonIn(stage.dialog(), name);
    }
    [[nodiscard]] QDateEdit *firstDay() const
    {
        return stage.dialog()->findChild<QDateEdit *>(u"firstDay"_s);
    }
};

} // namespace

class TestBackfillDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void itBeginsWithTheAccountsFirstDay();
    void itSaysWhatItTakesBeforeItBegins();
    void anotherChoiceIsReckonedAnew();
    void anUnknownFirstDayIsThePersonsToChoose();
    void nothingToAskIsNothingToStart();
    void notNowAsksForNothing();
    void theMenuOpensItToo();
    void aFailedReckoningIsSaid();
    void anothersFailureIsNotItsOwn();
    void onlyWhereASyncMayBegin();
    void itSaysThatItTakesAnothersPlace();
};

void TestBackfillDialog::itBeginsWithTheAccountsFirstDay()
{
    Desk desk;
    qobject_cast<QPushButton *>(desk.stage.named(u"All history…"_s))->click();
    QVERIFY(desk.stage.dialog());
    QCOMPARE(desk.asked.size(), 1);
    QVERIFY(!desk.asked.first().first);
    QCOMPARE(desk.asked.first().account, Stage::account());
    QCOMPARE(Stage::accessibleName(desk.firstDay()), u"First day"_s);
    QCOMPARE(desk.firstDay()->date(), accountsFirst);
    QCOMPARE(desk.text("firstDayHint"), u"The first day of the account."_s);
    QCOMPARE(desk.firstDay()->maximumDate(), QDate(2026, 11, 22));
    desk.button(u"Start"_s)->click();
    QCOMPARE(desk.started.size(), 1);
    const auto order = desk.started.first().first().value<BackfillOrder>();
    QCOMPARE(order.account, Stage::account());
    QCOMPARE(order.first, accountsFirst);
    QCOMPARE(order.dataTypes, QStringList()); // the usual ones
    QVERIFY(!desk.stage.dialog());
}

void TestBackfillDialog::itSaysWhatItTakesBeforeItBegins()
{
    Desk desk;
    desk.stage.press("history");
    QCOMPARE(desk.text("requests"), u"612"_s);
    QCOMPARE(desk.text("time"),
             u"4 h 40 min at Fitbit's pace, done by tomorrow, 03:37"_s); // from 22:57 in Chatham
    QCOMPARE(desk.text("disk").replace(QChar(QChar::Nbsp), u' '), u"about 13 MB"_s);
    const QString details = desk.stage.dialog()->findChild<QLabel *>(u"disk"_s)->accessibleDescription();
    QVERIFY(details.contains(u"Steps: 306 days, 306 requests"_s));
    QVERIFY(details.contains(u"The limit leaves 148 requests until 23:45"_s));
    QCOMPARE(desk.started.size(), 0);
}

void TestBackfillDialog::anotherChoiceIsReckonedAnew()
{
    Desk desk;
    desk.stage.press("history");
    desk.requests = 61;
    desk.firstDay()->setDate(QDate(2024, 1, 1));
    QVERIFY(!desk.button(u"Start"_s)->isEnabled()); // not before it is known what it takes
    QCOMPARE(desk.text("requests"), u"–"_s);
    for (int day = 2; day < 9; ++day)
        desk.firstDay()->setDate(QDate(2024, 1, day));
    QTRY_COMPARE(desk.text("requests"), u"61"_s);
    QCOMPARE(desk.asked.size(), 2); // however fast the days went by
    QCOMPARE(desk.asked.last().first, QDate(2024, 1, 8));
    auto *types = desk.stage.dialog()->findChild<SyncTypesButton *>();
    const QList<QAction *> kinds = types->menu()->actions();
    kinds.last()->trigger();
    QTRY_COMPARE(desk.asked.size(), 3);
    QCOMPARE(desk.asked.last().dataTypes.size(), 1);
    desk.button(u"Start"_s)->click();
    const auto order = desk.started.first().first().value<BackfillOrder>();
    QCOMPARE(order.first, QDate(2024, 1, 8));
    QCOMPARE(order.dataTypes, desk.asked.last().dataTypes);
}

void TestBackfillDialog::anUnknownFirstDayIsThePersonsToChoose()
{
    Desk desk;
    desk.known = QDate();
    desk.stage.press("history");
    QCOMPARE(desk.text("firstDayHint"),
             u"Fitbit does not tell an account's first day: choose how far back."_s);
    QCOMPARE(desk.asked.size(), 2);
    QCOMPARE(desk.firstDay()->date(), QDate(2025, 11, 23)); // a year, to begin with
    QCOMPARE(desk.asked.last().first, QDate(2025, 11, 23));
    QVERIFY(desk.button(u"Start"_s)->isEnabled());
}

void TestBackfillDialog::nothingToAskIsNothingToStart()
{
    Desk desk;
    desk.requests = 0;
    desk.stage.press("history");
    QCOMPARE(desk.text("note"), u"Nothing to ask: it is all here."_s);
    QVERIFY(!desk.button(u"Start"_s)->isEnabled());
}

void TestBackfillDialog::notNowAsksForNothing()
{
    Desk desk;
    desk.stage.press("history");
    desk.button(u"Not now"_s)->click();
    QVERIFY(!desk.stage.dialog());
    QCOMPARE(desk.started.size(), 0);
}

void TestBackfillDialog::theMenuOpensItToo()
{
    Desk desk;
    desk.stage.find<QAction>("historyAction")->trigger();
    QVERIFY(desk.stage.dialog());
    desk.stage.find<QAction>("historyAction")->trigger();
    QCOMPARE(desk.asked.size(), 1); // it is there once
}

void TestBackfillDialog::aFailedReckoningIsSaid()
{
    Desk desk;
    desk.silent = true;
    desk.stage.press("history");
    QVERIFY(!desk.button(u"Start"_s)->isEnabled());
    Error error;
    error.kind = ErrorKind::Storage;
    Q_EMIT desk.stage.link->backfillEstimateFailed(desk.asked.last(), error);
    QVERIFY(desk.text("note").startsWith(u"The data could not be saved or read"_s));
    QVERIFY(!desk.button(u"Start"_s)->isEnabled());
}

void TestBackfillDialog::anothersFailureIsNotItsOwn()
{
    Desk desk;
    desk.silent = true;
    desk.stage.press("history");
    Error error;
    error.kind = ErrorKind::Storage;
    Q_EMIT desk.stage.link->requestFailed(error); // e.g. of a status
    QCOMPARE(desk.text("note"), QString());
    QCOMPARE(desk.text("firstDayHint"), QString());
    // Nor is a late one to a choice that is no longer there.
    BackfillOrder earlier = desk.asked.last();
    earlier.dataTypes = QStringList{u"sleep"_s};
    Q_EMIT desk.stage.link->backfillEstimateFailed(earlier, error);
    QCOMPARE(desk.text("note"), QString());
    desk.silent = false;
    desk.firstDay()->setDate(QDate(2024, 1, 8));
    QTRY_COMPARE(desk.text("requests"), u"612"_s);
    QVERIFY(desk.button(u"Start"_s)->isEnabled());
}

void TestBackfillDialog::onlyWhereASyncMayBegin()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    QVERIFY(!stage.find<QPushButton>("history")->isEnabled());
    QVERIFY(!stage.find<QAction>("historyAction")->isEnabled());
    Q_EMIT stage.link->statusRead({stage.connectedStatus()});
    QVERIFY(stage.find<QPushButton>("history")->isEnabled());
    QVERIFY(stage.find<QAction>("historyAction")->isEnabled());
}

void TestBackfillDialog::itSaysThatItTakesAnothersPlace()
{
    Desk desk;
    desk.stage.tellHistory(desk.stage.history(BackfillState::Done));
    desk.stage.press("history");
    QCOMPARE(desk.text("note"), QString());
    desk.button(u"Not now"_s)->click();
    desk.stage.tellHistory(desk.stage.history(BackfillState::Paused));
    desk.stage.press("history");
    QVERIFY(desk.text("note").startsWith(u"This takes the place of the history that was begun before"_s));
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestBackfillDialog)
#include "tst_backfilldialog.moc"
