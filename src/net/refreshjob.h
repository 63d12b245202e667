// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One refresh of one account (docs/ARCHITECTURE.md, "Tokens"): take the lease, read again, ask, save, and
// only then hand out. It ends exactly once, and never leaves a rotated token unsaved that it has received.

#include "core/oauthclient.h"
#include "core/result.h"
#include "core/token.h"
#include "net/httpdoor.h"
#include "net/retrypolicy.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

class Clock;
class SecretRegister;
class TokenStore;

/// What the token rooms share.
struct TokenTools
{
    TokenStore &store;
    HttpDoor &door;
    const Clock &clock;
    std::shared_ptr<SecretRegister> secrets;
    QString owner; ///< names this process and manager in the lease
};

/// The account's token if it works as it is; nothing when it must be refreshed first; an error when neither.
/// `rejected` is an access token the service refused although it looked fresh.
Result<std::optional<Token>> tokenAtHand(const std::optional<StoredAccount> &account,
                                         const OAuthClient &client, const QString &rejected,
                                         double nowSeconds);

class RefreshJob final : public QObject
{
    Q_OBJECT
public:
    RefreshJob(const TokenTools &tools, AccountKey key, OAuthClient client, QString rejected,
               QObject *parent);
    ~RefreshJob() override; ///< gives the lease back; a request under way is dropped

    void start(std::function<void(Result<Token>)> onEnd);

    /// Ends as Cancelled unless the request is out: its answer is still awaited and saved, because dropping
    /// it would spend the refresh token for nothing. It is not sent once more.
    void stopSoon();

private:
    void takeLease();
    void onLease(const RefreshLease &lease);
    void ask(const StoredAccount &account);
    void onAnswer(const Result<HttpResponse> &answer);
    void onConflict();
    void onFailed(const Error &error);
    [[nodiscard]] QString refusedReason() const;
    void save(const Token &token);
    void onSaved(bool saved, const Token &token);
    void release(const QString &refusedReason, Result<Token> result);
    void readAgain(const Error &otherwise);
    void end(Result<Token> result);
    void after(std::chrono::milliseconds pause, void (RefreshJob::*step)());

    TokenTools m_tools;
    AccountKey m_key;
    OAuthClient m_client;
    QString m_rejected;
    std::function<void(Result<Token>)> m_onEnd;
    RetryPolicy m_policy;
    QElapsedTimer m_since;
    Token m_old;
    HttpDoor::Ticket m_ticket = 0;
    double m_sentAt = 0;
    int m_polls = 0;
    int m_tries = 0;
    int m_conflicts = 0;
    int m_saves = 0;
    bool m_leased = false;
    bool m_leaseAsked = false;
    bool m_unsentOnly = true;
    bool m_stopping = false;
};

} // namespace wristkeep
