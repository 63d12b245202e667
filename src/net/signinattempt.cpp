// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/signinattempt.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "core/logging.h"
#include "core/redaction.h"
#include "core/tokenstore.h"
#include "net/grantcheck.h"
#include "net/httpdoor.h"
#include "net/tokenendpoint.h"

#include <QPointer>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace wristkeep {
namespace {

constexpr auto longestHold = 30s;
constexpr auto longestFarewell = 2s; ///< for the last page to leave

Error attemptError(ErrorKind kind, const QString &detail = {})
{
    return failure(kind, detail).value();
}

/// Takes the same time wherever the difference is.
bool sameSecret(const QString &a, const QString &b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i].unicode() ^ b[i].unicode();
    return difference == 0;
}

SignInOutcome::Kind kindFor(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::TimedOut:
    case ErrorKind::ServiceFailing:
    case ErrorKind::RateLimited:
        return SignInOutcome::Kind::NetworkError;
    case ErrorKind::Cancelled:
        return SignInOutcome::Kind::Cancelled;
    case ErrorKind::Storage:
    case ErrorKind::DatabaseTooNew:
    case ErrorKind::KeyUnusable:
        return SignInOutcome::Kind::StorageError;
    default:
        return SignInOutcome::Kind::Refused;
    }
}

} // namespace

SignInAttempt::SignInAttempt(TokenStore &store, HttpDoor &door, const Clock &clock,
                             std::shared_ptr<SecretRegister> secrets, SignInRequest request, QObject *parent)
    : QObject(parent), m_store(store), m_door(door), m_clock(clock), m_secrets(std::move(secrets)),
      m_request(std::move(request))
{
    m_words.provider = m_request.client.providerTitle;
    m_words.redirectSetting = m_request.client.redirectSetting;
    m_words.redirectUri = m_request.client.redirectUri;
    m_words.demo = m_request.demo;
    m_deadline.setSingleShot(true);
    m_hold.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SignInAttempt::timeOut);
    connect(&m_hold, &QTimer::timeout, this, [this] {
        m_listener.answerHeld(BrowserPage::notice(
            m_words, 200, u"Still working"_s,
            u"Wristkeep is still finishing this sign-in. Go back to it to see how it ends."_s));
    });
    connect(&m_listener, &LoopbackListener::drained, this, &SignInAttempt::leave);
}

SignInAttempt::~SignInAttempt()
{
    if (!m_ended)
        m_listener.answerHeld(BrowserPage::failed(m_words, attemptError(ErrorKind::Cancelled)));
}

Outcome SignInAttempt::listen()
{
    const OAuthClient &client = m_request.client;
    const Result<RedirectAddress> redirect =
        RedirectAddress::parse(client.redirectUri, client.redirectSetting);
    if (!redirect)
        return failure(redirect.error());
    if (client.clientId.isEmpty() || !client.authorizeUrl.isValid() || !client.tokenUrl.isValid()) {
        return failure(ErrorKind::BadConfiguration,
                       u"The client id or an address of %1 is missing."_s.arg(client.providerTitle));
    }
    return m_listener.listen(*redirect, client.redirectSetting, m_words,
                             [this](const CallbackRequest &callback) { return judge(callback); });
}

void SignInAttempt::begin()
{
    if (m_ended)
        return;
    if (const Outcome listening = listen(); !listening) {
        const bool busy = listening.error().kind == ErrorKind::PortBusy;
        return end(busy ? SignInOutcome::Kind::PortBusy : SignInOutcome::Kind::Refused, listening.error());
    }
    const OAuthClient &client = m_request.client;
    m_words.redirectUri = m_listener.address().uri;
    const bool anew = m_request.severalParticipants && client.askPromptWhenSeveral;
    m_flow = std::make_unique<OAuthFlow>(m_door, client, m_words.redirectUri, anew);
    m_secrets->add(m_flow->state());
    m_secrets->add(m_flow->verifier());
    m_secrets->add(client.clientSecret);
    m_deadline.start(m_request.timeout);
    const QUrl url = m_flow->authorizeUrl();
    if (url.isEmpty())
        return end(SignInOutcome::Kind::Refused,
                   attemptError(ErrorKind::Internal, u"The sign-in address could not be built."_s));
    Q_EMIT authorizeUrlReady(url, m_words.redirectUri);
}

