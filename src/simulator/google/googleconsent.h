// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's side of the browser: checks the authorization request, shows the consent page with a tick box for
// each scope, and sends the browser back. A faulty request stays on a page of its own.

#include "simulator/simmessage.h"

namespace wristkeep {

struct SimWorld;

struct GoogleAsked
{
    QString clientId;
    QString redirectUri;
    QStringList scopes;
    QByteArray challenge; ///< empty: none was sent
    std::optional<QString> state;
    QStringList prompt;
    bool offline = false;        ///< access_type
    bool includeGranted = false; ///< include_granted_scopes
};

class GoogleConsent
{
public:
    explicit GoogleConsent(SimWorld &world) : m_world(world) {}

    /// GET shows the page; POST with `decision=allow|deny` and `scope` fields answers it.
    SimResponse answer(const SimRequest &request);

private:
    std::optional<SimResponse> problem(const FormFields &query, GoogleAsked *asked) const;
    std::optional<SimResponse> scopeProblem(const FormFields &query, GoogleAsked *asked) const;
    [[nodiscard]] SimResponse errorPage(int status, const QString &text) const;
    [[nodiscard]] bool acceptsRedirect(const QString &uri) const;
    SimResponse decide(const SimRequest &request, const GoogleAsked &asked);
    SimResponse grant(const GoogleAsked &asked, const QString &userId, QStringList scopes);
    [[nodiscard]] SimResponse page(const SimRequest &request, const GoogleAsked &asked,
                                   const QString &hint) const;

    SimWorld &m_world;
};

} // namespace wristkeep
