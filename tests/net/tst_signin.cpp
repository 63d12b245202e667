// SPDX-License-Identifier: GPL-3.0-or-later

// How a sign-in ends, over real sockets: refused, timed out, cancelled, with another account than expected,
// or destroyed in the middle. Each end is told exactly once, to the caller and to the browser.

#include "core/redaction.h"
#include "net/signinbench.h"

#include <QTcpServer>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;
using Kind = SignInOutcome::Kind;

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void denied();
    void otherErrorsOfTheProvider();
    void tokenEndpointSaysNo_data();
    void tokenEndpointSaysNo();
    void timesOut();
    void timesOutDuringTheExchange();
    void cancelled();
    void cancelledBeforeItBegan();
    void cancelledDuringTheExchange();
    void cancelWhileSavingIsTooLate();
    void wrongAccountOfAnother();
    void wrongAccountOfThisParticipant();
    void theSameAccountAgain();
    void storageFails();
    void destroyedMidway_data();
    void destroyedMidway();
    void deletedByItsListener_data();
    void deletedByItsListener();
    void noSecretInErrorTexts();
};

void TestSignIn::denied()
{
    SignInBench bench;
    QVERIFY(bench.start());
    Hit forged(bench.port(), bench.get("/fitbit/callback?error=access_denied&state=forged"));
    QTRY_VERIFY(forged.closed);
    QCOMPARE(forged.status(), 400);
    Hit noState(bench.port(), bench.get("/fitbit/callback?error=access_denied"));
    QTRY_VERIFY(noState.closed);
    QVERIFY(bench.outcomes.isEmpty());
    Hit browser(bench.port(),
                bench.get("/fitbit/callback?error=access_denied&error_description=The+user+denied&state=" +
                          bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Denied);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::ConsentDenied);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
    QCOMPARE(bench.server.seen().size(), 0);
}

void TestSignIn::otherErrorsOfTheProvider()
{
    SignInBench bench;
    QVERIFY(bench.start());
    Hit browser(bench.port(),
                bench.get("/fitbit/callback?error=server_error&error_description=%3Cb%3Eboom%3C%2Fb%3E+"
                          "eyJhbGciOiJIUzI1NiJ9.secretsecretsecret&state=" +
                          bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Refused);
    QVERIFY(bench.outcomes.first().error.detail.contains(u"<b>boom</b>"_s));
    QVERIFY(!bench.outcomes.first().error.detail.contains(u"secretsecret"_s));
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("&lt;b&gt;boom&lt;/b&gt;"));
    QVERIFY(!browser.answer.contains("<b>boom"));
    QVERIFY(!browser.answer.contains("secretsecret"));
}

void TestSignIn::tokenEndpointSaysNo_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("kind");
    QTest::addColumn<ErrorKind>("error");
    const auto row = [](const char *name, const Script &script, Kind kind, ErrorKind error) {
        QTest::newRow(name) << script << int(kind) << error;
    };
    const auto fitbit = [](const char *type) {
        return QByteArray(R"({"errors":[{"errorType":")") + type +
               R"(","message":"Bad: abcdefghijklmnopqrstuvwxyz"}],"success":false})";
    };
    row("invalid_grant", Script::answer(400, fitbit("invalid_grant")), Kind::Refused,
        ErrorKind::RequestRefused);
    row("invalid_client", Script::answer(401, fitbit("invalid_client")), Kind::Refused,
        ErrorKind::ClientRefused);
    row("rfc invalid_client", Script::answer(400, R"({"error":"invalid_client"})"), Kind::Refused,
        ErrorKind::ClientRefused);
    row("401 with a challenge", Script::answer(401, "", "text/html", {"WWW-Authenticate: Basic"}),
        Kind::Refused, ErrorKind::ClientRefused);
    row("410", Script::answer(410, "gone", "text/plain"), Kind::Refused, ErrorKind::ServiceGone);
    row("429", Script::answer(429, "{}"), Kind::NetworkError, ErrorKind::RateLimited);
    row("500", Script::answer(500, "<html>", "text/html"), Kind::NetworkError, ErrorKind::ServiceFailing);
    row("302", Script::answer(302, "", "text/html", {"Location: http://127.0.0.1:1/"}), Kind::NetworkError,
        ErrorKind::ServiceFailing);
    row("dropped", Script::drop(), Kind::NetworkError, ErrorKind::Network);
    row("html", Script::answer(200, "<html>", "text/html"), Kind::Refused, ErrorKind::NotUnderstood);
    row("200 with an error", Script::answer(200, R"({"error":"nope"})"), Kind::Refused,
        ErrorKind::NotUnderstood);
    row("no access token", Script::answer(200, R"({"expires_in":1})"), Kind::Refused,
        ErrorKind::NotUnderstood);
    row("no lifetime", Script::answer(200, R"({"access_token":"x"})"), Kind::Refused,
        ErrorKind::NotUnderstood);
    row("odd lifetime", Script::answer(200, R"({"access_token":"x","expires_in":-5})"), Kind::Refused,
        ErrorKind::NotUnderstood);
    row("token is a number", Script::answer(200, R"({"access_token":7,"expires_in":5})"), Kind::Refused,
        ErrorKind::NotUnderstood);
}

