// SPDX-License-Identifier: GPL-3.0-or-later

// The small web server a sign-in opens for the browser: what else knocks there, in which pieces, what its
// pages say, and that its port is found busy or given back.

#include "net/signinbench.h"

#include <QTcpServer>
#include <QTest>

#include <memory>
#include <vector>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;
using Kind = SignInOutcome::Kind;

class TestSignInBrowser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void strayHitsAreAnsweredAndIgnored();
    void aHundredAtOnce();
    void headersInSegments();
    void slowHalfRequestAndLongHead();
    void theSecondCallbackIsRefused();
    void portBusy();
    void portBusyOnIp6();
    void listenerClosesRightAfter();
    void thePageTellsTheTruth();
    void thePageIsSafe();
};

void TestSignInBrowser::strayHitsAreAnsweredAndIgnored()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray good = bench.target();
    struct Case
    {
        QByteArray bytes;
        int status;
    };
    const QList<Case> cases = {
        {bench.get("/favicon.ico"), 404},
        {bench.get("/"), 404},
        {bench.get("/fitbit/callbackEVIL" + good.mid(16)), 404},
        {bench.get("/fitbit/callback/" + good.mid(16)), 404},
        {bench.get("/FITBIT/callback" + good.mid(16)), 404},
        {"HEAD " + bench.callback().mid(4), 405},
        {"POST " + bench.callback().mid(4), 405},
        {"OPTIONS " + bench.callback().mid(4), 405},
        {bench.get(good, "evil.example:" + QByteArray::number(bench.port())), 400},
        {bench.get(good, "127.0.0.1"), 400},
        {bench.get(good, "127.0.0.1:1"), 400},
        {bench.get(good, "localhost.evil:" + QByteArray::number(bench.port())), 400},
        {"GET " + good + " HTTP/1.1\r\n\r\n", 400},
        {"GET " + good + " HTTP/1.1\r\nHost: " + bench.hostName() + "\r\nHost: " + bench.hostName() +
             "\r\n\r\n",
         400},
        {"GET " + good + " HTTP/1.1\nHost: " + bench.hostName() + "\n\r\n\r\n", 400},
        {"GET " + good + "\r\n\r\n", 400},
        {"\x16\x03\x01\x02garbage\r\n\r\n", 400},
        {QByteArray("\0\0\0\0\r\n\r\n", 8), 400},
        {bench.get("/fitbit/callback"), 400},
        {bench.get("/fitbit/callback?code=C0DE"), 400},
        {bench.get("/fitbit/callback?code=C0DE&state=wrong"), 400},
        {bench.get("/fitbit/callback?state=" + bench.asked(u"state"_s).toLatin1()), 400},
        {bench.get("/fitbit/callback?code=&state=" + bench.asked(u"state"_s).toLatin1()), 400},
        {bench.get(good + "&code=another"), 400},
        {bench.get(good + "&state=another"), 400},
    };
    for (const Case &one : cases) {
        Hit hit(bench.port(), one.bytes);
        QTRY_VERIFY2(hit.closed, one.bytes.constData());
        QVERIFY2(hit.status() == one.status, (one.bytes + hit.answer.left(40)).constData());
        QVERIFY(hit.answer.contains("Connection: close"));
    }
    QVERIFY(bench.outcomes.isEmpty());
    QCOMPARE(bench.server.seen().size(), 0);
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
}

