// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/oauthflow.h"

#include "net/httpdoor.h"
#include "net/tokenendpoint.h"

#include <QCryptographicHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QOAuth2AuthorizationCodeFlow>
#include <QOAuthHttpServerReplyHandler>
#include <QPointer>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

constexpr QByteArray::Base64Options base64Url =
    QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

/// Base64url of that many bits from the system's generator.
template<size_t Words>
QString randomText()
{
    std::array<quint32, Words> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words));
    return QString::fromLatin1(bytes.toBase64(base64Url));
}

/// What the flow believes is a reply of its network manager: the answer of our door.
class DoorReply final : public QNetworkReply
{
public:
    DoorReply(HttpDoor &door, const HttpRequest &request, QObject *parent)
        : QNetworkReply(parent), m_door(door)
    {
        setUrl(request.url);
        setOperation(QNetworkAccessManager::PostOperation);
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        m_ticket = m_door.send(
            request, {}, this,
            [this](const Result<HttpResponse> &answer) {
                m_ticket = 0;
                result = answer;
                if (answer)
                    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, answer->status);
                else
                    setError(QNetworkReply::UnknownNetworkError, u"no answer"_s);
                setFinished(true);
                Q_EMIT finished();
            },
            tokenRequestTotalMs);
    }
    ~DoorReply() override { m_door.cancel(m_ticket); }

    void abort() override { m_door.cancel(m_ticket); }

    Result<HttpResponse> result = failure(ErrorKind::Cancelled);

protected:
    qint64 readData(char *, qint64) override { return -1; } // the body is in `result`

private:
    HttpDoor &m_door;
    HttpDoor::Ticket m_ticket = 0;
};

/// Sends what we built instead of what the flow built: its body holds the secret, and how it encodes a code
/// changes from version to version.
class DoorManager final : public QNetworkAccessManager
{
public:
    explicit DoorManager(HttpDoor &door) : m_door(door) {}
    HttpRequest next;
    QPointer<QNetworkReply> current;

protected:
    QNetworkReply *createRequest(Operation, const QNetworkRequest &, QIODevice *) override
    {
        current = new DoorReply(m_door, next, this);
        return current;
    }

private:
    HttpDoor &m_door;
};

/// The handler without its listener: ours stands in front and hands on the one true callback.
class ReplyHandler final : public QOAuthHttpServerReplyHandler
{
public:
    explicit ReplyHandler(QString redirectUri)
        : QOAuthHttpServerReplyHandler(QHostAddress(QHostAddress::LocalHost), 0),
          m_redirectUri(std::move(redirectUri))
    {
        close();
    }

    [[nodiscard]] QString callback() const override { return m_redirectUri; }
    void handOn(const QVariantMap &parameters) { Q_EMIT callbackReceived(parameters); }
    OAuthFlow::Exchanged exchanged;

protected:
    // The base class tells nobody about a failed exchange.
    void networkReplyFinished(QNetworkReply *reply) override
    {
        const auto *ours = static_cast<DoorReply *>(reply);
        if (auto done = std::exchange(exchanged, nullptr))
            done(ours->result);
    }

private:
    QString m_redirectUri;
};

void put(QMultiMap<QString, QVariant> *parameters, const QString &name, const QString &value)
{
    // Encoded by us and only once: the flow leaves "+" and the like as they are.
    parameters->replace(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

} // namespace

struct OAuthFlow::Parts
{
    Parts(HttpDoor &door, OAuthClient asClient, const QString &redirect)
        : client(std::move(asClient)), redirectUri(redirect), manager(door), handler(redirect)
    {
    }

    OAuthClient client;
    QString redirectUri;
    // The flow first to go, then the handler it points to, then the manager both use.
    DoorManager manager;
    ReplyHandler handler;
    QOAuth2AuthorizationCodeFlow flow;
};

OAuthFlow::OAuthFlow(HttpDoor &door, const OAuthClient &client, const QString &redirectUri, bool signInAnew,
                     QObject *parent)
    : QObject(parent), m_state(randomText<6>()), m_verifier(randomText<12>()),
      m_parts(std::make_unique<Parts>(door, client, redirectUri))
{
    QOAuth2AuthorizationCodeFlow &flow = m_parts->flow;
    flow.setNetworkAccessManager(&m_parts->manager);
    flow.setReplyHandler(&m_parts->handler);
    flow.setAuthorizationUrl(client.authorizeUrl);
    flow.setAccessTokenUrl(client.tokenUrl);
    flow.setClientIdentifier(client.clientId);
    flow.setScope(client.scopes.join(u' '));
    flow.setState(m_state);
    const QByteArray challenge =
        QCryptographicHash::hash(m_verifier.toLatin1(), QCryptographicHash::Sha256).toBase64(base64Url);
    flow.setModifyParametersFunction(
        [client, redirectUri, signInAnew, state = m_state,
         challenge](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) {
            if (stage != QAbstractOAuth::Stage::RequestingAuthorization)
                return;
            put(parameters, u"client_id"_s, client.clientId);
            put(parameters, u"redirect_uri"_s, redirectUri);
            put(parameters, u"scope"_s, client.scopes.join(u' '));
            put(parameters, u"state"_s, state);
            put(parameters, u"code_challenge"_s, QString::fromLatin1(challenge));
            put(parameters, u"code_challenge_method"_s, u"S256"_s);
            const bool anew = signInAnew && !client.promptValue.isEmpty();
            if (const QString prompt = anew ? client.promptValue : client.promptAlways; !prompt.isEmpty())
                put(parameters, u"prompt"_s, prompt);
            for (const auto &[name, value] : client.extraAuthorizeParameters)
                put(parameters, QString::fromUtf8(name), QString::fromUtf8(value));
        });
}

OAuthFlow::~OAuthFlow() = default;

QUrl OAuthFlow::authorizeUrl()
{
    QUrl address;
    const auto link = connect(&m_parts->flow, &QOAuth2AuthorizationCodeFlow::authorizeWithBrowser, this,
                              [&address](const QUrl &url) { address = url; });
    m_parts->flow.grant();
    disconnect(link);
    return address;
}

void OAuthFlow::exchange(const QString &code, Exchanged done)
{
    m_parts->manager.next = codeRequest(m_parts->client, code, m_verifier, m_parts->redirectUri);
    m_parts->handler.exchanged = std::move(done);
    // Our listener has compared the state already; the flow does so again.
    m_parts->handler.handOn({{u"code"_s, code}, {u"state"_s, m_state}});
}

void OAuthFlow::cancel()
{
    m_parts->handler.exchanged = nullptr;
    if (m_parts->manager.current)
        m_parts->manager.current->abort();
}

} // namespace wristkeep
