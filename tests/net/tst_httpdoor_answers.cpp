// SPDX-License-Identifier: GPL-3.0-or-later

// Answers through the one door, over real sockets: every status, and every way a body can be packed, damaged,
// too long or too slow.

#include "core/gzip.h"
#include "net/answerbody.h"
#include "net/doorbench.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestHttpDoorAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStatusIsAnAnswer_data();
    void everyStatusIsAnAnswer();
    void gzipIsUndone();
    void damagedAnswersAreErrors_data();
    void damagedAnswersAreErrors();
    void anAnswerLongerThanItsLengthIsCutThere();
    void tooLargeIsRefused();
    void silenceTimesOutButDrippingDoesNot();
    void drippingForeverTimesOut();
    void lengthRules();
};

void TestHttpDoorAnswers::everyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 301, 302, 304, 307, 400, 401, 403, 404, 405, 407,
                             409, 410, 418, 429, 451, 500, 501, 502, 503, 504, 599})
        QTest::addRow("%d", status) << status;
}

void TestHttpDoorAnswers::everyStatusIsAnAnswer()
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
    // Nobody reads what a refused redirect says (docs/adr/0002).
    QCOMPARE((*sent->result)->body, status == 307 || status == 308 ? QByteArray() : body);
    QCOMPARE((*sent->result)->header("fitbit-rate-limit-remaining"), QByteArray("7"));
    QCOMPARE(server.seen().size(), 1);
}

void TestHttpDoorAnswers::gzipIsUndone()
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

void TestHttpDoorAnswers::damagedAnswersAreErrors_data()
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

void TestHttpDoorAnswers::damagedAnswersAreErrors()
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
void TestHttpDoorAnswers::anAnswerLongerThanItsLengthIsCutThere()
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

void TestHttpDoorAnswers::tooLargeIsRefused()
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

void TestHttpDoorAnswers::silenceTimesOutButDrippingDoesNot()
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

void TestHttpDoorAnswers::drippingForeverTimesOut()
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

void TestHttpDoorAnswers::lengthRules()
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

QTEST_GUILESS_MAIN(TestHttpDoorAnswers)
#include "tst_httpdoor_answers.moc"
