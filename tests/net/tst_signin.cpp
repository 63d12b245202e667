// SPDX-License-Identifier: GPL-3.0-or-later

// Every outcome of a sign-in over real sockets: a browser double checks the address it is given and comes
// back, and a token endpoint answers well or badly.

#include "core/redaction.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/signin.h"
#include "support/testserver.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;
using Kind = SignInOutcome::Kind;

namespace {

const QByteArray tokenBody =
    R"({"access_token":"ACCESS-TOKEN-0123456789-abcdef","expires_in":28800,)"
    R"("refresh_token":"REFRESH-TOKEN-0123456789-abcdef","scope":"sleep activity sleep",)"
    R"("token_type":"Bearer","user_id":"9XY7QZ"})";

/// One connection of a browser; the answer grows as it comes.
struct Hit
{
    QTcpSocket socket;
    QByteArray answer;
    bool connected = false;
    bool closed = false;

    Hit(quint16 port, const QByteArray &bytes,
        const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { answer += socket.readAll(); });
        QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [this] { closed = true; });
        QObject::connect(&socket, &QTcpSocket::connected, &socket, [this, bytes] {
            connected = true;
            socket.write(bytes);
        });
        socket.connectToHost(address, port);
    }
    [[nodiscard]] int status() const { return answer.mid(9, 3).toInt(); }
};

/// SignIn with all it needs, and what came of it.
struct Bench
{
    FixedClock clock{QDateTime(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC)};
    MemoryStore store{clock};
    TestServer server;
    HttpDoor door;
    std::shared_ptr<SecretRegister> secrets = std::make_shared<SecretRegister>();
    std::unique_ptr<SignIn> signIn = std::make_unique<SignIn>(store, door, clock, secrets);
    SignInRequest request;
    QList<SignInOutcome> outcomes;
    QUrl url;
    QString redirect;

    Bench()
    {
        request.key = AccountKey{u"default"_s, u"fitbit"_s};
        OAuthClient &client = request.client;
        client.provider = u"fitbit"_s;
        client.providerTitle = u"Fitbit"_s;
        client.clientId = u"23ABCD"_s;
        client.clientSecret = u"s+cr/t"_s;
        client.authorizeUrl = server.url(u"/oauth2/authorize"_s);
        client.tokenUrl = server.url(u"/oauth2/token"_s);
        client.revokeUrl = server.url(u"/oauth2/revoke"_s);
        client.redirectUri = u"http://127.0.0.1:0/fitbit/callback"_s;
        client.redirectSetting = u"FITBIT_REDIRECT_URI"_s;
        client.scopes = {u"activity"_s, u"heartrate"_s};
        client.promptValue = u"login consent"_s;
        server.setHandler([](const SeenRequest &) { return Script::answer(200, tokenBody); });
        attach();
    }
    void attach()
    {
        QObject::connect(signIn.get(), &SignIn::authorizeUrlReady, signIn.get(),
                         [this](const QUrl &to, const QString &back) {
                             url = to;
                             redirect = back;
                         });
        QObject::connect(signIn.get(), &SignIn::finished, signIn.get(),
                         [this](const SignInOutcome &o) { outcomes.append(o); });
    }
    bool start()
    {
        url.clear();
        signIn->start(request);
        return QTest::qWaitFor([this] { return !url.isEmpty() || !outcomes.isEmpty(); });
    }
    [[nodiscard]] QString asked(const QString &name) const
    {
        return QUrlQuery(url.query(QUrl::FullyEncoded)).queryItemValue(name, QUrl::FullyDecoded);
    }
    [[nodiscard]] quint16 port() const { return quint16(QUrl(redirect).port()); }
    [[nodiscard]] QByteArray get(const QByteArray &target, const QByteArray &host = {}) const
    {
        return "GET " + target + " HTTP/1.1\r\nHost: " + (host.isEmpty() ? hostName() : host) +
               "\r\nUser-Agent: test\r\n\r\n";
    }
    [[nodiscard]] QByteArray hostName() const { return "127.0.0.1:" + QByteArray::number(port()); }
    [[nodiscard]] QByteArray target(const QByteArray &code = "C0DE") const
    {
        return "/fitbit/callback?code=" + code + "&state=" + asked(u"state"_s).toLatin1();
    }
    [[nodiscard]] QByteArray callback(const QByteArray &code = "C0DE") const { return get(target(code)); }
};

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connects();
    void everyAttemptIsFresh();
    void theCodeIsDecodedOnce_data();
    void theCodeIsDecodedOnce();
    void aPublicClientSendsNoSecret();
    void theAnswersOddities();
    void promptOnlyForSeveral();
    void theRedirectIsSentAsConfigured();
    void badRedirects_data();
    void badRedirects();
    void denied();
    void otherErrorsOfTheProvider();
    void tokenEndpointSaysNo_data();
    void tokenEndpointSaysNo();
    void portBusy();
    void portBusyOnIp6();
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
    void strayHitsAreAnsweredAndIgnored();
    void aHundredAtOnce();
    void headersInSegments();
    void slowHalfRequestAndLongHead();
    void theSecondCallbackIsRefused();
    void thePageTellsTheTruth();
    void thePageIsSafe();
    void listenerClosesRightAfter();
    void aSecondStartIsIgnored();
    void pastedAddress();
    void destroyedMidway_data();
    void destroyedMidway();
    void deletedByItsListener_data();
    void deletedByItsListener();
    void noSecretInErrorTexts();
};

