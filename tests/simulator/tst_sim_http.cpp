// SPDX-License-Identifier: GPL-3.0-or-later
// The simulator's HTTP/1.1 server over bare sockets: order, limits, garbage.

#include "core/gzip.h"
#include "simulator/simbench.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

/// A bare socket to the simulator of a bench.
class RawClient
{
public:
    explicit RawClient(const SimBench &bench)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), bench.simulator->port());
        if (!QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }))
            qFatal("no connection");
    }
    void write(const QByteArray &bytes) { m_socket.write(bytes); }
    [[nodiscard]] bool closed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    const QByteArray &read()
    {
        m_received += m_socket.readAll();
        return m_received;
    }
    int answers() { return int(read().count("HTTP/1.1 ")); }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

QByteArray request(const QByteArray &line, const QByteArray &fields = {})
{
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n";
}

} // namespace

class TestSimHttp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pipelinedRequestsKeepTheirOrder()
    {
        SimBench bench;
        RawClient client(bench);
        QByteArray all;
        for (int i = 0; i < 50; ++i)
            all += request(i % 2 ? "GET /oauth2/authorize" : "GET /nothing");
        client.write(all);
        QTRY_COMPARE(client.answers(), 50);
        const QByteArray bytes = client.read();
        qsizetype at = 0;
        for (int i = 0; i < 50; ++i) {
            at = bytes.indexOf("HTTP/1.1 ", at);
            QCOMPARE(bytes.mid(at + 9, 3), i % 2 ? "400" : "404");
            at += 9;
        }
        QVERIFY(!client.closed());
    }

    void delayedAnswersKeepTheirOrder()
    {
        SimBench bench;
        bench.fault({{u"path"_s, u"/slow"_s}, {u"delayMs"_s, 60}});
        RawClient client(bench);
        client.write(request("GET /slow") + request("GET /oauth2/authorize"));
        QTRY_COMPARE(client.answers(), 2);
        QVERIFY(client.read().startsWith("HTTP/1.1 404"));
    }

    void bytesOneByOne()
    {
        SimBench bench;
        RawClient client(bench);
        for (const char byte : request("GET /nothing")) {
            client.write(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(client.answers(), 1);
    }

    void headHasNoBody()
    {
        SimBench bench;
        RawClient client(bench);
        client.write(request("HEAD /oauth2/authorize", "Connection: close\r\n"));
        QTRY_VERIFY(client.closed());
        const QByteArray bytes = client.read();
        QVERIFY(bytes.endsWith("\r\n\r\n"));
        QVERIFY(!bytes.contains("Content-Length: 0\r\n"));
    }

    void keepAliveEndsWhenAsked()
    {
        SimBench bench;
        RawClient old(bench);
        old.write("GET /nothing HTTP/1.0\r\n\r\n");
        QTRY_VERIFY(old.closed());
        QVERIFY(old.read().contains("Connection: close"));
    }

    void badRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10) << QByteArray("400");
        QTest::newRow("words") << QByteArray("hello you there now\r\n\r\n") << QByteArray("400");
        QTest::newRow("version") << QByteArray("GET / HTTP/3.0\r\n\r\n") << QByteArray("505");
        QTest::newRow("absolute") << QByteArray("GET http://x/ HTTP/1.1\r\n\r\n") << QByteArray("400");
        QTest::newRow("space in a name")
            << QByteArray("GET / HTTP/1.1\r\nHost : x\r\n\r\n") << QByteArray("400");
        QTest::newRow("folded") << QByteArray("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n") << QByteArray("400");
        QTest::newRow("two lengths")
            << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")
            << QByteArray("400");
        QTest::newRow("length text") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")
                                     << QByteArray("400");
        QTest::newRow("length huge") << QByteArray(
                                            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n")
                                     << QByteArray("413");
        QTest::newRow("no length") << QByteArray("POST /oauth2/token HTTP/1.1\r\n\r\n") << QByteArray("411");
        QTest::newRow("chunked") << QByteArray(
                                        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                 << QByteArray("411");
        QTest::newRow("endless header")
            << "GET / HTTP/1.1\r\nA: " + QByteArray(40'000, 'a') << QByteArray("431");
    }

    void badRequestsAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, status);
        SimBench bench;
        RawClient client(bench);
        client.write(bytes);
        QTRY_VERIFY(client.closed());
        QVERIFY2(client.read().startsWith("HTTP/1.1 " + status + ' '), client.read().constData());
        RawClient next(bench);
        next.write(request("GET /nothing"));
        QTRY_COMPARE(next.answers(), 1);
    }

    void foreignHostsAreRefused()
    {
        SimBench bench;
        RawClient client(bench);
        client.write("GET /oauth2/authorize HTTP/1.1\r\nHost: evil.example:80\r\n\r\n");
        QTRY_VERIFY(client.read().startsWith("HTTP/1.1 421 "));
    }

    void gzipOnlyWhenAsked()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const QByteArray path = "GET /1/user/-/activities/heart/date/2024-10-30/1d/1min.json";
        const QByteArray bearer = "Authorization: Bearer " + bench.accessToken + "\r\nConnection: close\r\n";
        RawClient plain(bench);
        plain.write(request(path, bearer));
        QTRY_VERIFY(plain.closed());
        RawClient packed(bench);
        packed.write(request(path, bearer + "Accept-Encoding: gzip, deflate\r\n"));
        QTRY_VERIFY(packed.closed());
        QVERIFY(packed.read().contains("Content-Encoding: gzip\r\n"));
        QVERIFY(packed.read().size() < plain.read().size() / 4);
        const QByteArray body = packed.read().mid(packed.read().indexOf("\r\n\r\n") + 4);
        const auto undone = gzipDecompress(body, 1'000'000);
        QVERIFY(undone.has_value());
        QCOMPARE(*undone, plain.read().mid(plain.read().indexOf("\r\n\r\n") + 4));
        QVERIFY(plain.read().contains("Fitbit-rate-limit-limit: 150\r\n"));
    }

    void chunkedAnswersOnRequest()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const QByteArray path = "/1/user/-/activities/heart/date/2024-10-30/1d/1min.json";
        const QByteArray plain = bench.get(path).body;
        bench.control("switch", {{u"chunked"_s, true}});
        const SimAnswer answer = bench.get(path);
        QCOMPARE(answer.body, plain);
        QVERIFY(!answer.headers.contains("content-length"));
        QVERIFY(bench.get(path).body == plain);
    }

    void manyClientsAtOnce()
    {
        SimBench bench;
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<RawClient>(bench));
            clients.back()->write(request("GET /nothing"));
        }
        for (const auto &client : clients)
            QTRY_COMPARE(client->answers(), 1);
    }

    void clientsThatLeaveDoNoHarm()
    {
        SimBench bench;
        bench.fault({{u"path"_s, u"/slow"_s}, {u"delayMs"_s, 30}, {u"times"_s, -1}});
        for (int i = 0; i < 20; ++i) {
            RawClient client(bench);
            client.write(request("GET /slow"));
            QTRY_VERIFY(bench.control("log").value(u"total"_s).toInt() > i);
        }
        RawClient next(bench);
        next.write(request("GET /slow"));
        QTRY_COMPARE(next.answers(), 1);
    }

    void closeDropsEverybody()
    {
        SimBench bench;
        RawClient client(bench);
        client.write(request("GET /nothing"));
        QTRY_COMPARE(client.answers(), 1);
        bench.simulator->close();
        QTRY_VERIFY(client.closed());
        QCOMPARE(bench.send("GET", "/nothing").status, 0);
    }
};

QTEST_GUILESS_MAIN(TestSimHttp)
#include "tst_sim_http.moc"
