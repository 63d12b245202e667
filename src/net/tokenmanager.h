// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Gives a token that works: refreshed ahead of its end, one refresh at a time across threads and processes,
// the new pair durable before it is used (docs/ARCHITECTURE.md, "Tokens"; RFC 6749 section 6).

#include "core/oauthclient.h"
#include "core/result.h"
#include "core/token.h"

#include <QObject>

#include <memory>

namespace wristkeep {

class Clock;
class HttpDoor;
class SecretRegister;
class TokenStore;

class TokenManager : public QObject
{
    Q_OBJECT
public:
    TokenManager(TokenStore &store, HttpDoor &door, const Clock &clock,
                 std::shared_ptr<SecretRegister> secrets, QString owner, QObject *parent = nullptr);
    ~TokenManager() override;

    /// A token with at least five minutes to live. Errors: NotConnected, KeyUnusable, TokenRefused,
    /// ClientRefused, ServiceGone, Network, TimedOut, ServiceFailing, RateLimited, WrongAccount (the row's
    /// token_host is not this client's host), Cancelled.
    void validToken(const AccountKey &key, const OAuthClient &client, QObject *context, Callback<Token> done);

    /// After the API refused `rejectedAccessToken`: the newer stored one, or one refresh.
    void replaceToken(const AccountKey &key, const OAuthClient &client, const QString &rejectedAccessToken,
                      QObject *context, Callback<Token> done);

    /// Revokes the whole grant at the provider (RFC 7009). An already dead grant counts as done.
    /// Errors: Network, TimedOut, ServiceFailing, ServiceGone, ClientRefused, RequestRefused, WrongAccount.
    void revoke(const Token &token, const OAuthClient &client, QObject *context, Callback<bool> done);

    /// Everybody waiting hears Cancelled at once. A refresh already sent goes on quietly until its new pair
    /// is saved: dropping the answer would spend the refresh token.
    void cancelAll();

    /// A refresh is under way, though nobody may wait for it any more.
    [[nodiscard]] bool isRefreshing() const;

Q_SIGNALS:
    /// The last refresh under way has ended.
    void rested();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
