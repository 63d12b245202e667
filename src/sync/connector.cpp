// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/connector.h"

#include "core/errortexts.h"
#include "core/failpoint.h"
#include "core/settings.h"
#include "core/tokenstore.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "sync/storethread.h"
#include "sync/verdict.h"
#include "sync/zonereader.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

Connector::Connector(const RunServices &services, std::shared_ptr<SecretRegister> secrets, bool demo,
                     ConnectRequest request, QObject *parent)
    : QObject(parent), m_services(services), m_secrets(std::move(secrets)), m_demo(demo),
      m_request(std::move(request))
{
    m_report.account = m_request.account;
}

Connector::~Connector() = default;

void Connector::start()
{
    m_services.store.run<AccountFacts>(
        this, [key = m_request.account](Store &store) { return readAccountFacts(store, key); },
        [this](const Result<AccountFacts> &facts) { onFacts(facts); });
}

void Connector::onFacts(const Result<AccountFacts> &facts)
{
    if (m_ended)
        return;
    if (!facts) {
        fail(facts.error());
        return;
    }
    m_request.account = facts->key;
    m_report.account = facts->key;
    const Result<const Provider *> provider = findProvider(facts->key.provider);
    if (!provider) {
        fail(provider.error());
        return;
    }
    if (const Outcome configured = m_services.settings.checkCredentials(facts->key.provider); !configured) {
        fail(configured.error());
        return;
    }
    m_session.key = facts->key;
    m_session.provider = *provider;
    m_session.client = (*provider)->oauthClient(m_services.settings);
    m_session.zone = zoneOf(*facts);

    SignInRequest request;
    request.key = m_session.key;
    request.client = m_session.client;
    request.timeout = m_request.timeout;
    request.severalParticipants = facts->severalParticipants;
    request.demo = m_demo;
    m_signIn = std::make_unique<SignIn>(m_services.tokenStore, m_services.door, m_services.clock, m_secrets);
    connect(m_signIn.get(), &SignIn::authorizeUrlReady, this, &Connector::authorizeUrlReady);
    connect(m_signIn.get(), &SignIn::finished, this, &Connector::onSignedIn);
    m_signIn->start(request);
}

void Connector::cancel()
{
    if (m_ended)
        return;
    if (m_question)
        answerWrongAccount(false);
    else if (m_report.connected)
        onProfile(failure(ErrorKind::Cancelled)); // the token is kept already: only the zone is left out
    else if (m_signIn)
        m_signIn->cancel();
    else
        fail(errorOf(ErrorKind::Cancelled));
}

bool Connector::takePastedAddress(const QString &address)
{
    return m_signIn && !m_question && !m_report.connected && m_signIn->takePastedAddress(address);
}

void Connector::onSignedIn(const SignInOutcome &outcome)
{
    if (outcome.kind == SignInOutcome::Kind::Connected) {
        onConnected(outcome.token);
        return;
    }
    if (outcome.kind != SignInOutcome::Kind::WrongAccount) {
        fail(outcome.error);
        return;
    }
    m_question = outcome;
    WrongAccountQuestion question{
        m_request.account, outcome.token.userId, outcome.expectedUserId, outcome.otherParticipant, {}, {}};
    if (outcome.byLegacyId) {
        const QString &earlier = m_session.client.legacyProvider;
        const Result<const Provider *> provider = findProvider(earlier);
        question.earlierService = provider ? (*provider)->title() : earlier;
        question.earlierUserId = outcome.token.legacyUserId;
    }
    Q_EMIT wrongAccount(question);
}

void Connector::answerWrongAccount(bool keepNew)
{
    if (!m_question || m_ended)
        return;
    const SignInOutcome outcome = *std::exchange(m_question, std::nullopt);
    if (!keepNew) {
        // The new grant is dropped, not revoked: revoking would end the other participant's too.
        fail(outcome.error);
        return;
    }
    m_services.tokenStore.saveConnected(m_session.key, outcome.token, this,
                                        [this, token = outcome.token](const Result<bool> &saved) {
                                            if (m_ended)
                                                return;
                                            if (saved)
                                                onConnected(token);
                                            else
                                                fail(saved.error());
                                        });
}

void Connector::onConnected(const Token &token)
{
    WRISTKEEP_FAIL_POINT("sync.connected");
    m_session.token = token;
    m_report.connected = true;
    m_report.userId = token.userId;
    m_report.granted = token.scopes;
    m_report.refreshEndsAt = token.refreshExpiresAt;
    for (const QString &scope : std::as_const(m_session.client.scopes)) {
        if (!token.scopes.contains(scope))
            m_report.missing << scope;
    }
    m_zoneReader = std::make_unique<ZoneReader>(m_services, m_session, nullptr);
    m_zoneReader->read([this](const Result<AccountProfile> &profile) { onProfile(profile); });
}

void Connector::onProfile(const Result<AccountProfile> &profile)
{
    if (m_ended)
        return;
    if (!profile)
        m_report.warning =
            u"The account's time zone could not be read; this computer's (%1) is used. %2"_s.arg(
                m_session.zone.id(), errorText(profile.error(), m_session.provider->title()).sentence);
    m_ended = true;
    Q_EMIT finished(m_report);
}

void Connector::fail(const Error &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_report.connected = false;
    m_report.error = error;
    Q_EMIT finished(m_report);
}

} // namespace wristkeep
