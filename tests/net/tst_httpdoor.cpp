// SPDX-License-Identifier: GPL-3.0-or-later

// What leaves through the one door, over real sockets: where a request may go, what it carries, how often it
// arrives, and that it ends exactly once.

#include "net/doorbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestHttpDoor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRedirectIsNotFollowed();
    void onlyTheExactRequestCarriesTheToken();
    void noCookieComesBack();
    void refusedAndUnknownHosts();
    void cancelEndsOnce();
    void destructionEndsOnce();
    void aGoneContextIsNotCalled();
    void aSecretPostArrivesOnce_data();
    void aSecretPostArrivesOnce();
    void aGetIsNotRepeatedBehindOurBack_data();
    void aGetIsNotRepeatedBehindOurBack();
    void afterABrokenConnectionTheNextIsNew();
    void aBrokenConnectionTakesNoOtherRequestAlong();
    void loopbackNeverGoesThroughAProxy();
    void plainHttpElsewhereIsRefused();
    void errorTextsHoldNoQuery();
};

void TestHttpDoor::aRedirectIsNotFollowed()
{
    TestServer other;
    TestServer server;
    server.enqueue(
        Script::answer(302, "{}", "application/json", {"Location: " + other.url(u"/stolen"_s).toEncoded()}));
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this, u"secret-token"_s);
    QTRY_VERIFY(sent->result);
    QCOMPARE((*sent->result)->status, 302);
    QCOMPARE(other.connections(), 0);
}

void TestHttpDoor::onlyTheExactRequestCarriesTheToken()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::answer(200, "{}"); });
    HttpDoor door;
    auto first = send(door, get(server.url(u"/a"_s)), this, u"tok"_s);
    QTRY_VERIFY(first->result);
    QUrl withUser = server.url(u"/b"_s);
    withUser.setUserName(u"someone"_s);
    withUser.setPassword(u"password"_s);
    auto second = send(door, get(withUser), this);
    QTRY_VERIFY(second->result);
    QCOMPARE(server.seen().at(0).headers.value("authorization"), QByteArray("Bearer tok"));
    QVERIFY(!server.seen().at(1).headers.contains("authorization"));
    QCOMPARE(server.seen().at(0).headers.value("accept-encoding"), QByteArray("gzip"));
    QVERIFY(server.seen().at(0).headers.value("user-agent").startsWith("Wristkeep/"));
}

void TestHttpDoor::noCookieComesBack()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) {
        return Script::answer(200, "{}", "application/json",
                              {"Set-Cookie: a=b; Path=/", "Cache-Control: max-age=600"});
    });
    HttpDoor door;
    for (int i = 0; i < 2; ++i) {
        const auto sent = send(door, get(server.url(u"/x"_s)), this);
        QTRY_VERIFY(sent->result);
    }
    QCOMPARE(server.seen().size(), 2); // not from a cache either
    QVERIFY(!server.seen().at(1).headers.contains("cookie"));
}

void TestHttpDoor::refusedAndUnknownHosts()
{
    QUrl closed;
    {
        TestServer server;
        closed = server.url(u"/x"_s);
    }
    HttpDoor door;
    const auto refused = send(door, get(closed), this);
    QTRY_VERIFY(refused->result);
    QCOMPARE(refused->result->error().kind, ErrorKind::Network);
    const auto unknown = send(door, get(QUrl(u"https://wristkeep.invalid/x"_s)), this);
    QTRY_VERIFY_WITH_TIMEOUT(unknown->result, 20'000);
    QCOMPARE(unknown->result->error().kind, ErrorKind::Network);
}

void TestHttpDoor::cancelEndsOnce()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::hang(); });
    HttpDoor door;
    int calls = 0;
    std::optional<ErrorKind> kind;
    const auto ticket =
        door.send(get(server.url(u"/x"_s)), {}, this, [&](const Result<HttpResponse> &result) {
            ++calls;
            kind = result.error().kind;
        });
    QTRY_COMPARE(server.seen().size(), 1);
    door.cancel(ticket);
    door.cancel(ticket);
    door.cancelAll();
    QCOMPARE(calls, 0); // never inside the call
    QTRY_COMPARE(calls, 1);
    QCOMPARE(*kind, ErrorKind::Cancelled);
    door.cancel(ticket);
    door.cancel(0);
    const auto next = send(door, get(server.url(u"/y"_s)), this);
    door.cancelAll();
    QTRY_COMPARE(next->calls, 1);
    QCOMPARE(calls, 1);
}

