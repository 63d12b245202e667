// SPDX-License-Identifier: GPL-3.0-or-later

// Sign-in, refresh and revoke against a certified provider that is not ours: npm's oidc-provider with PKCE
// required. The test plays the person in the browser.

#include "core/clock.h"
#include "core/redaction.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/signin.h"
#include "net/tokenmanager.h"

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
    void initTestCase();
    void cleanupTestCase();
    void theProviderInsistsOnPkce();
    void connectsRefreshesAndRevokes();
    void denied();
    void aWrongSecretIsToldApart();

private:
    [[nodiscard]] OAuthClient client() const;
    std::optional<SignInOutcome> signIn(const OAuthClient &as, bool refuse = false);
    Result<Token> replace(TokenManager &manager, const QString &rejected);

    QProcess m_server;
    QString m_issuer;
    SystemClock m_clock;
    MemoryStore m_store{m_clock};
    HttpDoor m_door;
    std::shared_ptr<SecretRegister> m_secrets = std::make_shared<SecretRegister>();
    AccountKey m_key{u"default"_s, u"check"_s};
    QByteArray m_lastPage;
};

void TestOidc::initTestCase()
{
    const QString folder = QStringLiteral(WRISTKEEP_OIDC_FOLDER);
    if (!QDir(folder + u"/node_modules/oidc-provider"_s).exists())
        QSKIP("oidc-provider is not installed: run `npm ci` in tests/e2e/oidc");
    const QString node = QStandardPaths::findExecutable(u"node"_s);
    if (node.isEmpty())
        QSKIP("node is not installed");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OIDC_CLIENT_SECRET"_s, QString::fromLatin1(clientSecret));
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

OAuthClient TestOidc::client() const
{
    OAuthClient made;
    made.provider = u"check"_s;
    made.providerTitle = u"The provider"_s;
    made.clientId = u"wristkeep-check"_s;
    made.clientSecret = QString::fromLatin1(clientSecret);
    made.authorizeUrl = QUrl(m_issuer + u"/auth"_s);
    made.tokenUrl = QUrl(m_issuer + u"/token"_s);
    made.revokeUrl = QUrl(m_issuer + u"/token/revocation"_s);
    made.redirectUri = u"http://127.0.0.1:0/callback"_s;
    made.redirectSetting = u"CHECK_REDIRECT_URI"_s;
    made.scopes = {u"openid"_s, u"offline_access"_s, u"activity"_s, u"heartrate"_s};
    made.extraAuthorizeParameters = {{"prompt", "consent"}};
    return made;
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

Result<Token> TestOidc::replace(TokenManager &manager, const QString &rejected)
{
    std::optional<Result<Token>> heard;
    manager.replaceToken(m_key, client(), rejected, this,
                         [&](const Result<Token> &result) { heard = result; });
    if (!QTest::qWaitFor([&] { return heard.has_value(); }, 30'000))
        return failure(ErrorKind::Internal, u"no answer"_s);
    return *heard;
}

void TestOidc::theProviderInsistsOnPkce()
{
    QNetworkAccessManager manager;
    QUrl url(m_issuer + u"/auth"_s);
    url.setQuery(
        u"client_id=wristkeep-check&response_type=code&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback"_s);
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000);
    QVERIFY2(reply->rawHeader("Location").contains("error=invalid_request"),
             reply->rawHeader("Location").constData());
}

void TestOidc::connectsRefreshesAndRevokes()
{
    const auto outcome = signIn(client());
    QVERIFY(outcome);
    QVERIFY2(outcome->kind == SignInOutcome::Kind::Connected,
             qPrintable(outcome->error.detail + outcome->error.code));
    QVERIFY(m_lastPage.contains("is connected"));
    const Token first = m_store.rows.value(m_key).account.token;
    QVERIFY(!first.accessToken.isEmpty());
    QVERIFY(!first.refreshToken.isEmpty());
    QVERIFY(first.scopes.contains(u"activity"_s));
    QVERIFY(first.scopes.contains(u"heartrate"_s));
    QVERIFY(first.expiresAt > m_clock.nowSeconds() + 3000);

    TokenManager manager(m_store, m_door, m_clock, m_secrets, u"check"_s);
    const Result<Token> second = replace(manager, first.accessToken);
    QVERIFY2(second, qPrintable(second ? QString() : second.error().detail + second.error().code));
    QVERIFY(second->accessToken != first.accessToken);
    QVERIFY(second->refreshToken != first.refreshToken); // rotated
    QCOMPARE(m_store.rows.value(m_key).account.token.refreshToken, second->refreshToken);

    std::optional<Result<bool>> revoked;
    manager.revoke(*second, client(), this, [&](const Result<bool> &result) { revoked = result; });
    QTRY_VERIFY_WITH_TIMEOUT(revoked, 20'000);
    QVERIFY2(*revoked, qPrintable(*revoked ? QString() : revoked->error().detail + revoked->error().code));
    const Result<Token> third = replace(manager, second->accessToken);
    QVERIFY(!third);
    QCOMPARE(third.error().kind, ErrorKind::TokenRefused);
    QVERIFY(!m_store.rows.value(m_key).account.refusedReason.isEmpty());
}

void TestOidc::denied()
{
    const auto outcome = signIn(client(), true);
    QVERIFY(outcome);
    QVERIFY(outcome->kind == SignInOutcome::Kind::Denied);
}

void TestOidc::aWrongSecretIsToldApart()
{
    OAuthClient wrong = client();
    wrong.clientSecret = u"not-the-secret"_s;
    const auto outcome = signIn(wrong);
    QVERIFY(outcome);
    QVERIFY(outcome->kind == SignInOutcome::Kind::Refused);
    QCOMPARE(outcome->error.kind, ErrorKind::ClientRefused);
}

QTEST_GUILESS_MAIN(TestOidc)
#include "tst_oidc.moc"
