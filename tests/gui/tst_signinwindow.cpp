// SPDX-License-Identifier: GPL-3.0-or-later

// Connect, Disconnect and the account question, with the test as the worker and the browser.

#include "gui/stage.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

ConnectReport failedConnect(ErrorKind kind)
{
    ConnectReport report;
    report.account = Stage::account();
    report.error.kind = kind;
    return report;
}

} // namespace

class TestSignInWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectsThroughTheBrowser();
    void tellsWhenNoBrowserOpens();
    void cancelsTheSignIn();
    void tellsWhyTheSignInFailed_data();
    void tellsWhyTheSignInFailed();
    void tellsWhichPermissionsAreMissing();
    void theWrongAccountIsAQuestion_data();
    void theWrongAccountIsAQuestion();
    void aSignInThatEndsTakesItsQuestionAlong();
    void disconnectAsksFirst_data();
    void disconnectAsksFirst();
    void offlineDisconnectTellsWhatIsLeft();
};

void TestSignInWindow::connectsThroughTheBrowser()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    QSignalSpy asked(stage.link, &WorkerLink::connectRequested);
    stage.startConnecting();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<ConnectRequest>().account, Stage::account());
    QCOMPARE(stage.openedUrls.size(), 1);
    QCOMPARE(stage.openedUrls.first().host(), u"www.fitbit.com"_s);
    QVERIFY(stage.find<QWidget>("connecting")->isVisible());
    QVERIFY(!stage.find<QWidget>("dayPlace")->isVisible());
    QVERIFY(!stage.find<QComboBox>("days")->isEnabled());
    QCOMPARE(stage.find<QLineEdit>("redirect")->text(), u"http://localhost:5000/fitbit/callback"_s);
    QVERIFY(stage.find<QLabel>("compare")->text().contains(u"If the browser shows an error, compare this"_s));
    // The encoding must survive: a link with a blank in it would be cut when pasted.
    QVERIFY(stage.find<QLineEdit>("link")->text().contains(u"scope=activity%20heartrate"_s));
    stage.press("copyLink");
    QCOMPARE(QGuiApplication::clipboard()->text(), stage.find<QLineEdit>("link")->text());
    stage.press("copyRedirect");
    QCOMPARE(QGuiApplication::clipboard()->text(), stage.find<QLineEdit>("redirect")->text());
    stage.press("open");
    QCOMPARE(stage.openedUrls.size(), 2);

    QSignalSpy status(stage.link, &WorkerLink::statusRequested);
    ConnectReport report;
    report.account = Stage::account();
    report.connected = true;
    Q_EMIT stage.link->connectFinished(report);
    QCOMPARE(status.size(), 1);
    Q_EMIT stage.link->statusRead({stage.connectedStatus()});
    QCOMPARE(stage.status(), u"Status: Connected"_s);
    QCOMPARE(Stage::accessibleName(stage.find<QLabel>("status")), u"Status: Connected"_s);
    QVERIFY(!stage.find<QWidget>("banner")->isVisible());
}

void TestSignInWindow::tellsWhenNoBrowserOpens()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.browserWorks = false;
    stage.startConnecting();
    QVERIFY(stage.find<QWidget>("banner")->isVisible());
    // The sign-in goes on: the link can be copied.
    QCOMPARE(stage.status(), u"Status: Connecting"_s);
    stage.press("dismiss");
    QVERIFY(!stage.find<QWidget>("banner")->isVisible());
}

void TestSignInWindow::cancelsTheSignIn()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.startConnecting();
    QSignalSpy cancelled(stage.link, &WorkerLink::cancelConnectRequested);
    stage.press("action");
    stage.press("action");
    QCOMPARE(cancelled.size(), 1);
    Q_EMIT stage.link->connectFinished(failedConnect(ErrorKind::Cancelled));
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
    QVERIFY(stage.find<QPushButton>("action")->isEnabled());
    QVERIFY(!stage.find<QWidget>("banner")->isVisible());
}

void TestSignInWindow::tellsWhyTheSignInFailed_data()
{
    QTest::addColumn<int>("kind");
    for (const ErrorKind kind :
         {ErrorKind::ConsentDenied, ErrorKind::ConsentTimedOut, ErrorKind::PortBusy, ErrorKind::ClientRefused,
          ErrorKind::Network, ErrorKind::WrongAccount, ErrorKind::ServiceGone})
        QTest::newRow(qPrintable(errorKindName(kind))) << int(kind);
}

void TestSignInWindow::tellsWhyTheSignInFailed()
{
    QFETCH(int, kind);
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.startConnecting();
    Q_EMIT stage.link->connectFinished(failedConnect(ErrorKind(kind)));
    auto *banner = stage.find<QWidget>("banner");
    QVERIFY(banner->isVisible());
    QVERIFY(!Stage::textIn(banner, "title").isEmpty());
    QVERIFY(!Stage::textIn(banner, "text").isEmpty());
    // Trouble is never a box that stops the person.
    QVERIFY(stage.dialog() == nullptr);
    // Trying again takes the old trouble away.
    stage.find<QAction>("connectAction")->trigger();
    QVERIFY(!banner->isVisible());
}