void TestSignIn::connects()
{
    Bench bench;
    QVERIFY(bench.start());
    QCOMPARE(bench.asked(u"response_type"_s), u"code"_s);
    QCOMPARE(bench.asked(u"client_id"_s), u"23ABCD"_s);
    QCOMPARE(bench.asked(u"scope"_s), u"activity heartrate"_s);
    QCOMPARE(bench.asked(u"code_challenge_method"_s), u"S256"_s);
    QCOMPARE(bench.asked(u"redirect_uri"_s), bench.redirect);
    QVERIFY(bench.asked(u"state"_s).size() >= 22); // 128 bits
    QVERIFY(!bench.url.toEncoded().contains("s%2Bcr"));
    QVERIFY(!bench.url.query(QUrl::FullyEncoded).contains(u'+'));

    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    const SignInOutcome &outcome = bench.outcomes.first();
    QVERIFY2(outcome.kind == Kind::Connected, qPrintable(outcome.error.detail));
    QCOMPARE(outcome.token.accessToken, u"ACCESS-TOKEN-0123456789-abcdef"_s);
    QCOMPARE(outcome.token.userId, u"9XY7QZ"_s);
    QCOMPARE(outcome.token.scopes, QStringList({u"activity"_s, u"sleep"_s}));
    QCOMPARE(outcome.token.tokenHost, u"127.0.0.1:%1"_s.arg(bench.server.port()));
    QCOMPARE(outcome.token.expiresAt, bench.clock.nowSeconds() + 28800);
    QCOMPARE(bench.store.rows.value(bench.request.key).account.token.refreshToken,
             outcome.token.refreshToken);

    QCOMPARE(bench.server.seen().size(), 1);
    const SeenRequest &post = bench.server.seen().first();
    const auto form = post.form();
    QCOMPARE(post.method, QByteArray("POST"));
    QCOMPARE(form.value(u"grant_type"_s), u"authorization_code"_s);
    QCOMPARE(form.value(u"code"_s), u"C0DE"_s);
    QCOMPARE(form.value(u"client_id"_s), u"23ABCD"_s);
    QCOMPARE(form.value(u"redirect_uri"_s), bench.redirect);
    QVERIFY(!form.contains(u"client_secret"_s));
    QCOMPARE(post.headers.value("authorization"), "Basic " + QByteArray("23ABCD:s%2Bcr%2Ft").toBase64());
    const QByteArray verifier = form.value(u"code_verifier"_s).toLatin1();
    QVERIFY(verifier.size() >= 43 && verifier.size() <= 128);
    QCOMPARE(bench.asked(u"code_challenge"_s).toLatin1(),
             QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                 .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    QTRY_VERIFY(browser.closed);
    QCOMPARE(browser.status(), 200);
    QVERIFY(browser.answer.contains("Fitbit is connected"));
}

void TestSignIn::everyAttemptIsFresh()
{
    Bench bench;
    QSet<QString> states;
    QSet<QString> challenges;
    for (int i = 0; i < 3; ++i) {
        bench.outcomes.clear();
        QVERIFY(bench.start());
        states.insert(bench.asked(u"state"_s));
        challenges.insert(bench.asked(u"code_challenge"_s));
        bench.signIn->cancel();
        QTRY_COMPARE(bench.outcomes.size(), 1);
    }
    QCOMPARE(states.size(), 3);
    QCOMPARE(challenges.size(), 3);
}

void TestSignIn::theCodeIsDecodedOnce_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QString>("code");
    QTest::newRow("slash") << QByteArray("4%2F0Adeu5B") << u"4/0Adeu5B"_s;
    QTest::newRow("bare slash") << QByteArray("4/0Adeu5B") << u"4/0Adeu5B"_s;
    QTest::newRow("encoded plus") << QByteArray("a%2Bb") << u"a+b"_s;
    QTest::newRow("bare plus") << QByteArray("a+b") << u"a+b"_s;
    QTest::newRow("percent") << QByteArray("a%25b") << u"a%b"_s;
    QTest::newRow("percent that looks encoded") << QByteArray("a%252Fb") << u"a%2Fb"_s;
    QTest::newRow("ampersand and equals") << QByteArray("a%26b%3Dc") << u"a&b=c"_s;
    QTest::newRow("fragment marks of Fitbit") << QByteArray("0f1e2d") << u"0f1e2d"_s;
}

