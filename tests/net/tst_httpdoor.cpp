// SPDX-License-Identifier: GPL-3.0-or-later

// The one door under every fault a server can show it, over real sockets.

#include "core/gzip.h"
#include "net/answerbody.h"
#include "net/httpdoor.h"
#include "support/testserver.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

struct Sent
{
    int calls = 0;
    std::optional<Result<HttpResponse>> result;
};

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest postOnce(const QUrl &url, const QByteArray &body)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.sendOnce = true;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    return request;
}

std::shared_ptr<Sent> send(HttpDoor &door, const HttpRequest &request, QObject *context,
                           const QString &bearer = {})
{
    auto sent = std::make_shared<Sent>();
    door.send(request, bearer, context, [sent](const Result<HttpResponse> &result) {
        ++sent->calls;
        sent->result = result;
    });
    return sent;
}

} // namespace

class TestHttpDoor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStatusIsAnAnswer_data();
    void everyStatusIsAnAnswer();
    void aRedirectIsNotFollowed();
    void onlyTheExactRequestCarriesTheToken();
    void noCookieComesBack();
    void gzipIsUndone();
    void damagedAnswersAreErrors_data();
    void damagedAnswersAreErrors();
    void anAnswerLongerThanItsLengthIsCutThere();
    void tooLargeIsRefused();
    void silenceTimesOutButDrippingDoesNot();
    void drippingForeverTimesOut();
    void refusedAndUnknownHosts();
    void cancelEndsOnce();
    void destructionEndsOnce();
    void aGoneContextIsNotCalled();
    void aSecretPostArrivesOnce_data();
    void aSecretPostArrivesOnce();
    void howOftenAGetIsRepeatedIsKnown();
    void loopbackNeverGoesThroughAProxy();
    void plainHttpElsewhereIsRefused();
    void errorTextsHoldNoQuery();
    void lengthRules();
};

void TestHttpDoor::everyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 301, 302, 304, 307, 400, 401, 403, 404, 405, 407,
                             409, 410, 418, 429, 451, 500, 501, 502, 503, 504, 599})
        QTest::addRow("%d", status) << status;
}

void TestHttpDoor::everyStatusIsAnAnswer()
{
    QFETCH(int, status);
    TestServer server;
    const QByteArray body = status == 304 ? QByteArray() : QByteArray("{\"status\":true}");
    server.enqueue(Script::answer(status, body, "application/json",
                                  {"WWW-Authenticate: Basic realm=\"x\"", "Fitbit-Rate-Limit-Remaining: 7"}));
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    if (status == 407) { // only a proxy may say this
        QVERIFY(!*sent->result);
        return;
    }
    QVERIFY2(*sent->result, qPrintable(sent->result->error().detail));
    QCOMPARE((*sent->result)->status, status);
    QCOMPARE((*sent->result)->body, body);
    QCOMPARE((*sent->result)->header("fitbit-rate-limit-remaining"), QByteArray("7"));
    QCOMPARE(server.seen().size(), 1);
}

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

void TestHttpDoor::gzipIsUndone()
{
    TestServer server;
    const QByteArray plain = QByteArray("{\"a\":1}").repeated(100);
    const QByteArray packed = gzipCompress(plain);
    server.enqueue(Script::answer(200, packed, "application/json", {"Content-Encoding: gzip"}));
    const QByteArray half = packed.left(packed.size() / 2);
    const QByteArray rest = packed.mid(half.size());
    server.enqueue(
        Script::raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" +
                        QByteArray::number(half.size(), 16) + "\r\n" + half + "\r\n" +
                        QByteArray::number(rest.size(), 16) + "\r\n" + rest + "\r\n0\r\n\r\n",
                    false));
    HttpDoor door;
    for (int i = 0; i < 2; ++i) {
        const auto sent = send(door, get(server.url(u"/x"_s)), this);
        QTRY_VERIFY(sent->result);
        QVERIFY2(*sent->result, qPrintable(sent->result->error().detail));
        QCOMPARE((*sent->result)->body, plain);
        QCOMPARE((*sent->result)->wireBytes, packed.size());
    }
}