std::optional<BrowserPage> SignInAttempt::judge(const CallbackRequest &callback)
{
    if (m_accepted || m_ended) {
        return BrowserPage::notice(m_words, 409, u"Already used"_s,
                                   u"This sign-in has been answered already. Go back to Wristkeep."_s);
    }
    const std::optional<QString> state = callback.parameter("state");
    const bool answers =
        callback.parameter("error").has_value() || !callback.parameter("code").value_or(QString()).isEmpty();
    // Also an error counts only with our state: anybody can send one.
    if (!state || !sameSecret(*state, m_flow->state()) || !answers) {
        return BrowserPage::notice(m_words, 400, u"Not this sign-in"_s,
                                   u"This answer does not belong to the sign-in Wristkeep is waiting for. It "
                                   u"may come from an earlier "
                                   "attempt: go back to Wristkeep and open its newest link."_s);
    }
    accept(callback);
    return std::nullopt;
}

void SignInAttempt::accept(const CallbackRequest &callback)
{
    m_accepted = true;
    m_hold.start(longestHold);
    WRISTKEEP_FAIL_POINT("net.signin.code-received");
    if (const std::optional<QString> error = callback.parameter("error"))
        return onRefused(*error, callback.sentence("error_description"));
    const QString code = *callback.parameter("code");
    m_secrets->add(code);
    qCInfo(lcNet).noquote() << "The browser came back; asking" << m_request.client.providerTitle
                            << "for the tokens";
    m_sentAt = m_clock.nowSeconds();
    m_flow->exchange(code, [this](const Result<HttpResponse> &answer) { onExchanged(answer); });
}

void SignInAttempt::onRefused(const QString &code, const QString &description)
{
    Error error;
    error.code = blotProviderText(m_secrets->blot(code.left(100)));
    if (code == "access_denied"_L1) {
        error.kind = ErrorKind::ConsentDenied;
        return end(SignInOutcome::Kind::Denied, error);
    }
    const bool ours = code == "invalid_client"_L1 || code == "unauthorized_client"_L1;
    error.kind = ours ? ErrorKind::ClientRefused : ErrorKind::RequestRefused;
    const QString words = description.isEmpty() ? code : description;
    error.detail = u"%1 says: %2"_s.arg(m_request.client.providerTitle,
                                        blotProviderText(m_secrets->blot(words.left(300))));
    end(SignInOutcome::Kind::Refused, error);
}

void SignInAttempt::onExchanged(const Result<HttpResponse> &answer)
{
    if (m_ended)
        return;
    WRISTKEEP_FAIL_POINT("net.signin.exchanged");
    if (!answer)
        return end(kindFor(answer.error()), answer.error());
    if (answer->status != 200) {
        Error error = tokenEndpointError(m_request.client, *answer);
        if (error.kind ==
            ErrorKind::TokenRefused) // here it is the code that was refused: nothing to reconnect
            error.kind = ErrorKind::RequestRefused;
        return end(kindFor(error), whileSigningIn(error));
    }
    Result<Token> token = readToken(*answer, m_sentAt, tokenHostOf(m_request.client.tokenUrl));
    if (!token)
        return end(SignInOutcome::Kind::Refused, token.error());
    m_secrets->add(token->accessToken);
    m_secrets->add(token->refreshToken);
    if (token->userId.isEmpty())
        token->userId = u"unknown"_s;
    if (token->scopes.isEmpty()) { // RFC 6749, 5.1: left out means as asked for
        token->scopes = m_request.client.scopes;
        token->scopes.sort();
        token->scopes.removeDuplicates();
    }
    checkGrant(*token);
}

