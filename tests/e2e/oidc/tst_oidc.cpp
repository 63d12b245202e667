// SPDX-License-Identifier: GPL-3.0-or-later

// Sign-in, refresh and revoke against a certified provider that is not ours: npm's oidc-provider with PKCE
// required, once in the form of each service. The test plays the person in the browser.

#include "core/clock.h"
#include "core/redaction.h"
#include "core/settings.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/signin.h"
#include "net/tokenmanager.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "support/freeport.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QUrlQuery>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char clientSecret[] = "a+secret/with=odd&characters%2B";

Result<Settings> settingsWith(const QHash<QString, QString> &environment)
{
    SettingsSources sources;
    sources.environment = environment;
    sources.places = {u"/nonexistent/data"_s, u"/nonexistent/config"_s, u"/nonexistent/current"_s};
    return resolveSettings(sources);
}

/// Both services at one address; what a person need not set stays as the program has it.
QHash<QString, QString> environmentFor(const QString &issuer)
{
    const QString secret = QString::fromLatin1(clientSecret);
    return {{u"FITBIT_CLIENT_ID"_s, u"fitbit"_s},
            {u"FITBIT_CLIENT_SECRET"_s, secret},
            {u"FITBIT_REDIRECT_URI"_s, u"http://127.0.0.1:%1/callback"_s.arg(freePort())},
            {u"FITBIT_AUTHORIZE_URL"_s, issuer + u"/auth"_s},
            {u"FITBIT_API_URL"_s, issuer},
            {u"GOOGLE_HEALTH_CLIENT_ID"_s, u"google-health"_s},
            {u"GOOGLE_HEALTH_CLIENT_SECRET"_s, secret},
            {u"GOOGLE_AUTHORIZE_URL"_s, issuer + u"/auth"_s},
            {u"GOOGLE_TOKEN_URL"_s, issuer + u"/oauth2/token"_s},
            {u"GOOGLE_REVOKE_URL"_s, issuer + u"/oauth2/revoke"_s},
            {u"GOOGLE_HEALTH_API_URL"_s, issuer}};
}

QString inWords(const Error &error)
{
    return error.code + u' ' + error.detail;
}

/// A browser with cookies that fills in the provider's forms and follows its redirects.
class Browser : public QObject
{
    Q_OBJECT
public:
    explicit Browser(QString redirectUri) : m_redirectUri(std::move(redirectUri)) {}

    void open(const QUrl &url) { follow(m_manager.get(request(url))); }

    QByteArray lastPage;
    QUrl callback;
    int forms = 0;
    bool refuse = false; ///< press the provider's "abort" link

private:
    static QNetworkRequest request(const QUrl &url)
    {
        QNetworkRequest made(url);
        made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        made.setTransferTimeout(20'000);
        return made;
    }
    void follow(QNetworkReply *reply)
    {
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            lastPage = reply->readAll();
            const QByteArray location = reply->rawHeader("Location");
            if (!location.isEmpty()) {
                const QUrl next = reply->url().resolved(QUrl::fromEncoded(location));
                if (next.toString().startsWith(m_redirectUri))
                    callback = next;
                return follow(m_manager.get(request(next)));
            }
            fill(reply->url());
        });
    }
    void fill(const QUrl &here)
    {
        const QString page = QString::fromUtf8(lastPage);
        if (refuse) {
            static const QRegularExpression abortLink(u"href=\"([^\"]*/abort)\""_s);
            if (const auto found = abortLink.match(page); found.hasMatch())
                return follow(m_manager.get(request(here.resolved(QUrl(found.captured(1))))));
        }
        static const QRegularExpression action(u"<form[^>]*action=\"([^\"]+)\""_s);
        static const QRegularExpression prompt(u"name=\"prompt\" value=\"([^\"]+)\""_s);
        const auto form = action.match(page);
        if (!form.hasMatch() || ++forms > 5)
            return;
        QUrlQuery fields{
            {u"prompt"_s, prompt.match(page).captured(1)}, {u"login"_s, u"mara"_s}, {u"password"_s, u"x"_s}};
        QNetworkRequest post = request(here.resolved(QUrl(form.captured(1))));
        post.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
        follow(m_manager.post(post, fields.toString(QUrl::FullyEncoded).toUtf8()));
    }

    QString m_redirectUri;
    QNetworkAccessManager m_manager;
};

} // namespace

class TestOidc : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void cleanupTestCase();
    void init();
    void theProviderInsistsOnPkce();
    void connects();
    void refreshesAgainAndAgain();
    void revokingEndsTheWholeGrant();
    void denied();
    void aWrongSecretIsToldApart();

