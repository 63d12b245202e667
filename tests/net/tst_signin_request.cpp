// SPDX-License-Identifier: GPL-3.0-or-later

// What a sign-in asks of the provider and takes from its answer: the address the browser is sent to, the code
// that comes back, and the request that exchanges it for a token.

#include "net/signinbench.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTcpServer>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;
using Kind = SignInOutcome::Kind;

class TestSignInRequest : public QObject
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
    void aSecondStartIsIgnored();
    void pastedAddress();
};

void TestSignInRequest::connects()
{
    SignInBench bench;
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

void TestSignInRequest::everyAttemptIsFresh()
{
    SignInBench bench;
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

void TestSignInRequest::theCodeIsDecodedOnce_data()
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

void TestSignInRequest::theCodeIsDecodedOnce()
{
    QFETCH(QByteArray, wire);
    QFETCH(QString, code);
    SignInBench bench;
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback(wire));
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QCOMPARE(bench.server.seen().first().form().value(u"code"_s), code);
}

void TestSignInRequest::aPublicClientSendsNoSecret()
{
    SignInBench bench;
    bench.request.client.clientSecret.clear();
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QVERIFY(!bench.server.seen().first().headers.contains("authorization"));
    QCOMPARE(bench.server.seen().first().form().value(u"client_id"_s), u"23ABCD"_s);
}

void TestSignInRequest::theAnswersOddities()
{
    SignInBench bench;
    bench.server.setHandler([](const SeenRequest &) {
        return Script::answer(
            200,
            R"({"access_token":"AAAA","expires_in":"3600","refresh_token":"RRRR","scope":null,"extra":[1]})");
    });
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.callback());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY2(bench.outcomes.first().kind == Kind::Connected, qPrintable(bench.outcomes.first().error.detail));
    QCOMPARE(bench.outcomes.first().token.userId, u"unknown"_s);
    QCOMPARE(bench.outcomes.first().token.scopes, QStringList({u"activity"_s, u"heartrate"_s}));
}

void TestSignInRequest::promptOnlyForSeveral()
{
    SignInBench bench;
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

void TestSignInRequest::theRedirectIsSentAsConfigured()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const quint16 port = probe.serverPort();
    probe.close();
    SignInBench bench;
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

void TestSignInRequest::badRedirects_data()
{
    QTest::addColumn<QString>("uri");
    for (const char *uri :
         {"", "https://localhost:5000/cb", "http://example.org:5000/cb", "localhost:5000/cb",
          "http://localhost:99999/cb", "http://localhost:5000/cb#x", "http://u:p@localhost:5000/cb",
          "http://0.0.0.0:5000/cb", " http://localhost:5000/cb", "http://localhost:5000/cb?x=1"})
        QTest::newRow(uri) << QString::fromLatin1(uri);
}

void TestSignInRequest::badRedirects()
{
    QFETCH(QString, uri);
    SignInBench bench;
    bench.request.client.redirectUri = uri;
    bench.signIn->start(bench.request);
    QVERIFY(bench.outcomes.isEmpty());
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Refused);
    QCOMPARE(bench.outcomes.first().error.kind, ErrorKind::BadConfiguration);
    QVERIFY(bench.outcomes.first().error.detail.contains(u"FITBIT_REDIRECT_URI"_s));
}

void TestSignInRequest::aSecondStartIsIgnored()
{
    SignInBench bench;
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

void TestSignInRequest::pastedAddress()
{
    SignInBench bench;
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

QTEST_GUILESS_MAIN(TestSignInRequest)
#include "tst_signin_request.moc"
