// SPDX-License-Identifier: GPL-3.0-or-later
// The tray's words, pictures and menu; no desktop with a tray is needed for them.

#include "gui/trayicon.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const qint64 now = QDateTime({2026, 11, 23}, {9, 12}, Qt::UTC).toSecsSinceEpoch();

DashboardFacts connected()
{
    DashboardFacts facts;
    facts.account = {u"default"_s, u"fitbit"_s};
    facts.provider = u"Fitbit"_s;
    facts.store = StoreState::Open;
    AccountStatus status;
    status.key = facts.account;
    status.state = ConnectionState::Connected;
    facts.status = status;
    return facts;
}

BackfillStatus history(BackfillState state, const QString &participant = u"default"_s)
{
    BackfillStatus made;
    made.account = {participant, u"fitbit"_s};
    made.state = state;
    made.first = QDate(2016, 11, 27);
    made.last = QDate(2026, 11, 22);
    made.cellsDone = 2'196;
    made.cellsTotal = 7'305;
    if (state == BackfillState::NeedsPerson)
        made.reason = u"The folder is full."_s;
    return made;
}

QAction *actionOf(const TrayIcon &tray, const QString &text)
{
    const QList<QAction *> actions = tray.menu()->actions();
    for (QAction *action : actions) {
        if (QString(action->text()).remove(u'&') == text)
            return action;
    }
    return nullptr;
}

} // namespace