private:
    [[nodiscard]] OAuthClient client() const;
    std::optional<SignInOutcome> signIn(const OAuthClient &as, bool refuse = false);
    Token connectedToken();
    Result<Token> replace(const QString &rejected);
    int statusOfApi(const QString &accessToken);

    QProcess m_server;
    QString m_issuer;
    Settings m_settings;
    SystemClock m_clock;
    MemoryStore m_store{m_clock};
    HttpDoor m_door;
    std::shared_ptr<SecretRegister> m_secrets = std::make_shared<SecretRegister>();
    TokenManager m_manager{m_store, m_door, m_clock, m_secrets, u"check"_s};
    AccountKey m_key;
    QByteArray m_lastPage;
};

void TestOidc::initTestCase_data()
{
    QTest::addColumn<QString>("provider"); // the client's id at the server, too
    QTest::addColumn<bool>("rotates");
    QTest::addColumn<QString>("userId");
    QTest::addColumn<QString>("legacyUserId");
    QTest::newRow("Fitbit's form") << u"fitbit"_s << true << u"unknown"_s << QString();
    QTest::newRow("Google's form") << u"google-health"_s << false << u"2515055256096816351"_s << u"8ABCDE"_s;
}

void TestOidc::initTestCase()
{
    const QString folder = QStringLiteral(WRISTKEEP_OIDC_FOLDER);
    if (!QDir(folder + u"/node_modules/oidc-provider"_s).exists())
        QSKIP("oidc-provider is not installed: run `npm ci` in tests/e2e/oidc");
    const QString node = QStandardPaths::findExecutable(u"node"_s);
    if (node.isEmpty())
        QSKIP("node is not installed");
    const Result<Settings> defaults = settingsWith({});
    QVERIFY2(defaults, qPrintable(defaults ? QString() : inWords(defaults.error())));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OIDC_CLIENT_SECRET"_s, QString::fromLatin1(clientSecret));
    environment.insert(u"OIDC_SCOPES"_s,
                       defaults->value("FITBIT_SCOPES") + u' ' + defaults->value("GOOGLE_HEALTH_SCOPES"));
    m_server.setProcessEnvironment(environment);
    m_server.setWorkingDirectory(folder);
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.start(node, {u"server.js"_s});
    QVERIFY(m_server.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine() || m_server.state() == QProcess::NotRunning, 60'000);
    QVERIFY2(m_server.state() == QProcess::Running, m_server.readAllStandardError().constData());
    m_issuer = QJsonDocument::fromJson(m_server.readLine()).object().value(u"issuer"_s).toString();
    QVERIFY(!m_issuer.isEmpty());
}

void TestOidc::cleanupTestCase()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished(10'000));
}

void TestOidc::init()
{
    QFETCH_GLOBAL(QString, provider);
    const Result<Settings> settings = settingsWith(environmentFor(m_issuer));
    QVERIFY2(settings, qPrintable(settings ? QString() : inWords(settings.error())));
    m_settings = *settings;
    m_key = {u"default"_s, provider};
    m_store.rows.clear();
}

/// As the program makes it for that service.
OAuthClient TestOidc::client() const
{
    return findProvider(m_key.provider).value()->oauthClient(m_settings);
}

std::optional<SignInOutcome> TestOidc::signIn(const OAuthClient &as, bool refuse)
{
    SignIn attempt(m_store, m_door, m_clock, m_secrets);
    std::optional<SignInOutcome> outcome;
    std::unique_ptr<Browser> browser;
    connect(&attempt, &SignIn::authorizeUrlReady, this, [&](const QUrl &url, const QString &redirectUri) {
        browser = std::make_unique<Browser>(redirectUri);
        browser->refuse = refuse;
        browser->open(url);
    });
    connect(&attempt, &SignIn::finished, this, [&](const SignInOutcome &ended) { outcome = ended; });
    SignInRequest request;
    request.key = m_key;
    request.client = as;
    request.timeout = std::chrono::seconds(60);
    attempt.start(request);
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000) && browser)
        qWarning().noquote() << browser->lastPage.left(600);
    if (browser && outcome) {
        const QByteArray wanted =
            outcome->kind == SignInOutcome::Kind::Connected ? "is connected" : "is not connected";
        if (!QTest::qWaitFor([&] { return browser->lastPage.contains(wanted); }, 5'000))
            qWarning() << "the browser did not end on the right page";
        m_lastPage = browser->lastPage;
    }
    return outcome;
}

/// Signs in first; empty if that fails.
Token TestOidc::connectedToken()
{
    const auto outcome = signIn(client());
    if (outcome && outcome->kind != SignInOutcome::Kind::Connected)
        qWarning().noquote() << inWords(outcome->error);
    return m_store.rows.value(m_key).account.token;
}

Result<Token> TestOidc::replace(const QString &rejected)
{
    std::optional<Result<Token>> heard;
    m_manager.replaceToken(m_key, client(), rejected, this,
                           [&](const Result<Token> &result) { heard = result; });
    if (!QTest::qWaitFor([&] { return heard.has_value(); }, 30'000))
        return failure(ErrorKind::Internal, u"no answer"_s);
    return *heard;
}

/// What the service says to a request with this token; 0 when it says nothing.
int TestOidc::statusOfApi(const QString &accessToken)
{
    HttpRequest request;
    request.url = QUrl(m_issuer + u"/v4/users/me/identity"_s);
    std::optional<int> status;
    m_door.send(
        request, accessToken, this,
        [&](const Result<HttpResponse> &answer) { status = answer ? answer->status : 0; }, 15'000);
    return QTest::qWaitFor([&] { return status.has_value(); }, 20'000) ? *status : 0;
}

void TestOidc::theProviderInsistsOnPkce()
{
    QNetworkAccessManager manager;
    QUrl url = client().authorizeUrl;
    url.setQuery(u"client_id=%1&response_type=code&access_type=offline&prompt=consent"
                 "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback"_s.arg(m_key.provider));
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000);
    const QByteArray location = reply->rawHeader("Location");
    QVERIFY2(location.contains("error=invalid_request"), location.constData());
    QVERIFY2(location.contains("PKCE"), location.constData());
}

void TestOidc::connects()
{
    QFETCH_GLOBAL(QString, userId);
    QFETCH_GLOBAL(QString, legacyUserId);
    const auto outcome = signIn(client());
    QVERIFY(outcome);
    QVERIFY2(outcome->kind == SignInOutcome::Kind::Connected, qPrintable(inWords(outcome->error)));
    QVERIFY(m_lastPage.contains("is connected"));

    const Token saved = m_store.rows.value(m_key).account.token;
    QVERIFY(!saved.refreshToken.isEmpty());
    QVERIFY(saved.expiresAt > m_clock.nowSeconds() + 3000);
    QStringList asked = client().scopes;
    asked.sort();
    QCOMPARE(saved.scopes, asked);
    QCOMPARE(saved.userId, userId);
    QCOMPARE(saved.legacyUserId, legacyUserId);
    QCOMPARE(statusOfApi(saved.accessToken), 200);
}

void TestOidc::refreshesAgainAndAgain()
{
    QFETCH_GLOBAL(bool, rotates);
    const Token first = connectedToken();
    Token before = first;
    for (int i = 0; i < 2; ++i) {
        const Result<Token> fresh = replace(before.accessToken);
        QVERIFY2(fresh, qPrintable(fresh ? QString() : inWords(fresh.error())));
        QVERIFY(fresh->accessToken != before.accessToken);
        QVERIFY(!fresh->refreshToken.isEmpty());
        QCOMPARE(fresh->refreshToken != before.refreshToken, rotates);
        QCOMPARE(statusOfApi(fresh->accessToken), 200);
        before = *fresh;
    }
    const Token saved = m_store.rows.value(m_key).account.token;
    QCOMPARE(saved.refreshToken, before.refreshToken);
    QCOMPARE(saved.scopes, first.scopes);
    QCOMPARE(saved.userId, first.userId);
    QCOMPARE(saved.legacyUserId, first.legacyUserId);
}

void TestOidc::revokingEndsTheWholeGrant()
{
    const Token token = connectedToken();
    QCOMPARE(statusOfApi(token.accessToken), 200);

    std::optional<Result<bool>> revoked;
    m_manager.revoke(token, client(), this, [&](const Result<bool> &result) { revoked = result; });
    QTRY_VERIFY_WITH_TIMEOUT(revoked, 20'000);
    QVERIFY2(*revoked, qPrintable(*revoked ? QString() : inWords(revoked->error())));
    QCOMPARE(statusOfApi(token.accessToken), 401);
    const Result<Token> refreshed = replace(token.accessToken);
    QVERIFY(!refreshed);
    QCOMPARE(refreshed.error().kind, ErrorKind::TokenRefused);
    QVERIFY(!m_store.rows.value(m_key).account.refusedReason.isEmpty());
}

void TestOidc::denied()
{
    const auto outcome = signIn(client(), true);
    QVERIFY(outcome);
    QVERIFY(outcome->kind == SignInOutcome::Kind::Denied);
    QVERIFY(m_store.rows.isEmpty());
}

void TestOidc::aWrongSecretIsToldApart()
{
    OAuthClient wrong = client();
    wrong.clientSecret = u"not-the-secret"_s;
    const auto outcome = signIn(wrong);
    QVERIFY(outcome);
    QVERIFY(outcome->kind == SignInOutcome::Kind::Refused);
    QCOMPARE(outcome->error.kind, ErrorKind::ClientRefused);
    QVERIFY(m_store.rows.isEmpty());
}

QTEST_GUILESS_MAIN(TestOidc)
#include "tst_oidc.moc"
