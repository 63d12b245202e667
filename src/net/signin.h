// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One attempt to connect an account: authorization code with PKCE on a loopback redirect
// (RFC 6749 4.1, RFC 7636, RFC 8252). Ends exactly once, with one outcome.

#include "core/oauthclient.h"
#include "core/result.h"
#include "core/token.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace wristkeep {

class Clock;
class HttpDoor;
class SecretRegister;
class TokenStore;

struct SignInRequest
{
    AccountKey key;
    OAuthClient client;
    std::chrono::seconds timeout{300};
    bool severalParticipants = false; ///< asks the provider to sign in anew (prompt)
    bool demo = false;                ///< the pages say "Demo"
};

struct SignInOutcome
{
    enum class Kind : std::uint8_t {
        Connected, ///< token saved
        Denied,
        TimedOut,
        Cancelled,
        PortBusy, ///< error names port and setting
        Refused,  ///< by the provider: its words, blotted; ServiceGone and ClientRefused too
        NetworkError,
        WrongAccount, ///< nothing saved: ask, then TokenStore::saveConnected(token) or drop it
        StorageError  ///< the token could not be kept
    };
    Kind kind = Kind::Cancelled;
    Token token;              ///< for Connected and WrongAccount
    Error error;              ///< for everything but Connected
    QString otherParticipant; ///< WrongAccount: who is already connected as this account
    QString expectedUserId;   ///< WrongAccount: whom this participant was connected as
    bool byLegacyId = false;  ///< WrongAccount: those two by token.legacyUserId, at the earlier service
};

class SignIn : public QObject
{
    Q_OBJECT
public:
    SignIn(TokenStore &store, HttpDoor &door, const Clock &clock, std::shared_ptr<SecretRegister> secrets,
           QObject *parent = nullptr);
    ~SignIn() override; ///< an attempt under way ends without finished()

    /// Begins from the event loop; every outcome comes by finished(). While an attempt is under way a second
    /// start() is ignored, so that the first link stays good; after finished() it begins afresh.
    void start(const SignInRequest &request);
    /// Ends the attempt at once as Cancelled, also during the exchange; while the token is just being saved,
    /// the outcome of that counts.
    void cancel();
    /// The final address of the browser, pasted by hand (for another computer's browser).
    /// False when it is not a callback of this attempt; the attempt goes on.
    bool takePastedAddress(const QString &address);

Q_SIGNALS:
    /// Listening: open `url`; `redirectUri` is shown for comparison.
    void authorizeUrlReady(const QUrl &url, const QString &redirectUri);
    /// Always from the event loop: this object may be deleted by whoever hears it.
    void finished(const wristkeep::SignInOutcome &outcome);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::SignInOutcome)
