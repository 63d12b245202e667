// SPDX-License-Identifier: GPL-3.0-or-later
// The sign-in of the simulated service: consent page, codes, PKCE, rotation with its grace, revocation.

#include "simulator/simbench.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QByteArray challengeOf(const QByteArray &verifier)
{
    return QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool isHex(const QString &text, qsizetype length)
{
    static const QRegularExpression digits(u"^[0-9a-f]+$"_s);
    return text.size() == length && digits.match(text).hasMatch();
}

} // namespace

class TestSimOAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void consentPageAsksForEachScope()
    {
        SimBench bench;
        const SimAnswer page = bench.send("GET", SimBench::authorizeTarget("activity sleep"));
        QCOMPARE(page.status, 200);
        QVERIFY(page.headers.value("content-type").startsWith("text/html"));
        QCOMPARE(page.headers.value("cache-control"), "no-store");
        QCOMPARE(page.body.count("type=\"checkbox\""), 2);
        QVERIFY(page.body.contains("value=\"sleep\" checked"));
        QVERIFY(page.body.contains("value=\"allow\"") && page.body.contains("value=\"deny\""));
        QVERIFY(page.body.contains("prefers-color-scheme:dark"));
        QVERIFY(!page.body.contains("Demo"));
        QVERIFY(!page.body.contains("<script"));
    }

    void demoPageSaysDemo()
    {
        SimulatorOptions options = SimBench::defaults();
        options.demoPages = true;
        SimBench bench(options);
        QVERIFY(bench.send("GET", SimBench::authorizeTarget()).body.contains(">Demo<"));
        QVERIFY(bench.send("GET", "/oauth2/authorize").body.contains(">Demo<"));
    }

    void faultyRequestsStayOnTheOwnPage_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("text");
        const QByteArray r = "&redirect_uri=" + QByteArray(SimBench::redirect).toPercentEncoding();
        const QByteArray base = "client_id=23DEMO&response_type=code&scope=activity" + r;
        const QByteArray s256 = "&code_challenge_method=S256";
        QTest::newRow("client wrong") << "client_id=X&response_type=code&scope=activity" + r
                                      << QByteArray("unauthorize_client - Invalid client_id");
        QTest::newRow("client missing") << "response_type=code&scope=activity" + r
                                        << QByteArray("invalid_request - Missing parameters: client_id");
        QTest::newRow("redirect wrong")
            << base + "/" << QByteArray("invalid_request - Invalid redirect_uri parameter value");
        QTest::newRow("redirect other host")
            << QByteArray("client_id=23DEMO&response_type=code&scope=activity&redirect_uri=https%3A%2F%"
                          "2Fexample.org")
            << QByteArray("invalid_request - Invalid redirect_uri parameter value");
        QTest::newRow("type missing")
            << "client_id=23DEMO&scope=activity" + r
            << QByteArray("invalid_request - Missing response_type parameter value");
        QTest::newRow("type wrong")
            << "client_id=23DEMO&response_type=kode&scope=activity" + r
            << QByteArray("unsupported_response_type - Invalid response_type parameter value");
        QTest::newRow("type token")
            << "client_id=23DEMO&response_type=token&scope=activity" + r
            << QByteArray(
                   "unauthorized_client - The client is not authorized to request an access token using this "
                   "method");
        QTest::newRow("scope unknown") << "client_id=23DEMO&response_type=code&scope=steps" + r
                                       << QByteArray("invalid_scope - Invalid scope: steps");
        QTest::newRow("challenge length")
            << base + s256 + "&code_challenge=abc"
            << QByteArray("invalid_request - The code_challenge parameter length must be between 43 and 128");
        QTest::newRow("challenge letters")
            << base + s256 + "&code_challenge=" + QByteArray(43, '!')
            << QByteArray("invalid_request - The code_challenge parameter is invalid");
        QTest::newRow("challenge plain")
            << base + "&code_challenge_method=plain&code_challenge=" + QByteArray(43, 'a')
            << QByteArray("invalid_request - Unsupported code_challenge_method");
        QTest::newRow("markup") << "client_id=23DEMO&response_type=code&scope=%3Cb%3E" + r
                                << QByteArray("invalid_scope - Invalid scope: &lt;b&gt;");
    }

    void faultyRequestsStayOnTheOwnPage()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, text);
        SimBench bench;
        const SimAnswer page = bench.send("GET", "/oauth2/authorize?" + query);
        QCOMPARE(page.status, 400);
        QVERIFY(!page.headers.contains("location"));
        QVERIFY2(page.body.contains('>' + text + '<'), page.body.constData());
    }

    void severalRedirectsMustBeNamed()
    {
        SimulatorOptions options = SimBench::defaults();
        options.redirectUris.append(u"http://127.0.0.1:7000/cb"_s);
        SimBench several(options);
        const QByteArray bare = "/oauth2/authorize?client_id=23DEMO&response_type=code&scope=activity";
        QVERIFY(several.send("GET", bare).body.contains("Missing redirect_uri parameter value"));
        SimBench one;
        QCOMPARE(one.send("GET", bare).status, 200);
        QVERIFY(
            one.send("GET", bare + "&prompt=login").body.contains("Missing redirect_uri parameter value"));
    }

    void allowLeadsBackWithCodeAndState()
    {
        SimBench bench;
        const SimAnswer answer = bench.consent(SimBench::authorizeTarget(), "decision=allow&scope=activity");
        QCOMPARE(answer.status, 302);
        const QByteArray location = answer.headers.value("location");
        QVERIFY(location.startsWith(QByteArray(SimBench::redirect) + "?code="));
        QVERIFY(location.endsWith("&state=st%26te#_=_"));
        QCOMPARE(SimBench::codeOf(answer).size(), 40);
    }

    void denyLeadsBackWithError()
    {
        SimBench bench;
        const SimAnswer answer = bench.consent(SimBench::authorizeTarget(), "decision=deny");
        QCOMPARE(answer.status, 302);
        QVERIFY(answer.headers.value("location").contains("?error=access_denied&error_description="));
        QVERIFY(answer.headers.value("location").contains("&state=st%26te"));
    }

    void nothingTickedAsksAgain()
    {
        SimBench bench;
        const SimAnswer none = bench.consent(SimBench::authorizeTarget("activity"), "decision=allow");
        QCOMPARE(none.status, 200);
        QVERIFY(none.body.contains("Tick at least one"));
        const SimAnswer more =
            bench.consent(SimBench::authorizeTarget("activity"), "decision=allow&scope=sleep");
        QCOMPARE(more.status, 200);
        QCOMPARE(bench.consent(SimBench::authorizeTarget(), "scope=activity").status, 200);
    }

    void tokenAnswerHasSixMembers()
    {
        SimBench bench;
        const SimAnswer consent =
            bench.consent(SimBench::authorizeTarget(), "decision=allow&scope=heartrate&scope=activity");
        const SimAnswer answer = bench.exchange(SimBench::codeOf(consent));
        QCOMPARE(answer.status, 200);
        const QJsonObject json = answer.json();
        QCOMPARE(json.keys(), QStringList({u"access_token"_s, u"expires_in"_s, u"refresh_token"_s, u"scope"_s,
                                           u"token_type"_s, u"user_id"_s}));
        QCOMPARE(json.value(u"expires_in"_s).toInt(), 28'800);
        QCOMPARE(json.value(u"token_type"_s).toString(), u"Bearer"_s);
        QCOMPARE(json.value(u"scope"_s).toString(), u"activity heartrate"_s);
        QCOMPARE(json.value(u"user_id"_s).toString().size(), 6);
        QVERIFY(isHex(json.value(u"refresh_token"_s).toString(), 64));
        QCOMPARE(json.value(u"access_token"_s).toString().count(u'.'), 2);
        QVERIFY(json.value(u"access_token"_s).toString().startsWith(u"eyJ"_s));
        QCOMPARE(answer.headers.value("cache-control"), "no-store");
    }

    void codeWorksOnceAndTenMinutes()
    {
        SimBench bench;
        const QByteArray form = "decision=allow&scope=activity";
        const QByteArray code = SimBench::codeOf(bench.consent(SimBench::authorizeTarget(), form));
        QCOMPARE(bench.exchange(code).status, 200);
        const SimAnswer again = bench.exchange(code);
        QCOMPARE(again.status, 400);
        QCOMPARE(again.errorType(), u"invalid_grant"_s);
        QVERIFY(again.message().startsWith(u"Authorization code invalid: "_s + QString::fromLatin1(code)));
        const QByteArray target = SimBench::authorizeTarget("activity", "&prompt=consent");
        const QByteArray late = SimBench::codeOf(bench.consent(target, form));
        bench.clock.advance(601);
        QVERIFY(bench.exchange(late).message().startsWith(u"Authorization code expired: "_s));
        const QByteArray intime = SimBench::codeOf(bench.consent(target, form));
        bench.clock.advance(599);
        QCOMPARE(bench.exchange(intime).status, 200);
        QCOMPARE(bench.exchange("00").errorType(), u"invalid_grant"_s);
    }

    void codeIsBoundToRedirectAndChallenge()
    {
        SimBench bench;
        const QByteArray form = "decision=allow&scope=activity";
        const QByteArray verifier = QByteArray(64, 'v');
        const QByteArray pkce = "&code_challenge_method=S256&code_challenge=" + challengeOf(verifier);
        const QByteArray target = SimBench::authorizeTarget("activity", pkce);
        const QByteArray code = SimBench::codeOf(bench.consent(target, form));
        QCOMPARE(bench.exchange(code).errorType(), u"invalid_request"_s);
        QCOMPARE(bench.exchange(code, "&code_verifier=" + QByteArray(64, 'w')).errorType(),
                 u"invalid_grant"_s);
        const SimAnswer other = bench.post("/oauth2/token", "grant_type=authorization_code&code=" + code +
                                                                "&redirect_uri=http%3A%2F%2Flocalhost%2F"
                                                                "&code_verifier=" +
                                                                verifier);
        QCOMPARE(other.errorType(), u"invalid_grant"_s);
        const SimAnswer none = bench.post("/oauth2/token", "grant_type=authorization_code&code=" + code +
                                                               "&code_verifier=" + verifier);
        QCOMPARE(none.errorType(), u"invalid_request"_s);
        QCOMPARE(bench.exchange(code, "&code_verifier=" + verifier).status, 200);
    }

    void clientMustProveItself_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("clientId");
        QTest::addColumn<bool>("accepted");
        const QByteArray good = QByteArray("23DEMO:").append(SimBench::secret).toBase64();
        QTest::newRow("good") << "Basic " + good << QByteArray("23DEMO") << true;
        QTest::newRow("no id in the body") << "Basic " + good << QByteArray() << true;
        QTest::newRow("none") << QByteArray() << QByteArray("23DEMO") << false;
        QTest::newRow("bad secret") << "Basic " + QByteArray("23DEMO:x").toBase64() << QByteArray("23DEMO")
                                    << false;
        QTest::newRow("bad id") << "Basic " + QByteArray("X:x").toBase64() << QByteArray() << false;
        QTest::newRow("garbage") << QByteArray("Basic %%%") << QByteArray() << false;
        QTest::newRow("other id in the body") << "Basic " + good << QByteArray("X") << false;
    }

    void clientMustProveItself()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(QByteArray, clientId);
        QFETCH(bool, accepted);
        SimBench bench;
        QVERIFY(bench.signIn());
        QByteArray form = "grant_type=refresh_token&refresh_token=" + bench.refreshToken;
        if (!clientId.isEmpty())
            form += "&client_id=" + clientId;
        SimHeaders headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        if (!authorization.isEmpty())
            headers.append({"Authorization", authorization});
        const SimAnswer answer = bench.send("POST", "/oauth2/token", form, headers);
        QCOMPARE(answer.status, accepted ? 200 : 401);
        if (!accepted)
            QCOMPARE(answer.errorType(), u"invalid_client"_s);
    }

    void publicClientNamesItselfInTheBody()
    {
        SimulatorOptions options = SimBench::defaults();
        options.clientSecret.clear();
        SimBench bench(options);
        const QByteArray code =
            SimBench::codeOf(bench.consent(SimBench::authorizeTarget(), "decision=allow&scope=activity"));
        const QByteArray form = "grant_type=authorization_code&code=" + code +
                                "&redirect_uri=" + QByteArray(SimBench::redirect).toPercentEncoding();
        const SimHeaders headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        QCOMPARE(bench.send("POST", "/oauth2/token", form, headers).errorType(), u"invalid_request"_s);
        QCOMPARE(bench.send("POST", "/oauth2/token", form + "&client_id=23DEMO", headers).status, 200);
    }

    void refreshRotatesWithGrace()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const QByteArray first = bench.refreshToken;
        const SimAnswer answer = bench.refresh(first);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.json().value(u"refresh_token"_s).toString() != QString::fromLatin1(first));
        QCOMPARE(answer.json().size(), 6);
        bench.clock.advance(119);
        QCOMPARE(bench.refresh(first).body, answer.body);
        bench.clock.advance(2);
        const SimAnswer late = bench.refresh(first);
        QCOMPARE(late.status, 400);
        QCOMPARE(late.errorType(), u"invalid_grant"_s);
        QVERIFY(late.message().startsWith(u"Refresh token invalid: "_s + QString::fromLatin1(first)));
        bench.take(answer);
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
        QCOMPARE(bench.refresh(bench.refreshToken).status, 200);
        QCOMPARE(bench.refresh("").errorType(), u"invalid_request"_s);
    }

    void accessTokensExpire()
    {
        SimulatorOptions options = SimBench::defaults();
        options.accessTokenSeconds = 60;
        SimBench bench(options);
        QVERIFY(bench.signIn());
        bench.clock.advance(59);
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
        bench.clock.advance(1);
        const SimAnswer late = bench.get("/1/user/-/profile.json");
        QCOMPARE(late.status, 401);
        QCOMPARE(late.errorType(), u"expired_token"_s);
        QVERIFY(late.message().contains(QString::fromLatin1(bench.accessToken)));
        bench.take(bench.refresh(bench.refreshToken));
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
        QCOMPARE(bench.send("GET", "/1/user/-/profile.json").errorType(), u"invalid_request"_s);
        bench.accessToken[10] = bench.accessToken[10] == 'a' ? 'b' : 'a';
        QCOMPARE(bench.get("/1/user/-/profile.json").errorType(), u"invalid_token"_s);
    }

    void revokeEndsTheWholeGrant_data()
    {
        QTest::addColumn<bool>("byRefresh");
        QTest::newRow("by access token") << false;
        QTest::newRow("by refresh token") << true;
    }

    void revokeEndsTheWholeGrant()
    {
        QFETCH(bool, byRefresh);
        SimBench bench;
        QVERIFY(bench.signIn());
        const QByteArray elsewhere = bench.refreshToken;
        QVERIFY(bench.signIn());
        QCOMPARE(bench.control("grants").value(u"count"_s).toInt(), 2);
        const SimAnswer answer =
            bench.post("/oauth2/revoke", "token=" + (byRefresh ? bench.refreshToken : bench.accessToken));
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.isEmpty());
        QCOMPARE(bench.control("grants").value(u"count"_s).toInt(), 0);
        QCOMPARE(bench.get("/1/user/-/profile.json").errorType(), u"invalid_token"_s);
        QCOMPARE(bench.refresh(elsewhere).errorType(), u"invalid_grant"_s);
        QCOMPARE(bench.post("/oauth2/revoke", "token=" + bench.refreshToken).status, 404);
    }

    void introspection()
    {
        SimBench bench;
        QVERIFY(bench.signIn("activity heartrate"));
        const SimHeaders headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                    {"Authorization", "Bearer " + bench.accessToken}};
        const SimAnswer answer =
            bench.send("POST", "/1.1/oauth2/introspect", "token=" + bench.accessToken, headers);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value(u"active"_s).toBool(), true);
        QCOMPARE(answer.json().value(u"scope"_s).toString(), u"{ACTIVITY=READ, HEARTRATE=READ}"_s);
        QVERIFY(answer.headers.contains("fitbit-rate-limit-remaining"));
        const SimAnswer other = bench.send("POST", "/1.1/oauth2/introspect", "token=nonsense", headers);
        QCOMPARE(other.json().value(u"active"_s).toBool(true), false);
    }

    void promptDecidesWhetherThePageIsShown()
    {
        SimBench bench;
        QVERIFY(bench.signIn("activity heartrate"));
        QCOMPARE(bench.send("GET", SimBench::authorizeTarget("activity")).status, 302);
        QCOMPARE(bench.send("GET", SimBench::authorizeTarget("activity", "&prompt=none")).status, 302);
        QCOMPARE(bench.send("GET", SimBench::authorizeTarget("activity", "&prompt=login+consent")).status,
                 200);
        QCOMPARE(bench.send("GET", SimBench::authorizeTarget("activity sleep")).status, 200);
        QCOMPARE(bench.send("GET", SimBench::authorizeTarget("activity", "&prompt=maybe")).status, 400);
    }

    void theAccountCanBeChosen()
    {
        SimulatorOptions options = SimBench::defaults();
        options.users = 2;
        SimBench bench(options);
        const QJsonArray users = bench.control("status").value(u"users"_s).toArray();
        const QString second = users.at(1).toObject().value(u"id"_s).toString();
        QVERIFY(bench.send("GET", SimBench::authorizeTarget()).body.contains("<select"));
        QVERIFY(bench.signIn("profile", second.toLatin1()));
        const QJsonObject user = bench.get("/1/user/-/profile.json").json().value(u"user"_s).toObject();
        QCOMPARE(user.value(u"encodedId"_s).toString(), second);
        QCOMPARE(
            bench.consent(SimBench::authorizeTarget(), "decision=allow&scope=profile&user=NOBODY").status,
            200);
    }

    void grantsOutliveARestart()
    {
        const QTemporaryDir folder;
        SimulatorOptions options = SimBench::defaults();
        options.stateFile = folder.filePath(u"state.json"_s);
        QByteArray access;
        QByteArray refresh;
        {
            SimBench bench(options);
            QVERIFY(bench.signIn());
            bench.take(bench.refresh(bench.refreshToken));
            access = bench.accessToken;
            refresh = bench.refreshToken;
        }
        QCOMPARE(QFileInfo(options.stateFile).permissions() &
                     (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                      QFileDevice::WriteOther),
                 QFileDevice::Permissions());
        SimBench again(options);
        again.accessToken = access;
        QCOMPARE(again.get("/1/user/-/profile.json").status, 200);
        QCOMPARE(again.refresh(refresh).status, 200);
    }

    void aDamagedStateFileStartsAnew()
    {
        const QTemporaryDir folder;
        SimulatorOptions options = SimBench::defaults();
        options.stateFile = folder.filePath(u"state.json"_s);
        QFile file(options.stateFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"version\":1,");
        file.close();
        QTest::ignoreMessage(QtWarningMsg,
                             "The simulator's state file is damaged; it starts without grants.");
        SimBench bench(options);
        QVERIFY(bench.signIn());
    }
};

QTEST_GUILESS_MAIN(TestSimOAuth)
#include "tst_sim_oauth.moc"