void TestSignIn::theCodeIsDecodedOnce()
{
    QFETCH(QByteArray, wire);
    QFETCH(QString, code);
    Bench bench;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback(wire));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QCOMPARE(bench.server.seen().first().form().value(u"code"_s), code);
}

void TestSignIn::aPublicClientSendsNoSecret()
{
    Bench bench;
    bench.request.client.clientSecret.clear();
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QVERIFY(!bench.server.seen().first().headers.contains("authorization"));
    QCOMPARE(bench.server.seen().first().form().value(u"client_id"_s), u"23ABCD"_s);
}

void TestSignIn::theAnswersOddities()
{
    Bench bench;
    bench.server.setHandler([](const SeenRequest &) {
        return Script::answer(
            200, R"({"access_token":"AAAA","expires_in":"3600","refresh_token":null,"extra":[1]})");
    });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY2(bench.outcomes.first().kind == Kind::Connected, qPrintable(bench.outcomes.first().error.detail));
    QCOMPARE(bench.outcomes.first().token.userId, u"unknown"_s);
    QCOMPARE(bench.outcomes.first().token.scopes, QStringList({u"activity"_s, u"heartrate"_s}));
}

void TestSignIn::promptOnlyForSeveral()
{
    Bench bench;
    QVERIFY(bench.start());
    QVERIFY(!bench.url.toString().contains(u"prompt="_s));
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    bench.request.severalParticipants = true;
    bench.outcomes.clear();
    QVERIFY(bench.start());
    QCOMPARE(bench.asked(u"prompt"_s), u"login consent"_s);
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    bench.request.client.askPromptWhenSeveral = false;
    bench.outcomes.clear();
    QVERIFY(bench.start());
    QVERIFY(!bench.url.toString().contains(u"prompt="_s));
}

void TestSignIn::theRedirectIsSentAsConfigured()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const quint16 port = probe.serverPort();
    probe.close();
    Bench bench;
    bench.request.client.redirectUri = u"http://localhost:%1/Fit%20bit/Callback/"_s.arg(port);
    QVERIFY(bench.start());
    QCOMPARE(bench.redirect, bench.request.client.redirectUri);
    QCOMPARE(bench.asked(u"redirect_uri"_s), bench.request.client.redirectUri);
    Hit browser(port, "GET /Fit%20bit/Callback/?state=" + bench.asked(u"state"_s).toLatin1() +
                          "&code=x HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port) + "\r\n\r\n");
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QCOMPARE(bench.server.seen().first().form().value(u"redirect_uri"_s), bench.request.client.redirectUri);
}

void TestSignIn::badRedirects_data()
{
    QTest::addColumn<QString>("uri");
    for (const char *uri :
         {"", "https://localhost:5000/cb", "http://example.org:5000/cb", "localhost:5000/cb",
          "http://localhost:99999/cb", "http://localhost:5000/cb#x", "http://u:p@localhost:5000/cb",
          "http://0.0.0.0:5000/cb", " http://localhost:5000/cb", "http://localhost:5000/cb?x=1"})
        QTest::newRow(uri) << QString::fromLatin1(uri);
}

void TestSignIn::badRedirects()
{
    QFETCH(QString, uri);
    Bench bench;
    bench.request.client.redirectUri = uri;
    bench.signIn->start(bench.request);
    QVERIFY(bench.outcomes.isEmpty());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Refused);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::BadConfiguration);
    QVERIFY(bench.outcomes.first().error.detail.contains(u"FITBIT_REDIRECT_URI"_s));
}

