// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The browser's side of the sign-in: checks the authorize request, shows the consent page or the error on a
// page of its own (never a redirect), and sends the browser back with a code or access_denied.

#include "simulator/simmessage.h"

namespace wristkeep {

struct SimWorld;

struct AuthorizeRequest
{
    QString clientId;
    QStringList scopes;
    QString redirectUri;
    bool redirectUriGiven = false;
    QByteArray challenge;
    std::optional<QString> state;
    QStringList prompt;
};

class AuthorizePage
{
public:
    explicit AuthorizePage(SimWorld &world) : m_world(world) {}

    /// GET shows the page; POST with `decision=allow|deny` and `scope` fields answers it.
    SimResponse answer(const SimRequest &request);

private:
    std::optional<QString> problem(const FormFields &query, AuthorizeRequest *asked) const;
    std::optional<QString> clientProblem(const FormFields &query, AuthorizeRequest *asked) const;
    std::optional<QString> challengeProblem(const FormFields &query, AuthorizeRequest *asked) const;
    [[nodiscard]] bool acceptsRedirect(const QString &uri) const;
    SimResponse decide(const SimRequest &request, const AuthorizeRequest &asked);
    SimResponse grant(const AuthorizeRequest &asked, const QString &userId, const QStringList &scopes);
    SimResponse page(const SimRequest &request, const AuthorizeRequest &asked, const QString &hint) const;

    SimWorld &m_world;
};

} // namespace wristkeep
