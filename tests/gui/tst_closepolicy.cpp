// SPDX-License-Identifier: GPL-3.0-or-later
// What closing the window means: the table, and a real window under it.

#include "gui/closepolicy.h"
#include "gui/windowkeeper.h"

#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;

class TestClosePolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<bool>("tray");
        QTest::addColumn<bool>("schedule");
        QTest::addColumn<bool>("ending");
        QTest::addColumn<CloseAnswer>("answer");
        QTest::newRow("tray") << true << false << false << CloseAnswer::Hide;
        QTest::newRow("tray and schedule") << true << true << false << CloseAnswer::Hide;
        QTest::newRow("schedule alone") << false << true << false << CloseAnswer::Minimise;
        QTest::newRow("nothing to stay for") << false << false << false << CloseAnswer::Quit;
        QTest::newRow("Quit with a tray") << true << true << true << CloseAnswer::Quit;
        QTest::newRow("Quit without one") << false << true << true << CloseAnswer::Quit;
    }

    void answers()
    {
        QFETCH(bool, tray);
        QFETCH(bool, schedule);
        QFETCH(bool, ending);
        QFETCH(CloseAnswer, answer);
        QCOMPARE(closeAnswer({tray, schedule, ending}), answer);
    }

    void withATrayTheWindowHidesAndComesBack()
    {
        QWidget window;
        WindowKeeper keeper(&window);
        QSignalSpy hidden(&keeper, &WindowKeeper::hidden);
        QSignalSpy quitting(&keeper, &WindowKeeper::quitting);
        keeper.setTray(true);
        keeper.start(false);
        QVERIFY(!window.close());
        QVERIFY(window.isHidden());
        QCOMPARE(hidden.size(), 1);
        keeper.toggle();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        keeper.toggle();
        QVERIFY(window.isHidden());
        QCOMPARE(hidden.size(), 1); // put away on purpose: nothing to explain
        QCOMPARE(quitting.size(), 0);
        keeper.quit();
        QCOMPARE(quitting.size(), 1);
        keeper.open();
        QVERIFY(window.isHidden());
    }

    void withAScheduleAloneItMinimises()
    {
        QWidget window;
        WindowKeeper keeper(&window);
        QSignalSpy quitting(&keeper, &WindowKeeper::quitting);
        keeper.setSchedule(true);
        keeper.start(false);
        QVERIFY(!window.close());
        QVERIFY(window.isVisible());
        QVERIFY(window.isMinimized());
        keeper.open();
        QVERIFY(!window.isMinimized());
        keeper.quit();
        QVERIFY(window.isHidden());
        QCOMPARE(quitting.size(), 1);
    }

    void withNeitherItEnds()
    {
        QWidget window;
        WindowKeeper keeper(&window);
        QSignalSpy quitting(&keeper, &WindowKeeper::quitting);
        keeper.start(false);
        QVERIFY(window.close());
        keeper.quit();
        QCOMPARE(quitting.size(), 1);
    }

    void aTrayThatGoesGivesTheWindowBack()
    {
        QWidget window;
        WindowKeeper keeper(&window);
        keeper.setTray(true);
        keeper.start(true);
        QVERIFY(!window.isVisible());
        keeper.setTray(false);
        QVERIFY(window.isMinimized());
    }

    void aTrayThatComesLateTakesTheWindowStartedForIt()
    {
        QWidget window;
        WindowKeeper keeper(&window);
        keeper.setTray(false);
        keeper.start(true);
        QVERIFY(window.isMinimized());
        keeper.setTray(true);
        QVERIFY(window.isHidden());

        QWidget opened;
        WindowKeeper other(&opened);
        other.start(false);
        other.setTray(true);
        QVERIFY(opened.isVisible());
    }
};

QTEST_MAIN(TestClosePolicy)
#include "tst_closepolicy.moc"
