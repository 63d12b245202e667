// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/refreshjob.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "core/logging.h"
#include "core/redaction.h"
#include "core/tokenstore.h"
#include "net/tokenendpoint.h"

#include <QRandomGenerator>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace wristkeep {
namespace {

constexpr double refreshAheadSeconds = 300;
constexpr qint64 leaseSeconds = 60; ///< one try and its save; taken anew before every try
constexpr auto pollPause = 250ms;
constexpr auto longestWaitForOthers = 180s; ///< three tries and pauses of the holder, and its lease's end
constexpr int saveTries = 3;

Error refreshError(ErrorKind kind, QString detail)
{
    return failure(kind, std::move(detail)).value();
}

} // namespace

Result<std::optional<Token>> tokenAtHand(const std::optional<StoredAccount> &account,
                                         const OAuthClient &client, const QString &rejected,
                                         double nowSeconds)
{
    if (!account)
        return failure(ErrorKind::NotConnected);
    if (!account->opened)
        return failure(ErrorKind::KeyUnusable);
    if (!account->refusedReason.isEmpty())
        return failure(ErrorKind::TokenRefused, account->refusedReason);
    const Token &token = account->token;
    const QString host = tokenHostOf(client.tokenUrl);
    if (token.tokenHost != host) {
        return failure(ErrorKind::WrongAccount,
                       u"The stored permission was given by %1, but the settings now point to %2."_s.arg(
                           token.tokenHost, host));
    }
    if (token.accessToken != rejected && token.expiresAt > nowSeconds + refreshAheadSeconds)
        return token;
    if (token.refreshToken.isEmpty())
        return failure(ErrorKind::TokenRefused, u"The permission has run out and cannot be renewed."_s);
    return std::optional<Token>();
}

RefreshJob::RefreshJob(const TokenTools &tools, AccountKey key, OAuthClient client, QString rejected,
                       QObject *parent)
    : QObject(parent), m_tools(tools), m_key(std::move(key)), m_client(std::move(client)),
      m_rejected(std::move(rejected))
{
    m_policy.firstPause = 500ms;
    m_policy.longestPause = 2s;
}

RefreshJob::~RefreshJob()
{
    m_tools.door.cancel(m_ticket);
    // Asked for counts as held: the store may grant it after we are gone.
    if (m_leased || m_leaseAsked)
        m_tools.store.releaseRefreshLease(m_key, m_tools.owner, m_old.refreshToken, {}, this,
                                          [](const Result<bool> &) {});
}

void RefreshJob::start(std::function<void(Result<Token>)> onEnd)
{
    m_onEnd = std::move(onEnd);
    m_since.start();
    takeLease();
}

void RefreshJob::stopSoon()
{
    m_stopping = true;
    if (m_unsentOnly)
        end(failure(ErrorKind::Cancelled));
}

void RefreshJob::takeLease()
{
    WRISTKEEP_FAIL_POINT("net.refresh.before-lease");
    m_leaseAsked = true;
    const qint64 until = m_tools.clock.nowUtc() + leaseSeconds;
    m_tools.store.takeRefreshLease(m_key, m_tools.owner, until, this,
                                   [this](const Result<RefreshLease> &lease) {
                                       m_leaseAsked = false;
                                       if (!m_onEnd)
                                           return;
                                       if (lease)
                                           onLease(*lease);
                                       else
                                           end(failure(lease.error()));
                                   });
}

void RefreshJob::onLease(const RefreshLease &lease)
{
    m_leased = lease.granted;
    const auto atHand = tokenAtHand(lease.account, m_client, m_rejected, m_tools.clock.nowSeconds());
    // Whoever refreshed, disconnected or connected meanwhile wins: the row as it is now decides.
    if (!atHand)
        return release({}, failure(atHand.error()));
    if (*atHand)
        return release({}, **atHand);
    if (lease.granted) {
        WRISTKEEP_FAIL_POINT("net.refresh.leased");
        return ask(*lease.account);
    }
    if (m_polls == 0)
        qCInfo(lcNet) << "Another program is refreshing this permission; waiting for it";
    ++m_polls;
    if (m_polls * pollPause > longestWaitForOthers)
        return end(
            failure(ErrorKind::Busy, u"Another program has been refreshing this permission for too long."_s));
    after(pollPause, &RefreshJob::takeLease);
}

void RefreshJob::ask(const StoredAccount &account)
{
    m_old = account.token;
    m_tools.secrets->add(m_old.accessToken);
    m_tools.secrets->add(m_old.refreshToken);
    m_tools.secrets->add(m_client.clientSecret);
    m_unsentOnly = false;
    ++m_tries;
    qCInfo(lcNet).noquote() << "Refreshing the permission at" << m_old.tokenHost << "try" << m_tries;
    WRISTKEEP_FAIL_POINT("net.refresh.before-send");
    m_sentAt = m_tools.clock.nowSeconds();
    m_ticket = m_tools.door.send(
        refreshRequest(m_client, m_old.refreshToken), {}, this,
        [this](const Result<HttpResponse> &answer) {
            m_ticket = 0;
            onAnswer(answer);
        },
        tokenRequestTotalMs);
}

