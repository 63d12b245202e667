// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Qt's authorization code flow, completed: PKCE (RFC 7636), a state worth the name, the code decoded once,
// Basic authentication, and an end for every failure. Everything that depends on the version of Qt Network
// Authorization is in this pair of files (docs/adr/0002-oauth-flow.md).

#include "core/oauthclient.h"
#include "core/result.h"

#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

class HttpDoor;

class OAuthFlow final : public QObject
{
    Q_OBJECT
public:
    /// The token endpoint's answer, whatever its status, or why there is none. Called once, after exchange().
    using Exchanged = std::function<void(const Result<HttpResponse> &)>;

    /// One object is one attempt: verifier, challenge and state are drawn here and never used again.
    OAuthFlow(HttpDoor &door, const OAuthClient &client, const QString &redirectUri, bool signInAnew,
              QObject *parent = nullptr);
    ~OAuthFlow() override; ///< drops a request under way

    [[nodiscard]] const QString &state() const { return m_state; }
    [[nodiscard]] const QString &verifier() const { return m_verifier; }

    /// The address to open in the browser.
    [[nodiscard]] QUrl authorizeUrl();

    /// Sends the code, exactly as it is, to the token endpoint.
    void exchange(const QString &code, Exchanged done);
    /// Drops a request under way; `done` is not called any more.
    void cancel();

private:
    struct Parts;
    QString m_state;
    QString m_verifier;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