void TestSignIn::tokenEndpointSaysNo()
{
    QFETCH(Script, script);
    QFETCH(int, kind);
    QFETCH(ErrorKind, error);
    SignInBench bench;
    bench.server.setHandler([script](const SeenRequest &) { return script; });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QCOMPARE(int(bench.outcomes.first().kind), kind);
    QCOMPARE(bench.outcomes.first().error.kind, error);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
    // Without a connection there is nothing to sync again.
    const bool saysWait = browser.answer.contains("Wait a few minutes, then connect again");
    QCOMPARE(saysWait, error == ErrorKind::RateLimited);
    QVERIFY(!browser.answer.contains("Sync again"));
    QVERIFY(bench.store.rows.isEmpty());
    QCOMPARE(bench.server.seen().size(), 1); // a code is never sent twice
    QCOMPARE(bench.outcomes.size(), 1);
}

void TestSignIn::timesOut()
{
    SignInBench bench;
    bench.request.timeout = std::chrono::seconds(1);
    QVERIFY(bench.start());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::TimedOut);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::ConsentTimedOut);
}

void TestSignIn::timesOutDuringTheExchange()
{
    SignInBench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    bench.request.timeout = std::chrono::seconds(1);
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::TimedOut);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
}

void TestSignIn::cancelled()
{
    SignInBench bench;
    QVERIFY(bench.start());
    bench.signIn->cancel();
    bench.signIn->cancel();
    QVERIFY(bench.outcomes.isEmpty()); // never inside the call
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Cancelled);
    Hit late(bench.port(), bench.callback());
    QTRY_VERIFY(late.socket.error() == QAbstractSocket::ConnectionRefusedError);
    QCOMPARE(bench.outcomes.size(), 1);
}

void TestSignIn::cancelledBeforeItBegan()
{
    SignInBench bench;
    bench.signIn->start(bench.request);
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Cancelled);
    bench.signIn->cancel();
    QVERIFY(bench.start());
    QVERIFY(bench.url.isEmpty());
}

void TestSignIn::cancelledDuringTheExchange()
{
    SignInBench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.server.seen().size(), 1);
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Cancelled);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
    QVERIFY(bench.store.rows.isEmpty());
}

void TestSignIn::cancelWhileSavingIsTooLate()
{
    SignInBench bench;
    bench.store.saveDelayMs = 200;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_VERIFY(bench.store.calls.contains(u"connect"_s));
    bench.signIn->cancel();
    QVERIFY(bench.outcomes.isEmpty());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
}

void TestSignIn::wrongAccountOfAnother()
{
    SignInBench bench;
    Token theirs;
    theirs.userId = u"9XY7QZ"_s;
    bench.store.put(AccountKey{u"anna"_s, u"fitbit"_s}, theirs);
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::WrongAccount);
    QCOMPARE(bench.outcomes.first().otherParticipant, u"anna"_s);
    QCOMPARE(bench.outcomes.first().token.userId, u"9XY7QZ"_s);
    QVERIFY(!bench.store.rows.contains(bench.request.key));
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("right account"));
}