void TestHttpDoor::destructionEndsOnce()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::hang(); });
    auto door = std::make_unique<HttpDoor>();
    const auto sent = send(*door, get(server.url(u"/x"_s)), this);
    QTRY_COMPARE(server.seen().size(), 1);
    door.reset();
    QTRY_COMPARE(sent->calls, 1);
    QCOMPARE(sent->result->error().kind, ErrorKind::Cancelled);
}

void TestHttpDoor::aGoneContextIsNotCalled()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::answer(200, "{}"); });
    HttpDoor door;
    auto context = std::make_unique<QObject>();
    const auto sent = send(door, get(server.url(u"/x"_s)), context.get());
    context.reset();
    const auto other = send(door, get(server.url(u"/y"_s)), this);
    QTRY_COMPARE(other->calls, 1);
    QTRY_COMPARE(server.seen().size(), 2);
    QCOMPARE(sent->calls, 0);
}

void TestHttpDoor::aSecretPostArrivesOnce_data()
{
    QTest::addColumn<bool>("warm");
    QTest::addColumn<bool>("reset");
    QTest::newRow("fresh connection, closed") << false << false;
    QTest::newRow("fresh connection, reset") << false << true;
    QTest::newRow("after a kept-alive one, closed") << true << false;
    QTest::newRow("after a kept-alive one, reset") << true << true;
}

void TestHttpDoor::aSecretPostArrivesOnce()
{
    QFETCH(bool, warm);
    QFETCH(bool, reset);
    TestServer server;
    HttpDoor door;
    if (warm) {
        server.enqueue(Script::answer(200, "{}"));
        const auto sent = send(door, get(server.url(u"/warm"_s)), this);
        QTRY_VERIFY(sent->result);
        server.forgetSeen();
    }
    server.setHandler([reset](const SeenRequest &) {
        Script script = Script::drop();
        script.steps.first().reset = reset;
        return script;
    });
    const auto sent = send(door, postOnce(server.url(u"/oauth2/token"_s), "refresh_token=abc"), this);
    QTRY_VERIFY(sent->result);
    QVERIFY(!*sent->result);
    QCOMPARE(sent->result->error().kind, ErrorKind::Network);
    QCOMPARE(server.seen().size(), 1);
    QCOMPARE(server.seen().first().body, QByteArray("refresh_token=abc"));

    // The door is as good as before.
    server.setHandler([](const SeenRequest &request) { return Script::answer(200, request.body); });
    const auto next = send(door, postOnce(server.url(u"/oauth2/token"_s), "refresh_token=def"), this);
    QTRY_VERIFY(next->result);
    QVERIFY(*next->result);
    QCOMPARE((*next->result)->body, QByteArray("refresh_token=def"));
    QCOMPARE(server.seen().size(), 2);
}