void TestSignInBrowser::aHundredAtOnce()
{
    SignInBench bench;
    QVERIFY(bench.start());
    std::vector<std::unique_ptr<Hit>> crowd;
    for (int i = 0; i < 100; ++i) {
        const QByteArray bytes = i % 4 == 0   ? bench.get("/favicon.ico")
                                 : i % 4 == 1 ? bench.get("/fitbit/callback?code=x&state=y")
                                 : i % 4 == 2 ? QByteArray("GET /half")
                                              : QByteArray();
        crowd.push_back(std::make_unique<Hit>(bench.port(), bytes));
    }
    for (const auto &hit : crowd) // all in the door before the true one, or the closed listener refuses them
        QTRY_VERIFY(hit->connected);
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE_WITH_TIMEOUT(bench.outcomes.size(), 1, 30'000);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("Fitbit is connected"));
    for (size_t i = 0; i < crowd.size(); ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(crowd[i]->closed, 30'000);
        // 409 when the true callback overtook it.
        if (i % 4 == 1)
            QVERIFY(crowd[i]->status() == 400 || crowd[i]->status() == 409);
    }
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestSignInBrowser::headersInSegments()
{
    SignInBench bench;
    QVERIFY(bench.start());
    const QByteArray all = bench.callback();
    Hit browser(bench.port(), all.left(10));
    QTRY_COMPARE(browser.socket.state(), QAbstractSocket::ConnectedState);
    for (qsizetype at = 10; at < all.size(); at += 7) {
        browser.socket.write(all.mid(at, 7));
        browser.socket.flush();
        QTest::qWait(1);
    }
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
}

void TestSignInBrowser::slowHalfRequestAndLongHead()
{
    SignInBench bench;
    QVERIFY(bench.start());
    Hit slow(bench.port(), "GET /fitbit/callback?code=");
    Hit endless(bench.port(), "GET /fitbit/callback?code=" + QByteArray(9000, 'a'));
    QTRY_VERIFY(endless.closed);
    QCOMPARE(endless.status(), 431);
    QTRY_VERIFY_WITH_TIMEOUT(slow.closed, 8000);
    QCOMPARE(slow.status(), 408);
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
}

void TestSignInBrowser::theSecondCallbackIsRefused()
{
    SignInBench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, tokenBody()).after(300); });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.server.seen().size(), 1);
    Hit again(bench.port(), bench.callback("OTHER"));
    QTRY_VERIFY(again.closed);
    QCOMPARE(again.status(), 409);
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QCOMPARE(bench.server.seen().size(), 1);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("Fitbit is connected"));
}

void TestSignInBrowser::portBusy()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::Any), 0));
    SignInBench bench;
    bench.request.client.redirectUri = u"http://localhost:%1/cb"_s.arg(other.serverPort());
    bench.start();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::PortBusy);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::PortBusy);
    QVERIFY(bench.outcomes.first().error.detail.contains(QString::number(other.serverPort())));
    QVERIFY(bench.outcomes.first().error.detail.contains(u"FITBIT_REDIRECT_URI"_s));
}

void TestSignInBrowser::portBusyOnIp6()
{
    QTcpServer other;
    if (!other.listen(QHostAddress(QHostAddress::LocalHostIPv6), 0))
        QSKIP("No ::1 on this computer");
    SignInBench bench;
    bench.request.client.redirectUri = u"http://localhost:%1/cb"_s.arg(other.serverPort());
    bench.start();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::PortBusy);
    QTcpServer free; // nothing was left open on 127.0.0.1
    QVERIFY(free.listen(QHostAddress(QHostAddress::LocalHost), other.serverPort()));
}

void TestSignInBrowser::listenerClosesRightAfter()
{
    SignInBench bench;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress(QHostAddress::LocalHost), bench.port()));
}

void TestSignInBrowser::thePageTellsTheTruth()
{
    SignInBench bench;
    bench.store.saveDelayMs = 300;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_VERIFY(bench.store.calls.contains(u"connect"_s));
    QVERIFY(browser.answer.isEmpty()); // not before it is saved
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("Fitbit is connected"));
    QVERIFY(bench.store.rows.contains(bench.request.key));
}

void TestSignInBrowser::thePageIsSafe()
{
    SignInBench bench;
    bench.request.demo = true;
    bench.request.client.providerTitle = u"<script>alert(1)</script>{{redirect}}"_s;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.get("/fitbit/callback?error=access_denied&state=" +
                                        bench.asked(u"state"_s).toLatin1()));
    QTRY_VERIFY(browser.closed);
    QVERIFY(!browser.answer.contains("<script"));
    QVERIFY(browser.answer.contains("{{redirect}}")); // a value is not a template
    QVERIFY(browser.answer.contains(">Demo<"));
    QVERIFY(browser.answer.contains(bench.redirect.toUtf8()));
    QVERIFY(browser.answer.contains("FITBIT_REDIRECT_URI"));
    for (const char *header :
         {"Cache-Control: no-store\r\n", "Referrer-Policy: no-referrer\r\n", "Connection: close\r\n",
          "Content-Security-Policy: default-src 'none'", "style-src 'sha256-"})
        QVERIFY2(browser.answer.contains(header), header);
    const qsizetype body = browser.answer.indexOf("\r\n\r\n") + 4;
    for (const char *outside : {"http://www", "https://", "src=", "href=", "@import", "url("})
        QVERIFY2(browser.answer.indexOf(outside, body) < 0, outside);
}

QTEST_GUILESS_MAIN(TestSignInBrowser)
#include "tst_signin_browser.moc"