void RefreshJob::onAnswer(const Result<HttpResponse> &answer)
{
    WRISTKEEP_FAIL_POINT("net.refresh.answered");
    if (!answer) // offline is never taken for refused
        return onFailed(answer.error());
    if (answer->status == 409)
        return onConflict();
    if (answer->status != 200)
        return onFailed(tokenEndpointError(m_client, *answer));
    const Result<Token> token = readToken(*answer, m_sentAt, m_old.tokenHost);
    if (!token) {
        // A portal's page or a mangled body: the rotated pair is lost unless the grace period gives it again.
        return onFailed(
            refreshError(ErrorKind::ServiceFailing,
                         u"%1 answered with something that is not a token."_s.arg(m_old.tokenHost)));
    }
    m_tools.secrets->add(token->accessToken);
    m_tools.secrets->add(token->refreshToken);
    save(mergedWith(m_old, *token));
}

void RefreshJob::onConflict()
{
    if (m_conflicts++ > 0) {
        return release({}, failure(ErrorKind::ServiceFailing,
                                   u"%1 keeps reporting another refresh of the same permission."_s.arg(
                                       m_old.tokenHost)));
    }
    after(std::chrono::milliseconds(1000 + QRandomGenerator::global()->bounded(1000)),
          &RefreshJob::takeLease);
}

void RefreshJob::onFailed(const Error &error)
{
    if (error.kind == ErrorKind::TokenRefused) {
        Error refused = error;
        const QString reason = refusedReason();
        if (m_old.refreshExpiresAt) // this says more than "invalid_grant" does
            refused.detail = reason;
        return release(reason, failure(refused));
    }
    const auto pause = m_policy.pauseAfter(error, m_tries, std::chrono::milliseconds(m_since.elapsed()),
                                           QRandomGenerator::global()->generateDouble());
    // Taking the lease again prolongs it and shows whether the row is still ours to refresh.
    if (pause && !m_stopping)
        return after(*pause, &RefreshJob::takeLease);
    release({}, failure(error));
}

QString RefreshJob::refusedReason() const
{
    // A known end is what projects in Testing give (docs/PROVIDERS.md, "Google Health").
    if (m_old.refreshExpiresAt) {
        const bool over = *m_old.refreshExpiresAt <= m_tools.clock.nowSeconds();
        return (over ? u"It has reached its end: %1"_s : u"It was withdrawn, or has reached its end: %1"_s)
            .arg(u"as long as the project at the service is in Testing, a permission lasts seven days."_s);
    }
    return m_tries > 1 ? u"An earlier answer was lost on the way, and the old token no longer counts."_s
                       : u"The permission was withdrawn or has been used elsewhere."_s;
}

void RefreshJob::save(const Token &token)
{
    ++m_saves;
    m_tools.store.saveRefreshed(
        m_key, m_tools.owner, m_old.refreshToken, token, this, [this, token](const Result<bool> &saved) {
            if (saved)
                return onSaved(*saved, token);
            qCWarning(lcNet) << "The refreshed permission could not be saved, try" << m_saves;
            // Held in memory only, the new pair would die with the program: try while there is hope.
            if (m_saves < saveTries)
                QTimer::singleShot(1s, this, [this, token] { save(token); });
            else
                release({}, failure(saved.error()));
        });
}

void RefreshJob::onSaved(bool saved, const Token &token)
{
    WRISTKEEP_FAIL_POINT("net.refresh.saved");
    m_leased = false; // given back by the save, or no longer ours
    if (saved)
        return end(token);
    readAgain(refreshError(ErrorKind::NotConnected, {}));
}

void RefreshJob::release(const QString &refusedReason, Result<Token> result)
{
    if (!m_leased)
        return end(std::move(result));
    m_tools.store.releaseRefreshLease(
        m_key, m_tools.owner, m_old.refreshToken, refusedReason, this,
        [this, refused = !refusedReason.isEmpty(), result = std::move(result)](const Result<bool> &done) {
            WRISTKEEP_FAIL_POINT("net.refresh.released");
            m_leased = false;
            if (!done)
                qCWarning(lcNet) << "The lease could not be given back; it ends by itself";
            // Refused, but the row holds another token by now: somebody connected anew meanwhile.
            if (refused && done && !*done)
                return readAgain(result.error());
            end(result);
        });
}

void RefreshJob::readAgain(const Error &otherwise)
{
    m_tools.store.load(m_key, this, [this, otherwise](const Result<std::optional<StoredAccount>> &account) {
        if (!account)
            return end(failure(account.error()));
        const auto atHand = tokenAtHand(*account, m_client, m_rejected, m_tools.clock.nowSeconds());
        if (!atHand)
            return end(failure(atHand.error()));
        if (*atHand)
            return end(**atHand);
        end(failure(otherwise));
    });
}

void RefreshJob::end(Result<Token> result)
{
    if (auto onEnd = std::exchange(m_onEnd, nullptr))
        onEnd(std::move(result));
}

void RefreshJob::after(std::chrono::milliseconds pause, void (RefreshJob::*step)())
{
    QTimer::singleShot(pause, this, [this, step] {
        if (m_onEnd)
            (this->*step)();
    });
}

} // namespace wristkeep