void TestHttpDoor::damagedAnswersAreErrors_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray packed = gzipCompress(QByteArray("{\"a\":1}").repeated(50));
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray gzip = head + "Content-Encoding: gzip\r\n";
    const auto length = [](qsizetype size) {
        return "Content-Length: " + QByteArray::number(size) + "\r\n\r\n";
    };
    QTest::newRow("dropped before a word") << QByteArray() << ErrorKind::Network;
    QTest::newRow("dropped in the headers")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-T") << ErrorKind::Network;
    QTest::newRow("dropped after the headers") << head + length(10) << ErrorKind::Network;
    QTest::newRow("dropped mid-body") << head + length(10) + "{\"a\"" << ErrorKind::Network;
    QTest::newRow("dropped mid-chunk")
        << head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n9\r\n1" << ErrorKind::Network;
    QTest::newRow("last chunk missing") << head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"
                                        << ErrorKind::Network;
    QTest::newRow("gzip dropped after the headers") << gzip + length(packed.size()) << ErrorKind::Network;
    QTest::newRow("gzip dropped mid-body")
        << gzip + length(packed.size()) + packed.left(20) << ErrorKind::Network;
    QTest::newRow("gzip truncated with a fitting length")
        << gzip + length(packed.size() - 9) + packed.chopped(9) << ErrorKind::Network;
    QTest::newRow("gzip truncated without a length")
        << gzip + "\r\n" + packed.chopped(5) << ErrorKind::Network;
    QTest::newRow("gzip in name only") << gzip + length(9) + "{\"a\":\"b\"}" << ErrorKind::Network;
    QTest::newRow("gzip with rubbish behind")
        << gzip + length(packed.size() + 3) + packed + "xyz" << ErrorKind::Network;
    QTest::newRow("unknown encoding")
        << head + "Content-Encoding: br\r\n" + length(3) + "abc" << ErrorKind::NotUnderstood;
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << ErrorKind::Network;
}

void TestHttpDoor::damagedAnswersAreErrors()
{
    QFETCH(QByteArray, wire);
    QFETCH(ErrorKind, kind);
    TestServer server;
    server.setHandler([wire](const SeenRequest &) { return Script::raw(wire, true); });
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    QVERIFY2(!*sent->result, sent->result->has_value() ? (*sent->result)->body.constData() : "");
    QCOMPARE(sent->result->error().kind, kind);
    QVERIFY(!sent->result->error().detail.isEmpty());
}

