// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Between a good token answer and its being saved: whose grant is it, will it last, and is that the account
// this participant is expected to have? It saves nothing, and never revokes (docs/adr/0002-oauth-flow.md).

#include "core/oauthclient.h"
#include "core/result.h"
#include "core/token.h"
#include "net/httpdoor.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace wristkeep {

class TokenStore;

struct GrantVerdict
{
    Token token;              ///< with the user's ids, and the refresh token kept so far where none came
    QString expectedUserId;   ///< whom this participant is connected as, where that is somebody else
    QString otherParticipant; ///< who is connected as this user already
    bool byLegacyId = false;  ///< both of them by the id at the earlier service

    [[nodiscard]] bool isExpected() const { return expectedUserId.isEmpty() && otherParticipant.isEmpty(); }
};

/// An error as somebody reads it who signs in: of no use to them is what it says about syncing again.
[[nodiscard]] Error whileSigningIn(Error error);

class GrantCheck final : public QObject
{
    Q_OBJECT
public:
    GrantCheck(TokenStore &store, HttpDoor &door, AccountKey key, OAuthClient client, QObject *parent);
    ~GrantCheck() override; ///< as stop()

    /// Errors: as the client's readIdentity() or the store gives them, ScopeMissing for a grant that ends
    /// with its access token. Where the grant stays behind at the service, the next step says so.
    void start(const Token &token, std::function<void(const Result<GrantVerdict> &)> onEnd);
    /// Drops a request under way; `onEnd` is not called any more.
    void stop();

private:
    void askIdentity();
    [[nodiscard]] bool askAgain(const Error &error);
    void onIdentity(const Result<HttpResponse> &answer);
    void onStored(const Result<std::optional<StoredAccount>> &before);
    void lookForOthers();
    void lookAtEarlierService();
    void lookForOthersAtEarlierService();
    [[nodiscard]] QString otherOf(const QStringList &participants) const;
    void fail(Error error);
    void end(const Result<GrantVerdict> &verdict);

    TokenStore &m_store;
    HttpDoor &m_door;
    AccountKey m_key;
    OAuthClient m_client;
    GrantVerdict m_verdict;
    std::function<void(const Result<GrantVerdict> &)> m_onEnd;
    HttpDoor::Ticket m_ticket = 0;
    QTimer m_again; ///< until the identity is asked once more
    int m_tries = 0;
    bool m_known = false; ///< this participant has been connected as this very user
};

} // namespace wristkeep
