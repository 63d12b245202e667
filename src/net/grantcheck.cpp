// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/grantcheck.h"

#include "core/errortexts.h"
#include "core/logging.h"
#include "core/tokenstore.h"
#include "net/tokenendpoint.h"

#include <QDateTime>

#include <chrono>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

using namespace std::chrono_literals;

/// The permission was given a moment ago and its code is used up: a passing failure must not cost the whole
/// sign-in.
constexpr int identityTries = 3;
constexpr std::chrono::milliseconds firstPause = 1s;

bool isKnown(const QString &userId)
{
    return !userId.isEmpty() && userId != "unknown"_L1;
}

} // namespace

Error whileSigningIn(Error error)
{
    if (error.kind != ErrorKind::RateLimited)
        return error;
    error.nextStep = u"Wait a few minutes, then connect again"_s;
    if (error.retryAtUtc) {
        // Not before the minute that is named.
        const QDateTime then = QDateTime::fromSecsSinceEpoch((*error.retryAtUtc + 59) / 60 * 60);
        error.nextStep = u"Wait until %1, then connect again"_s.arg(then.toString(u"HH:mm"_s));
    }
    return error;
}

GrantCheck::GrantCheck(TokenStore &store, HttpDoor &door, AccountKey key, OAuthClient client, QObject *parent)
    : QObject(parent), m_store(store), m_door(door), m_key(std::move(key)), m_client(std::move(client))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &GrantCheck::askIdentity);
}

GrantCheck::~GrantCheck()
{
    stop();
}

void GrantCheck::stop()
{
    m_onEnd = nullptr;
    m_again.stop();
    m_door.cancel(std::exchange(m_ticket, 0));
}

void GrantCheck::start(const Token &token, std::function<void(const Result<GrantVerdict> &)> onEnd)
{
    m_verdict.token = token;
    m_tries = 0;
    m_onEnd = std::move(onEnd);
    if (m_client.identityRequest && m_client.readIdentity)
        return askIdentity();
    m_store.load(m_key, this, [this](const auto &before) { onStored(before); });
}

void GrantCheck::askIdentity()
{
    qCInfo(lcNet).noquote() << "Asking" << m_client.providerTitle << "which account this is";
    m_ticket = m_door.send(
        *m_client.identityRequest, m_verdict.token.accessToken, this,
        [this](const Result<HttpResponse> &answer) {
            m_ticket = 0;
            onIdentity(answer);
        },
        tokenRequestTotalMs);
}

bool GrantCheck::askAgain(const Error &error)
{
    if (!isTransient(error.kind) || ++m_tries >= identityTries)
        return false;
    qCInfo(lcNet).noquote() << "Asking once more:" << errorLine(error, m_client.providerTitle);
    m_again.start(firstPause * (1 << (m_tries - 1)));
    return true;
}

void GrantCheck::onIdentity(const Result<HttpResponse> &answer)
{
    if (!answer) {
        if (!askAgain(answer.error()))
            fail(answer.error());
        return;
    }
    const Result<RemoteIdentity> identity = m_client.readIdentity(*answer);
    if (!identity) {
        Error error = identity.error();
        if (askAgain(error))
            return;
        if (error.kind == ErrorKind::TokenRefused) // a moment old: "Reconnect" would be no help
            error.kind = ErrorKind::RequestRefused;
        return fail(error);
    }
    if (identity->userId.isEmpty())
        return fail(failure(ErrorKind::NotUnderstood,
                            u"%1 did not say which account this is."_s.arg(m_client.providerTitle))
                        .value());
    m_verdict.token.userId = identity->userId;
    m_verdict.token.legacyUserId = identity->legacyUserId;
    m_store.load(m_key, this, [this](const auto &before) { onStored(before); });
}

void GrantCheck::onStored(const Result<std::optional<StoredAccount>> &before)
{
    if (!before)
        return end(failure(before.error()));
    Token &token = m_verdict.token;
    const Token old = *before ? (*before)->token : Token();
    m_known = isKnown(old.userId) && old.userId == token.userId;
    if (isKnown(old.userId) && isKnown(token.userId) && !m_known)
        m_verdict.expectedUserId = old.userId;
    if (token.refreshToken.isEmpty()) {
        // Some services send it with the first consent only: the one of that consent still counts then.
        if (!m_known || !(*before)->usable() || old.tokenHost != token.tokenHost ||
            old.refreshToken.isEmpty()) {
            Error error = failure(ErrorKind::ScopeMissing,
                                  u"%1 gave no lasting permission, only one for the next hour or so"_s.arg(
                                      m_client.providerTitle))
                              .value();
            error.nextStep = u"Withdraw the permission at the service (%1), then connect again"_s.arg(
                m_client.manualRevokePage);
            return end(failure(error));
        }
        token = mergedWith(old, token);
    }
    lookForOthers();
}

void GrantCheck::lookForOthers()
{
    const QString user = m_verdict.token.userId;
    if (!isKnown(user))
        return end(m_verdict);
    m_store.participantsOf(m_key.provider, user, this, [this](const Result<QStringList> &participants) {
        if (!participants)
            return end(failure(participants.error()));
        m_verdict.otherParticipant = otherOf(*participants);
        // Connected as this user before: whatever there was to ask about the earlier service has been asked.
        if (!m_verdict.isExpected() || m_known || m_client.legacyProvider.isEmpty() ||
            m_verdict.token.legacyUserId.isEmpty())
            return end(m_verdict);
        lookAtEarlierService();
    });
}

void GrantCheck::lookAtEarlierService()
{
    m_store.load({m_key.participant, m_client.legacyProvider}, this,
                 [this](const Result<std::optional<StoredAccount>> &earlier) {
                     if (!earlier)
                         return end(failure(earlier.error()));
                     const QString user = *earlier ? (*earlier)->token.userId : QString();
                     if (user == m_verdict.token.legacyUserId)
                         return end(m_verdict);
                     m_verdict.byLegacyId = isKnown(user);
                     m_verdict.expectedUserId = isKnown(user) ? user : QString();
                     lookForOthersAtEarlierService();
                 });
}

void GrantCheck::lookForOthersAtEarlierService()
{
    m_store.participantsOf(m_client.legacyProvider, m_verdict.token.legacyUserId, this,
                           [this](const Result<QStringList> &participants) {
                               if (!participants)
                                   return end(failure(participants.error()));
                               m_verdict.otherParticipant = otherOf(*participants);
                               m_verdict.byLegacyId = !m_verdict.isExpected();
                               end(m_verdict);
                           });
}

QString GrantCheck::otherOf(const QStringList &participants) const
{
    QString other;
    for (const QString &participant : participants) {
        if (!sameParticipant(participant, m_key.participant))
            other = participant;
    }
    return other;
}

void GrantCheck::fail(Error error)
{
    error = whileSigningIn(std::move(error));
    // Revoking it would end every permission of this account for this client: also the one kept from an
    // earlier sign-in, and another participant's.
    QString next = errorText(error, m_client.providerTitle).nextStep;
    if (!next.isEmpty())
        next += u' ';
    error.nextStep =
        next + u"Nothing was saved here. The permission just given stays at the service until you connect "
               "again or withdraw it (%1)"_s.arg(m_client.manualRevokePage);
    end(failure(error));
}

void GrantCheck::end(const Result<GrantVerdict> &verdict)
{
    if (auto onEnd = std::exchange(m_onEnd, nullptr))
        onEnd(verdict);
}

} // namespace wristkeep