// A body longer than announced cannot be seen through the library: HTTP ends the answer at its length. What
// is handed on is what the length says, the surplus never leaks into the next answer on that connection.
void TestHttpDoor::anAnswerLongerThanItsLengthIsCutThere()
{
    TestServer server;
    server.enqueue(
        Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\nforged", false));
    server.setHandler([](const SeenRequest &) { return Script::answer(200, "{\"second\":1}"); });
    HttpDoor door;
    const auto first = send(door, get(server.url(u"/1"_s)), this);
    QTRY_VERIFY(first->result);
    QCOMPARE((*first->result)->body, QByteArray("{}"));
    const auto second = send(door, get(server.url(u"/2"_s)), this);
    QTRY_VERIFY(second->result);
    QCOMPARE((*second->result)->body, QByteArray("{\"second\":1}"));
}

void TestHttpDoor::tooLargeIsRefused()
{
    TestServer server;
    HttpLimits limits;
    limits.maxBodyBytes = 10'000;
    HttpDoor door(limits);
    const QByteArray packed = gzipCompress(QByteArray(1'000'000, 'a'));
    QVERIFY(packed.size() < 10'000);
    server.enqueue(Script::answer(200, QByteArray(20'000, 'a')));
    server.enqueue(Script::answer(200, packed, "application/json", {"Content-Encoding: gzip"}));
    for (int i = 0; i < 2; ++i) {
        const auto sent = send(door, get(server.url(u"/x"_s)), this);
        QTRY_VERIFY(sent->result);
        QVERIFY(!*sent->result);
        QCOMPARE(sent->result->error().kind, ErrorKind::NotUnderstood);
    }
}

void TestHttpDoor::silenceTimesOutButDrippingDoesNot()
{
    TestServer server;
    HttpLimits limits;
    limits.silenceMs = 400;
    HttpDoor door(limits);
    Script drip = Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n", false);
    for (const char byte : {'a', 'b', 'c', 'd', 'e', 'f'})
        drip.steps.append(Script::Step{QByteArray(1, byte), 150, false, false});
    server.enqueue(drip);
    const auto slow = send(door, get(server.url(u"/slow"_s)), this);
    QTRY_VERIFY(slow->result);
    QVERIFY2(*slow->result, qPrintable(slow->result->error().detail));
    QCOMPARE((*slow->result)->body, QByteArray("abcdef"));
    QVERIFY((*slow->result)->elapsedMs > 700); // longer than the silence allowed

    server.enqueue(Script::hang());
    const auto silent = send(door, get(server.url(u"/silent"_s)), this);
    QTRY_VERIFY(silent->result);
    QCOMPARE(silent->result->error().kind, ErrorKind::TimedOut);

    server.enqueue(Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc", false));
    const auto stalled = send(door, get(server.url(u"/stalled"_s)), this);
    QTRY_VERIFY(stalled->result);
    QCOMPARE(stalled->result->error().kind, ErrorKind::TimedOut);
}

void TestHttpDoor::drippingForeverTimesOut()
{
    TestServer server;
    HttpLimits limits;
    limits.silenceMs = 400;
    limits.totalMs = 700;
    HttpDoor door(limits);
    Script drip = Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n", false);
    for (int i = 0; i < 40; ++i)
        drip.steps.append(Script::Step{"x", 100, false, false});
    server.enqueue(drip);
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    QCOMPARE(sent->result->error().kind, ErrorKind::TimedOut);
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

void TestHttpDoor::howOftenAGetIsRepeatedIsKnown()
{
    TestServer server;
    server.setHandler([](const SeenRequest &) { return Script::drop(); });
    HttpDoor door;
    const auto sent = send(door, get(server.url(u"/x"_s)), this);
    QTRY_VERIFY(sent->result);
    QCOMPARE(sent->result->error().kind, ErrorKind::Network);
    qInfo("a GET dropped before its answer arrived %d times", int(server.seen().size()));
    QVERIFY(server.seen().size() <= 3); // docs/adr/0002: harmless for a GET, but it counts against a quota
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

void TestHttpDoor::lengthRules()
{
    const qint64 cap = 1000;
    QCOMPARE(decodeAnswerBody("GET", 200, {{"content-length", "2"}}, "{}", cap).value(), QByteArray("{}"));
    QCOMPARE(decodeAnswerBody("GET", 200, {{"content-length", "3"}}, "{}", cap).error().kind,
             ErrorKind::Network);
    QCOMPARE(decodeAnswerBody("GET", 200, {{"content-length", "1"}}, "{}", cap).error().kind,
             ErrorKind::Network);
    QCOMPARE(decodeAnswerBody("GET", 200, {{"content-length", "two"}}, "{}", cap).error().kind,
             ErrorKind::Network);
    QCOMPARE(
        decodeAnswerBody("GET", 200, {{"content-length", "9"}, {"transfer-encoding", "chunked"}}, "{}", cap)
            .value(),
        QByteArray("{}"));
    QVERIFY(decodeAnswerBody("HEAD", 200, {{"content-length", "9"}}, "", cap));
    QVERIFY(decodeAnswerBody("GET", 204, {}, "", cap));
}

QTEST_GUILESS_MAIN(TestHttpDoor)
#include "tst_httpdoor.moc"