void TestSignIn::denied()
{
    Bench bench;
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
    Bench bench;
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
    Bench bench;
    bench.server.setHandler([script](const SeenRequest &) { return script; });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QCOMPARE(int(bench.outcomes.first().kind), kind);
    QCOMPARE(bench.outcomes.first().error.kind, error);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
    QVERIFY(bench.store.rows.isEmpty());
    QCOMPARE(bench.server.seen().size(), 1); // a code is never sent twice
    QCOMPARE(bench.outcomes.size(), 1);
}

void TestSignIn::portBusy()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::Any), 0));
    Bench bench;
    bench.request.client.redirectUri = u"http://localhost:%1/cb"_s.arg(other.serverPort());
    bench.start();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::PortBusy);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::PortBusy);
    QVERIFY(bench.outcomes.first().error.detail.contains(QString::number(other.serverPort())));
    QVERIFY(bench.outcomes.first().error.detail.contains(u"FITBIT_REDIRECT_URI"_s));
}

void TestSignIn::portBusyOnIp6()
{
    QTcpServer other;
    if (!other.listen(QHostAddress(QHostAddress::LocalHostIPv6), 0))
        QSKIP("No ::1 on this computer");
    Bench bench;
    bench.request.client.redirectUri = u"http://localhost:%1/cb"_s.arg(other.serverPort());
    bench.start();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::PortBusy);
    QTcpServer free; // nothing was left open on 127.0.0.1
    QVERIFY(free.listen(QHostAddress(QHostAddress::LocalHost), other.serverPort()));
}

void TestSignIn::timesOut()
{
    Bench bench;
    bench.request.timeout = std::chrono::seconds(1);
    QVERIFY(bench.start());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::TimedOut);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::ConsentTimedOut);
}

void TestSignIn::timesOutDuringTheExchange()
{
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
    bench.store.failSaves = 1;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::StorageError);
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
}

void TestSignIn::strayHitsAreAnsweredAndIgnored()
{
    Bench bench;
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

void TestSignIn::aHundredAtOnce()
{
    Bench bench;
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

void TestSignIn::headersInSegments()
{
    Bench bench;
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

void TestSignIn::slowHalfRequestAndLongHead()
{
    Bench bench;
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

void TestSignIn::theSecondCallbackIsRefused()
{
    Bench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, tokenBody).after(300); });
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

void TestSignIn::thePageTellsTheTruth()
{
    Bench bench;
    bench.store.saveDelayMs = 300;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_VERIFY(bench.store.calls.contains(u"connect"_s));
    QVERIFY(browser.answer.isEmpty()); // not before it is saved
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("Fitbit is connected"));
    QVERIFY(bench.store.rows.contains(bench.request.key));
}

void TestSignIn::thePageIsSafe()
{
    Bench bench;
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

void TestSignIn::listenerClosesRightAfter()
{
    Bench bench;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QTcpServer next;
    QVERIFY(next.listen(QHostAddress(QHostAddress::LocalHost), bench.port()));
}

void TestSignIn::aSecondStartIsIgnored()
{
    Bench bench;
    QVERIFY(bench.start());
    const QUrl first = bench.url;
    bench.signIn->start(bench.request);
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QCOMPARE(bench.url, first);
    QVERIFY(bench.start()); // and now it may
    QVERIFY(bench.url != first);
}

void TestSignIn::pastedAddress()
{
    Bench bench;
    QVERIFY(!bench.signIn->takePastedAddress(u"http://127.0.0.1/"_s));
    QVERIFY(bench.start());
    const QString state = bench.asked(u"state"_s);
    for (const QString &wrong : {QString(), u"C0DE"_s, u"%1?code=C0DE&state=wrong"_s.arg(bench.redirect),
                                 u"%1?state=%2"_s.arg(bench.redirect, state),
                                 u"http://example.org/fitbit/callback?code=C0DE&state="_s + state,
                                 bench.redirect + u"/x?code=C0DE&state="_s + state})
        QVERIFY2(!bench.signIn->takePastedAddress(wrong), qPrintable(wrong));
    QVERIFY(bench.outcomes.isEmpty());
    const QString pasted = u"  "_s + bench.redirect + u"?code=4%2F0%2Bx&state="_s + state + u"#_=_\n"_s;
    QVERIFY(bench.signIn->takePastedAddress(pasted));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QCOMPARE(bench.server.seen().first().form().value(u"code"_s), u"4/0+x"_s);
    QVERIFY(!bench.signIn->takePastedAddress(bench.redirect + u"?code=C0DE&state="_s + state));
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