void SignInAttempt::checkGrant(const Token &token)
{
    m_check = new GrantCheck(m_store, m_door, m_request.key, m_request.client, this);
    m_check->start(token, [this](const Result<GrantVerdict> &verdict) {
        WRISTKEEP_FAIL_POINT("net.signin.checked");
        if (!verdict)
            return end(kindFor(verdict.error()), verdict.error());
        if (verdict->isExpected())
            return save(verdict->token);
        SignInOutcome outcome;
        outcome.kind = SignInOutcome::Kind::WrongAccount;
        outcome.token = verdict->token;
        outcome.error = attemptError(ErrorKind::WrongAccount);
        outcome.expectedUserId = verdict->expectedUserId;
        outcome.otherParticipant = verdict->otherParticipant;
        outcome.byLegacyId = verdict->byLegacyId;
        end(outcome, BrowserPage::notice(
                         m_words, 200, u"Is this the right account?"_s,
                         u"You signed in to %1 with another account than Wristkeep expected. Nothing has "
                         "been changed: go back to Wristkeep and decide there."_s.arg(m_words.provider)));
    });
}

void SignInAttempt::save(const Token &token)
{
    m_saving = true;
    m_store.saveConnected(m_request.key, token, this, [this, token](const Result<bool> &saved) {
        WRISTKEEP_FAIL_POINT("net.signin.saved");
        m_saving = false;
        if (!saved)
            return end(SignInOutcome::Kind::StorageError, saved.error());
        if (!*saved)
            return end(SignInOutcome::Kind::StorageError,
                       attemptError(ErrorKind::Storage, u"The permission could not be kept."_s));
        qCInfo(lcNet).noquote() << "Connected to" << m_request.client.providerTitle;
        SignInOutcome outcome;
        outcome.kind = SignInOutcome::Kind::Connected;
        outcome.token = token;
        end(outcome, BrowserPage::success(m_words));
    });
}

void SignInAttempt::cancel()
{
    if (!m_saving) // what is being saved counts: a moment later the answer is "connected"
        end(SignInOutcome::Kind::Cancelled, attemptError(ErrorKind::Cancelled));
}

void SignInAttempt::timeOut()
{
    if (!m_saving)
        end(SignInOutcome::Kind::TimedOut, attemptError(ErrorKind::ConsentTimedOut));
}

bool SignInAttempt::takePastedAddress(const QString &address)
{
    if (m_ended || m_accepted || !m_flow)
        return false;
    const QUrl url(address.trimmed());
    const RedirectAddress &redirect = m_listener.address();
    const QByteArray host = (url.host().contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s)
                                .arg(url.host(), QString::number(url.port(80)))
                                .toLatin1();
    CallbackRequest callback;
    callback.path = url.path(QUrl::FullyEncoded).toLatin1();
    callback.query = url.query(QUrl::FullyEncoded).toLatin1();
    if (url.scheme() != "http"_L1 || !redirect.isHost(host) || callback.path != redirect.path)
        return false;
    return !judge(callback).has_value();
}

void SignInAttempt::leave()
{
    // Being deleted before the outcome was told would lose it: a deferred delete may overtake a queued call.
    m_emptied = m_ended;
    if (m_emptied && m_told)
        Q_EMIT drained();
}

void SignInAttempt::end(SignInOutcome::Kind kind, const Error &error, const Token &token)
{
    SignInOutcome outcome;
    outcome.kind = kind;
    outcome.error = error;
    outcome.token = token;
    end(outcome, BrowserPage::failed(m_words, error));
}

void SignInAttempt::end(const SignInOutcome &outcome, const BrowserPage &page)
{
    if (m_ended)
        return;
    m_ended = true;
    // From the event loop, and queued before anything else: whoever hears it may delete us, and nothing of
    // ours or of Qt's flow is on the stack then.
    QMetaObject::invokeMethod(
        this,
        [this, outcome] {
            m_told = true;
            const QPointer<SignInAttempt> alive(this);
            Q_EMIT ended(outcome);
            if (alive && m_emptied)
                Q_EMIT drained();
        },
        Qt::QueuedConnection);
    m_deadline.stop();
    m_hold.stop();
    m_listener.answerHeld(page);
    m_listener.stop();
    QTimer::singleShot(longestFarewell, this, &SignInAttempt::leave);
    // The flow may be on the stack: its request ends now, itself later.
    if (m_flow) {
        m_flow->cancel();
        m_flow->setParent(this);
        m_flow.release()->deleteLater();
    }
    // Likewise the check, which may be the one to tell: an identity request under way ends with it.
    if (m_check)
        m_check->stop();
}

} // namespace wristkeep