class TestTrayIcon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectedAndQuiet()
    {
        const TrayFace face = trayFace(connected(), {}, now);
        QCOMPARE(face.state, TrayState::Idle);
        QVERIFY(face.maySync);
        QCOMPARE(face.result, u"Nothing synced yet"_s);
        QVERIFY(face.tooltip.startsWith(u"Wristkeep\nStatus: Connected"_s));
    }

    void thePermissionEndsSoon()
    {
        DashboardFacts facts = connected();
        facts.status->refreshEndsAt = double(now + 47 * 3600);
        const TrayFace face = trayFace(facts, {}, now);
        QCOMPARE(face.state, TrayState::Attention);
        QVERIFY(face.maySync);
        QVERIFY2(face.tooltip.contains(u"Permission ends in 47 hours"_s), qPrintable(face.tooltip));
        QCOMPARE(trayFace(facts, {}, now - 86'400).state, TrayState::Idle);
    }

    void syncing()
    {
        DashboardFacts facts = connected();
        facts.syncing = true;
        facts.progress.done = 3;
        facts.progress.total = 12;
        const TrayFace face = trayFace(facts, {}, now);
        QCOMPARE(face.state, TrayState::Syncing);
        QVERIFY(!face.maySync);
        QVERIFY(face.result.contains(u"3"_s) && face.result.contains(u"12"_s));
    }

    void reconnecting()
    {
        DashboardFacts facts = connected();
        facts.status->state = ConnectionState::ReconnectNeeded;
        const TrayFace face = trayFace(facts, {}, now);
        QCOMPARE(face.state, TrayState::Attention);
        QVERIFY(!face.maySync);
        QVERIFY(face.tooltip.contains(u"Reconnect needed"_s));
    }

    void histories_data()
    {
        QTest::addColumn<BackfillState>("state");
        QTest::addColumn<TrayState>("shown");
        QTest::newRow("running") << BackfillState::Running << TrayState::Syncing;
        QTest::newRow("needs the person") << BackfillState::NeedsPerson << TrayState::Attention;
        QTest::newRow("interrupted") << BackfillState::Interrupted << TrayState::Idle;
        QTest::newRow("request limit") << BackfillState::WaitingForQuota << TrayState::Idle;
        QTest::newRow("offline") << BackfillState::WaitingForNetwork << TrayState::Idle;
        QTest::newRow("later") << BackfillState::WaitingForRetry << TrayState::Idle;
        QTest::newRow("paused") << BackfillState::Paused << TrayState::Idle;
        QTest::newRow("done") << BackfillState::Done << TrayState::Idle;
        QTest::newRow("cancelled") << BackfillState::Cancelled << TrayState::Idle;
    }

    void histories()
    {
        QFETCH(BackfillState, state);
        QFETCH(TrayState, shown);
        const TrayFace face = trayFace(connected(), {history(state)}, now);
        QCOMPARE(face.state, shown);
        QCOMPARE(face.tooltip.contains(u"History: "_s), shown != TrayState::Idle);
        QVERIFY(face.maySync);
    }

    void whatNeedsThePersonIsNotHiddenByWhatRuns()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        const QList<BackfillStatus> both{history(BackfillState::Running),
                                         history(BackfillState::NeedsPerson, u"ada"_s)};
        const TrayFace face = trayFace(connected(), both, now);
        QCOMPARE(face.state, TrayState::Attention);
        QVERIFY2(face.tooltip.contains(u"History: needs you (ada)\nThe folder is full."_s),
                 qPrintable(face.tooltip));
        DashboardFacts facts = connected();
        QVERIFY(trayFace(facts, both.mid(0, 1), now)
                    .tooltip.contains(u"History: being fetched\n2,196 of 7,305 days of data"_s));
        facts.status->state = ConnectionState::ReconnectNeeded;
        QCOMPARE(trayFace(facts, both.mid(0, 1), now).state, TrayState::Attention);
        facts.syncing = true;
        QCOMPARE(trayFace(facts, both, now).state, TrayState::Syncing);
        QLocale::setDefault(before);
    }

    void theDemoSaysSo()
    {
        DashboardFacts facts = connected();
        facts.demo = true;
        QVERIFY(trayFace(facts, {}, now).tooltip.startsWith(u"Wristkeep: Demo"_s));
    }

    void theLastResultIsInWords()
    {
        DashboardFacts facts = connected();
        facts.status->lastRunUtc = now - 60;
        QVERIFY(trayFace(facts, {}, now).result.startsWith(u"Last sync: "_s));
        facts.report = SyncReport{};
        facts.report->cancelled = true;
        QVERIFY(!trayFace(facts, {}, now).result.isEmpty());
        QVERIFY(!trayFace(facts, {}, now).result.startsWith(u"Last sync: "_s));
    }

    void theMenuAsks()
    {
        TrayIcon tray;
        QSignalSpy open(&tray, &TrayIcon::openRequested);
        QSignalSpy sync(&tray, &TrayIcon::syncRequested);
        QSignalSpy quit(&tray, &TrayIcon::quitRequested);
        QVERIFY(!actionOf(tray, u"Sync now"_s)->isEnabled());
        tray.present(trayFace(connected(), {}, now));
        actionOf(tray, u"Open"_s)->trigger();
        actionOf(tray, u"Sync now"_s)->trigger();
        actionOf(tray, u"Quit"_s)->trigger();
        QCOMPARE(open.size(), 1);
        QCOMPARE(sync.size(), 1);
        QCOMPARE(quit.size(), 1);
        const QAction *result = actionOf(tray, u"Nothing synced yet"_s);
        QVERIFY(result);
        QVERIFY(!result->isEnabled());
    }

    void theBadgesDifferWithoutColour()
    {
        QList<QImage> pictures;
        for (const TrayState state : {TrayState::Idle, TrayState::Syncing, TrayState::Attention}) {
            const QIcon icon = trayPicture(state);
            QVERIFY(!icon.isNull());
            QCOMPARE(icon.availableSizes().size(), 6);
            pictures << icon.pixmap(QSize(22, 22), 1.0).toImage().convertToFormat(QImage::Format_Grayscale8);
        }
        for (qsizetype one = 0; one < pictures.size(); ++one) {
            for (qsizetype other = one + 1; other < pictures.size(); ++other) {
                int different = 0;
                for (int y = 0; y < 22; ++y) {
                    for (int x = 0; x < 22; ++x)
                        different += qAbs(qGray(pictures.at(one).pixel(x, y)) -
                                          qGray(pictures.at(other).pixel(x, y))) > 60;
                }
                QVERIFY2(different > 20, qPrintable(QString::number(different)));
            }
        }
    }
};

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"