void TestSignInWindow::tellsWhichPermissionsAreMissing()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.startConnecting();
    ConnectReport report;
    report.account = Stage::account();
    report.connected = true;
    report.missing = {u"sleep"_s, u"weight"_s};
    Q_EMIT stage.link->connectFinished(report);
    auto *banner = stage.find<QWidget>("banner");
    QVERIFY(banner->isVisible());
    QVERIFY(Stage::textIn(banner, "text").contains(u"Sleep, weight and body composition"_s));
}

void TestSignInWindow::theWrongAccountIsAQuestion_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("keepNew");
    QTest::newRow("use it") << u"Use this account"_s << true;
    QTest::newRow("leave it") << u"Leave everything as it was"_s << false;
    QTest::newRow("closed") << QString() << false;
}

void TestSignInWindow::theWrongAccountIsAQuestion()
{
    QFETCH(QString, button);
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.startConnecting();
    QSignalSpy answered(stage.link, &WorkerLink::wrongAccountAnswered);
    Q_EMIT stage.link->wrongAccount({Stage::account(), u"9ZXW8V"_s, {}, u"p02"_s});
    QDialog *dialog = stage.dialog();
    QVERIFY(dialog != nullptr);
    const QString text = Stage::textIn(dialog, "text");
    QVERIFY(text.contains(u"9ZXW8V"_s) && text.contains(u"p02"_s));
    QVERIFY(Stage::buttonIn(dialog, u"Leave everything as it was"_s)->isDefault());
    if (button.isEmpty())
        dialog->close();
    else
        Stage::buttonIn(dialog, button)->click();
    QCOMPARE(answered.size(), 1);
    QTEST(answered.first().first().toBool(), "keepNew");
}

void TestSignInWindow::aSignInThatEndsTakesItsQuestionAlong()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    stage.startConnecting();
    QSignalSpy answered(stage.link, &WorkerLink::wrongAccountAnswered);
    Q_EMIT stage.link->wrongAccount({Stage::account(), u"9ZXW8V"_s, u"7ABCDE"_s, {}});
    QVERIFY(stage.dialog() != nullptr);
    Q_EMIT stage.link->connectFinished(failedConnect(ErrorKind::ConsentTimedOut));
    QTRY_VERIFY(stage.dialog() == nullptr);
    QCOMPARE(answered.size(), 0);
}

void TestSignInWindow::disconnectAsksFirst_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("keep");
    QTest::addColumn<int>("asked");
    QTest::newRow("yes") << u"Disconnect"_s << false << 1;
    QTest::newRow("keep the permission") << u"Disconnect"_s << true << 1;
    QTest::newRow("no") << u"Cancel"_s << false << 0;
}

void TestSignInWindow::disconnectAsksFirst()
{
    QFETCH(QString, button);
    QFETCH(bool, keep);
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QSignalSpy disconnected(stage.link, &WorkerLink::disconnectRequested);
    stage.find<QAction>("disconnectAction")->trigger();
    QDialog *dialog = stage.dialog();
    QVERIFY(dialog != nullptr);
    QVERIFY(Stage::textIn(dialog, "text").contains(u"on every computer"_s));
    QCOMPARE(disconnected.size(), 0);
    dialog->findChild<QCheckBox *>(u"keep"_s)->setChecked(keep);
    QPushButton *pressed = Stage::buttonIn(dialog, button);
    QVERIFY(pressed != nullptr);
    pressed->click();
    QFETCH(int, asked);
    QCOMPARE(disconnected.size(), asked);
    if (asked == 0)
        return;
    QCOMPARE(disconnected.first().at(0).value<AccountKey>(), Stage::account());
    QCOMPARE(disconnected.first().at(1).toBool(), keep);
    QCOMPARE(stage.status(), u"Status: Disconnecting"_s);
    DisconnectReport report;
    report.account = Stage::account();
    report.wasConnected = true;
    Q_EMIT stage.link->disconnectFinished(report);
    Q_EMIT stage.link->statusRead({});
    QCOMPARE(stage.status(), u"Status: Not connected"_s);
    QVERIFY(!stage.find<QAction>("disconnectAction")->isEnabled());
}

void TestSignInWindow::offlineDisconnectTellsWhatIsLeft()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    stage.find<QAction>("disconnectAction")->trigger();
    Stage::buttonIn(stage.dialog(), u"Disconnect"_s)->click();
    DisconnectReport report;
    report.wasConnected = true;
    report.warning = u"Take the permission back at fitbit.com."_s;
    Q_EMIT stage.link->disconnectFinished(report);
    auto *banner = stage.find<QWidget>("banner");
    QVERIFY(banner->isVisible());
    QCOMPARE(Stage::textIn(banner, "text"), report.warning);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSignInWindow)
#include "tst_signinwindow.moc"
