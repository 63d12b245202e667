// SPDX-License-Identifier: GPL-3.0-or-later
// The sign-in of the simulated Google: consent, codes, PKCE, refresh tokens and their end, revocation.

#include "simulator/googlebench.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QString errorOf(const SimAnswer &answer)
{
    return answer.json().value(u"error"_s).toString();
}

QByteArray challengeOf(const QByteArray &verifier)
{
    return QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

class TestSimGoogleOAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void consentPageHasABoxForEachScope()
    {
        GoogleBench bench;
        const SimAnswer page = bench.send("GET", GoogleBench::authorizeTarget());
        QCOMPARE(page.status, 200);
        QCOMPARE(page.body.count("type=\"checkbox\""), 5);
        QVERIFY(page.body.contains("value=\"" + QByteArray(GoogleBench::sleep) + "\" checked"));
        QVERIFY(page.body.contains("Simulated Google account"));
        QVERIFY(page.body.contains("value=\"allow\"") && page.body.contains("value=\"deny\""));
        QVERIFY(!page.body.contains(">Demo<"));
        SimulatorOptions options = GoogleBench::options();
        options.demoPages = true;
        GoogleBench demo(options);
        QVERIFY(demo.send("GET", GoogleBench::authorizeTarget()).body.contains(">Demo<"));
    }

    void faultyRequestsStayOnTheOwnPage_data()
    {
        QTest::addColumn<QByteArray>("remove");
        QTest::addColumn<QByteArray>("put");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("client") << QByteArray("client_id=demo") << QByteArray("client_id=other") << 401
                                << QByteArray("Error 401: invalid_client");
        QTest::newRow("redirect") << QByteArray("http%3A%2F%2F127.0.0.1")
                                  << QByteArray("https%3A%2F%2Fexample.org") << 400
                                  << QByteArray("Error 400: redirect_uri_mismatch");
        QTest::newRow("type") << QByteArray("response_type=code") << QByteArray("response_type=token") << 400
                              << QByteArray("Error 400: unsupported_response_type");
        QTest::newRow("old scope") << QByteArray("sleep.readonly") << QByteArray("sleep") << 400
                                   << QByteArray("Error 400: invalid_scope");
        QTest::newRow("prompt") << QByteArray("&state=") << QByteArray("&prompt=always&state=") << 400
                                << QByteArray("Error 400: invalid_request");
        QTest::newRow("plain challenge")
            << QByteArray("&state=")
            << QByteArray("&code_challenge_method=plain&code_challenge=" + QByteArray(43, 'a') + "&state=")
            << 400 << QByteArray("Error 400: invalid_request");
    }

    void faultyRequestsStayOnTheOwnPage()
    {
        QFETCH(QByteArray, remove);
        QFETCH(QByteArray, put);
        QFETCH(int, status);
        QFETCH(QByteArray, text);
        GoogleBench bench;
        QByteArray target = GoogleBench::authorizeTarget();
        QVERIFY(target.contains(remove));
        const SimAnswer page = bench.send("GET", target.replace(remove, put));
        QCOMPARE(page.status, status);
        QVERIFY(!page.headers.contains("location"));
        QVERIFY2(page.body.contains('>' + text), page.body.constData());
    }

    void allowLeadsBackWithStateCodeAndScope()
    {
        GoogleBench bench;
        const SimAnswer answer = bench.allow(GoogleBench::authorizeTarget(), GoogleBench::activity);
        QCOMPARE(answer.status, 302);
        const QByteArray location = answer.headers.value("location");
        QVERIFY(location.startsWith(QByteArray(GoogleBench::redirect) + "?state=st%26te&code=4%2F0A"));
        QCOMPARE(GoogleBench::locationValue(answer, u"state"_s), u"st&te"_s);
        QCOMPARE(GoogleBench::locationValue(answer, u"scope"_s), QLatin1StringView(GoogleBench::activity));
        const SimAnswer denied = bench.consent(GoogleBench::authorizeTarget(), "decision=deny");
        QCOMPARE(GoogleBench::locationValue(denied, u"error"_s), u"access_denied"_s);
        QCOMPARE(GoogleBench::locationValue(denied, u"state"_s), u"st&te"_s);
        QVERIFY(
            bench.consent(GoogleBench::authorizeTarget(), "decision=allow").body.contains("Tick at least"));
    }

    void tokenAnswerTellsWhatWasGranted()
    {
        GoogleBench bench;
        const QByteArray scopes = QByteArray(GoogleBench::sleep) + ' ' + GoogleBench::activity;
        const SimAnswer answer =
            bench.exchange(GoogleBench::codeOf(bench.allow(GoogleBench::authorizeTarget(), scopes)));
        QCOMPARE(answer.status, 200);
        const QJsonObject json = answer.json();
        QCOMPARE(json.keys(), QStringList({u"access_token"_s, u"expires_in"_s, u"refresh_token"_s, u"scope"_s,
                                           u"token_type"_s}));
        QVERIFY(json.value(u"access_token"_s).toString().startsWith(u"ya29."_s));
        QVERIFY(json.value(u"refresh_token"_s).toString().startsWith(u"1//0"_s));
        QCOMPARE(json.value(u"expires_in"_s).toInt(), 3599);
        QCOMPARE(json.value(u"scope"_s).toString(),
                 QString::fromLatin1(GoogleBench::activity) + u' ' + QLatin1StringView(GoogleBench::sleep));
    }

    void codesAreUsedOnceAndBound()
    {
        GoogleBench bench;
        const QByteArray verifier(50, 'v');
        const QByteArray target = GoogleBench::authorizeTarget(
            GoogleBench::activity, "&code_challenge_method=S256&code_challenge=" + challengeOf(verifier));
        const auto fresh = [&] { return GoogleBench::codeOf(bench.allow(target, GoogleBench::activity)); };
        const QByteArray code = fresh();
        QCOMPARE(errorOf(bench.exchange(code)), u"invalid_grant"_s);
        QCOMPARE(errorOf(bench.exchange(code, "&code_verifier=" + QByteArray(50, 'w'))), u"invalid_grant"_s);
        QCOMPARE(bench.exchange(code, "&code_verifier=" + verifier).status, 200);
        QCOMPARE(errorOf(bench.exchange(code, "&code_verifier=" + verifier)), u"invalid_grant"_s);
        QCOMPARE(errorOf(bench.exchange("nonsense")), u"invalid_grant"_s);
        QCOMPARE(bench.exchange("nonsense").json().value(u"error_description"_s).toString(),
                 u"Malformed auth code."_s);
        const QByteArray elsewhere =
            "grant_type=authorization_code&client_id=" + QByteArray(GoogleBench::clientId) +
            "&client_secret=" + GoogleBench::secret + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback" +
            "&code=";
        QCOMPARE(errorOf(bench.tokenPost(elsewhere + fresh().toPercentEncoding())),
                 u"redirect_uri_mismatch"_s);
        const QByteArray late = fresh();
        bench.clock.advance(601);
        QCOMPARE(errorOf(bench.exchange(late, "&code_verifier=" + verifier)), u"invalid_grant"_s);
    }

    void clientProvesItselfInTheBody()
    {
        GoogleBench bench;
        const QByteArray start = "grant_type=refresh_token&refresh_token=x";
        QCOMPARE(errorOf(bench.tokenPost("refresh_token=x")), u"invalid_request"_s);
        QCOMPARE(errorOf(bench.tokenPost(start)), u"invalid_request"_s);
        const SimAnswer unknown = bench.tokenPost(start + "&client_id=x&client_secret=y");
        QCOMPARE(unknown.status, 401);
        QCOMPARE(errorOf(unknown), u"invalid_client"_s);
        const QByteArray id = "&client_id=" + QByteArray(GoogleBench::clientId);
        QCOMPARE(bench.tokenPost(start + id).json().value(u"error_description"_s).toString(),
                 u"client_secret is missing."_s);
        QCOMPARE(bench.tokenPost(start + id + "&client_secret=no").status, 401);
        QCOMPARE(errorOf(bench.tokenPost(start + id + "&client_secret=" + GoogleBench::secret)),
                 u"invalid_grant"_s);
        SimulatorOptions options = GoogleBench::options();
        options.googleClientSecret.clear();
        GoogleBench open(options);
        QCOMPARE(errorOf(open.tokenPost(start + id)), u"invalid_grant"_s);
    }

    void refreshTokensComeWithTheFirstOfflineConsent()
    {
        GoogleBench bench;
        const auto connect = [&](const QByteArray &extra) {
            const SimAnswer page =
                bench.send("GET", GoogleBench::authorizeTarget(GoogleBench::activity, extra));
            const SimAnswer answer =
                page.status == 302 ? page
                                   : bench.allow(GoogleBench::authorizeTarget(GoogleBench::activity, extra),
                                                 GoogleBench::activity);
            return bench.exchange(GoogleBench::codeOf(answer)).json().contains(u"refresh_token"_s);
        };
        QVERIFY(!connect({}));
        QVERIFY(connect("&access_type=offline"));
        QVERIFY(!connect("&access_type=offline"));
        QVERIFY(connect("&access_type=offline&prompt=consent"));
        QCOMPARE(bench.send("GET", GoogleBench::authorizeTarget(GoogleBench::activity)).status, 302);
        const QByteArray asked = GoogleBench::authorizeTarget(GoogleBench::activity, "&prompt=consent");
        QCOMPARE(bench.send("GET", asked).status, 200);
        const SimAnswer silent =
            bench.send("GET", GoogleBench::authorizeTarget(GoogleBench::sleep, "&prompt=none"));
        QCOMPARE(GoogleBench::locationValue(silent, u"error"_s), u"interaction_required"_s);
    }

    void refreshKeepsTheTokenUnlessItRotates()
    {
        GoogleBench bench;
        QVERIFY(bench.signIn());
        const SimAnswer once = bench.refresh(bench.refreshToken);
        QCOMPARE(once.status, 200);
        QVERIFY(!once.json().contains(u"refresh_token"_s));
        QVERIFY(once.json().value(u"access_token"_s).toString().toLatin1() != bench.accessToken);
        QCOMPARE(bench.get("/v4/users/me/identity").status, 200);
        bench.control("switch", {{u"googleRotate"_s, true}});
        const SimAnswer rotated = bench.refresh(bench.refreshToken);
        const QByteArray next = rotated.json().value(u"refresh_token"_s).toString().toLatin1();
        QVERIFY(!next.isEmpty());
        QCOMPARE(errorOf(bench.refresh(bench.refreshToken)), u"invalid_grant"_s);
        QCOMPARE(bench.refresh(next).status, 200);
    }

    void testingEndsTheRefreshTokenAfterSevenDays()
    {
        SimulatorOptions options = GoogleBench::options();
        options.googleTesting = true;
        GoogleBench bench(options);
        const QByteArray target = GoogleBench::authorizeTarget();
        const SimAnswer answer =
            bench.exchange(GoogleBench::codeOf(bench.allow(target, GoogleBench::activity)));
        bench.take(answer);
        QCOMPARE(answer.json().value(u"refresh_token_expires_in"_s).toInt(), 604'799);
        bench.clock.advance(604'798);
        QCOMPARE(bench.refresh(bench.refreshToken).json().value(u"refresh_token_expires_in"_s).toInt(), 1);
        bench.clock.advance(1);
        const SimAnswer dead = bench.refresh(bench.refreshToken);
        QCOMPARE(dead.status, 400);
        QCOMPARE(dead.json().value(u"error_description"_s).toString(),
                 u"Token has been expired or revoked."_s);
    }

    void accessTokensExpire()
    {
        GoogleBench bench;
        QVERIFY(bench.signIn());
        bench.clock.advance(3598);
        QCOMPARE(bench.get("/v4/users/me/identity").status, 200);
        bench.clock.advance(1);
        QCOMPARE(bench.get("/v4/users/me/identity").status, 401);
        bench.take(bench.refresh(bench.refreshToken));
        QCOMPARE(bench.get("/v4/users/me/identity").status, 200);
        bench.control("expire");
        QCOMPARE(bench.get("/v4/users/me/identity").status, 401);
    }

    void eitherTokenRevokesTheGrant_data()
    {
        QTest::addColumn<bool>("access");
        QTest::newRow("access") << true;
        QTest::newRow("refresh") << false;
    }

    void eitherTokenRevokesTheGrant()
    {
        QFETCH(bool, access);
        GoogleBench bench;
        QVERIFY(bench.signIn());
        const QByteArray token = access ? bench.accessToken : bench.refreshToken;
        const auto revoke = [&] {
            return bench.send("POST", "/revoke", "token=" + token.toPercentEncoding(),
                              {{"Content-Type", "application/x-www-form-urlencoded"}});
        };
        const SimAnswer first = revoke();
        QCOMPARE(first.status, 200);
        QCOMPARE(first.body, "{}");
        QCOMPARE(bench.get("/v4/users/me/identity").status, 401);
        QCOMPARE(errorOf(bench.refresh(bench.refreshToken)), u"invalid_grant"_s);
        const SimAnswer again = revoke();
        QCOMPARE(again.status, 400);
        QCOMPARE(errorOf(again), u"invalid_token"_s);
    }

    void theHalvesDoNotMix()
    {
        GoogleBench bench;
        QVERIFY(bench.SimBench::signIn());
        const QByteArray fitbitAccess = bench.accessToken;
        const QByteArray fitbitRefresh = bench.refreshToken;
        QCOMPARE(bench.get("/v4/users/me/identity").status, 401);
        QCOMPARE(errorOf(bench.refresh(fitbitRefresh)), u"invalid_grant"_s);
        QVERIFY(bench.signIn());
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 401);
        QCOMPARE(bench.SimBench::refresh(bench.refreshToken.toPercentEncoding()).errorType(),
                 u"invalid_grant"_s);
        QCOMPARE(bench.post("/oauth2/revoke", "token=" + bench.refreshToken.toPercentEncoding()).status, 404);
        QCOMPARE(bench.control("grants").value(u"count"_s).toInt(), 2);
        bench.send("POST", "/revoke", "token=" + bench.refreshToken.toPercentEncoding(),
                   {{"Content-Type", "application/x-www-form-urlencoded"}});
        bench.accessToken = fitbitAccess;
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
    }

    void webClientsRegisterTheirRedirect()
    {
        SimulatorOptions options = GoogleBench::options();
        options.googleWebClient = true;
        options.googleRedirectUris = {u"http://localhost:8080/callback"_s};
        GoogleBench bench(options);
        const SimAnswer other = bench.send("GET", GoogleBench::authorizeTarget());
        QVERIFY(other.body.contains("redirect_uri_mismatch"));
        QByteArray target = GoogleBench::authorizeTarget();
        target.replace(QByteArray(GoogleBench::redirect).toPercentEncoding(),
                       QByteArray("http://localhost:8080/callback").toPercentEncoding());
        QCOMPARE(bench.send("GET", target).status, 200);
    }

    void grantedScopesCanBeIncluded()
    {
        GoogleBench bench;
        QVERIFY(bench.signIn(GoogleBench::cloud));
        const QByteArray target = GoogleBench::authorizeTarget(GoogleBench::activity,
                                                               "&prompt=consent&include_granted_scopes=true");
        const SimAnswer answer = bench.allow(target, GoogleBench::activity);
        QVERIFY(GoogleBench::locationValue(answer, u"scope"_s).contains(u"cloud-platform"_s));
        bench.take(bench.exchange(GoogleBench::codeOf(answer)));
        const SimAnswer refused = bench.get("/v4/users/me/identity");
        QCOMPARE(refused.status, 403);
        QCOMPARE(reasonOf(refused), u"DISALLOWED_OAUTH_SCOPES"_s);
    }

    void grantsOutliveARestart()
    {
        QTemporaryDir folder;
        SimulatorOptions options = GoogleBench::options();
        options.stateFile = folder.filePath(u"state.json"_s);
        options.googleTesting = true;
        QByteArray access;
        QByteArray refresh;
        {
            GoogleBench bench(options);
            QVERIFY(bench.signIn());
            access = bench.accessToken;
            refresh = bench.refreshToken;
        }
        GoogleBench again(options);
        again.accessToken = access;
        QCOMPARE(again.get("/v4/users/me/identity").status, 200);
        again.clock.advance(604'798);
        QCOMPARE(again.refresh(refresh).status, 200);
        again.clock.advance(1);
        QCOMPARE(again.refresh(refresh).status, 400);
    }

    void secretsAreListedForTests()
    {
        GoogleBench bench;
        const QByteArray verifier(50, 'v');
        const QByteArray target = GoogleBench::authorizeTarget(
            GoogleBench::activity,
            "&access_type=offline&code_challenge_method=S256&code_challenge=" + challengeOf(verifier));
        const QByteArray code = GoogleBench::codeOf(bench.allow(target, GoogleBench::activity));
        bench.take(bench.exchange(code, "&code_verifier=" + verifier));
        const QJsonArray secrets = bench.control("secrets").value(u"secrets"_s).toArray();
        for (const QByteArray &secret : {code, verifier, bench.accessToken, bench.refreshToken})
            QVERIFY(!secret.isEmpty() && secrets.contains(QString::fromLatin1(secret)));
        bench.control("revoke");
        QCOMPARE(bench.get("/v4/users/me/identity").status, 401);
    }
};

QTEST_GUILESS_MAIN(TestSimGoogleOAuth)
#include "tst_sim_google_oauth.moc"