void TestSignIn::wrongAccountOfThisParticipant()
{
    SignInBench bench;
    Token mine;
    mine.userId = u"OLDONE"_s;
    mine.refreshToken = u"kept"_s;
    bench.store.put(bench.request.key, mine);
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::WrongAccount);
    QCOMPARE(bench.outcomes.first().expectedUserId, u"OLDONE"_s);
    QCOMPARE(bench.store.rows.value(bench.request.key).account.token.refreshToken, u"kept"_s);
}

void TestSignIn::theSameAccountAgain()
{
    SignInBench bench;
    Token mine;
    mine.userId = u"9XY7QZ"_s;
    bench.store.put(bench.request.key, mine);
    bench.store.put(AccountKey{u"default"_s, u"google-health"_s}, mine); // another provider is another matter
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
}

void TestSignIn::storageFails()
{
    SignInBench bench;
    bench.store.failSaves = 1;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::StorageError);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
}

void TestSignIn::destroyedMidway_data()
{
    QTest::addColumn<int>("when");
    QTest::newRow("before it began") << 0;
    QTest::newRow("while waiting") << 1;
    QTest::newRow("during the exchange") << 2;
    QTest::newRow("while saving") << 3;
}

void TestSignIn::destroyedMidway()
{
    QFETCH(int, when);
    SignInBench bench;
    if (when == 2)
        bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    bench.store.saveDelayMs = 100;
    if (when == 0) {
        bench.signIn->start(bench.request);
        bench.signIn.reset();
        QTest::qWait(0);
        QVERIFY(bench.outcomes.isEmpty());
        return;
    }
    QVERIFY(bench.start());
    Hit browser(bench.port(), when == 1 ? QByteArray("GET /fit") : bench.callback());
    if (when == 2)
        QTRY_COMPARE(bench.server.seen().size(), 1);
    else if (when == 3)
        QTRY_VERIFY(bench.store.calls.contains(u"connect"_s));
    else
        QTRY_COMPARE(browser.socket.state(), QAbstractSocket::ConnectedState);
    bench.signIn.reset();
    QTRY_VERIFY(browser.closed);
    if (when == 2)
        QVERIFY(browser.answer.contains("is not connected"));
    QVERIFY(bench.outcomes.isEmpty());
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress(QHostAddress::LocalHost), bench.port()));
}

void TestSignIn::deletedByItsListener_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("connected") << QByteArray("code=C0DE");
    QTest::newRow("denied") << QByteArray("error=access_denied");
}

void TestSignIn::deletedByItsListener()
{
    QFETCH(QByteArray, query);
    SignInBench bench;
    connect(bench.signIn.get(), &SignIn::finished, this, [&bench] { bench.signIn.reset(); });
    QVERIFY(bench.start());
    Hit browser(bench.port(),
                bench.get("/fitbit/callback?" + query + "&state=" + bench.asked(u"state"_s).toLatin1()));
    QTRY_VERIFY(!bench.signIn);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.endsWith("</html>\n")); // the page was whole nevertheless
}

void TestSignIn::noSecretInErrorTexts()
{
    SignInBench bench;
    bench.request.client.classifyError = [](const HttpResponse &response) {
        Error error;
        error.kind = ErrorKind::RequestRefused;
        error.detail = blotProviderText(QString::fromUtf8(response.body));
        return error;
    };
    bench.server.setHandler([](const SeenRequest &) {
        return Script::answer(
            400,
            R"({"errors":[{"errorType":"invalid_grant","message":"Authorization code invalid: 0f1e2d3c4b5a69788796a5b4"}]})");
    });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback("0f1e2d3c4b5a69788796a5b4"));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(!bench.outcomes.first().error.detail.contains(u"0f1e2d3c"_s));
    QTRY_VERIFY(browser.closed);
    QVERIFY(!browser.answer.contains("0f1e2d3c"));
    QVERIFY(!bench.secrets->blot(u"x 0f1e2d3c4b5a69788796a5b4 y"_s).contains(u"0f1e"_s));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