void TestHttpDoor::aGetIsNotRepeatedBehindOurBack_data()
{
    QTest::addColumn<QByteArray>("begun");
    QTest::newRow("before the answer") << QByteArray();
    QTest::newRow("in the first line") << QByteArray("HTTP/1.1 2");
    QTest::newRow("after the first line") << QByteArray("HTTP/1.1 200 OK\r\n");
    QTest::newRow("in the header") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n");
    QTest::newRow("before the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    QTest::newRow("in the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{");
}

void TestHttpDoor::aGetIsNotRepeatedBehindOurBack()
{
    QFETCH(QByteArray, begun);
    TestServer server;
    server.setHandler([begun](const SeenRequest &) {
        Script script = Script::raw(begun, false);
        script.steps.append({{}, 5, true, false});
        return script;
    });
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    QCOMPARE(sent->result->error().kind, ErrorKind::Network);
    QCOMPARE(server.seen().size(), 1); // docs/adr/0002: a repeat would count against the quota
}

void TestHttpDoor::afterABrokenConnectionTheNextIsNew()
{
    TestServer server;
    server.setHandler([](const SeenRequest &request) {
        if (request.target == "/broken")
            return Script::drop();
        return request.target == "/slow" ? Script::answer(200, "{}").after(100) : Script::answer(200, "{}");
    });
    HttpDoor door;
    // Two at a time open two connections, which are kept.
    const auto slow = send(door, get(server.url(u"/slow"_s)), this);
    const auto beside = send(door, get(server.url(u"/slow"_s)), this);
    QTRY_VERIFY(slow->result && beside->result);
    const auto kept = send(door, get(server.url(u"/kept"_s)), this);
    QTRY_VERIFY(kept->result && *kept->result);
    QCOMPARE(server.connections(), 2);

    // The one that is still under way on the other connection is not disturbed.
    const auto underWay = send(door, get(server.url(u"/slow"_s)), this);
    const auto broken = send(door, get(server.url(u"/broken"_s)), this);
    QTRY_VERIFY(broken->result && underWay->result);
    QVERIFY(!*broken->result);
    QVERIFY(*underWay->result);
    QCOMPARE(server.connections(), 2);

    const auto next = send(door, get(server.url(u"/next"_s)), this);
    QTRY_VERIFY(next->result && *next->result);
    QCOMPARE(server.seen().last().connection, 3);
}

void TestHttpDoor::aBrokenConnectionTakesNoOtherRequestAlong()
{
    // Qt fails what is still connecting when another connection to the same server breaks in its answer.
    TestServer server;
    server.setHandler([](const SeenRequest &request) {
        if (request.target == "/second")
            return Script::answer(200, "{}");
        return Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", false);
    });
    for (int round = 0; round < 50; ++round) {
        HttpDoor door;
        const auto first = send(door, get(server.url(u"/first"_s)), this);
        QSignalSpy arrived(&server, &TestServer::requested);
        QVERIFY(arrived.wait());
        QTest::qWait(3); // the half answer has come by now
        const auto second = send(door, get(server.url(u"/second"_s)), this);
        server.closeConnections();
        QTRY_VERIFY(first->result && second->result);
        QCOMPARE(first->result->error().kind, ErrorKind::Network);
        QVERIFY2(*second->result, qPrintable(second->result->error().detail));
        QCOMPARE(server.seen().size(), 2);
        server.forgetSeen();
    }
}

void TestHttpDoor::loopbackNeverGoesThroughAProxy()
{
    TestServer proxy;
    TestServer server;
    server.enqueue(Script::answer(200, "{\"direct\":true}"));
    const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.port());
    qputenv("http_proxy", address);
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    qunsetenv("http_proxy");
    QVERIFY(*sent->result);
    QCOMPARE((*sent->result)->body, QByteArray("{\"direct\":true}"));
    QCOMPARE(proxy.connections(), 0);

    qputenv("https_proxy", address);
    proxy.setHandler([](const SeenRequest &) { return Script::answer(502, "{}"); });
    const auto far = send(door, get(QUrl(u"https://wristkeep.invalid/x"_s)), this);
    QTRY_VERIFY(far->result);
    qunsetenv("https_proxy");
    QVERIFY(!*far->result);
    QCOMPARE(proxy.seen().size(), 1);
    QCOMPARE(proxy.seen().first().method, QByteArray("CONNECT"));
}

void TestHttpDoor::plainHttpElsewhereIsRefused()
{
    HttpDoor door;
    for (const QString &address :
         {u"http://example.invalid/x"_s, u"ftp://127.0.0.1/x"_s, u"file:///etc/passwd"_s, QString()}) {
        const auto sent = send(door, get(QUrl(address)), this);
        QTRY_VERIFY(sent->result);
        QCOMPARE(sent->result->error().kind, ErrorKind::BadConfiguration);
    }
}

void TestHttpDoor::errorTextsHoldNoQuery()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::drop(); });
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x?code=SECRETCODE"_s)), this, u"SECRETTOKEN"_s);
    QTRY_VERIFY(sent->result);
    QVERIFY(!sent->result->error().detail.contains(u"SECRET"_s));
}

QTEST_GUILESS_MAIN(TestHttpDoor)
#include "tst_httpdoor.moc"
