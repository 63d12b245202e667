// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the sign-in must know about one OAuth client at one provider (RFC 6749, 2): data only.

#include "core/error.h"
#include "core/http.h"
#include "core/result.h"

#include <QStringList>
#include <QUrl>

#include <functional>
#include <optional>

namespace wristkeep {

/// Which account a grant belongs to, where the token answer does not say it.
struct RemoteIdentity
{
    QString userId;
    QString legacyUserId; ///< the id the same account had at an earlier service; empty if not told
};

struct OAuthClient
{
    QString provider;      ///< id, e.g. "fitbit"
    QString providerTitle; ///< e.g. "Fitbit"
    QString clientId;
    QString clientSecret; ///< may be empty (public client)
    QUrl authorizeUrl;
    QUrl tokenUrl;
    QUrl revokeUrl;
    QString redirectUri;                  ///< exactly as configured: sent as it stands
    QString redirectSetting;              ///< the setting's key, to name it: "FITBIT_REDIRECT_URI"
    QStringList scopes;                   ///< asked for, in the configured order
    bool basicAuthentication = true;      ///< Authorization: Basic at the token endpoint (RFC 6749, 2.3.1)
    bool askPromptWhenSeveral = true;     ///< with several participants the provider signs in anew
    QString promptValue;                  ///< the whole value then, e.g. "login consent"
    QString promptAlways;                 ///< sent with every other authorization; empty: none
    HttpHeaders extraAuthorizeParameters; ///< provider's own query parameters
    QString manualRevokePage;             ///< where a person revokes by hand, in words or as a URL
    /// Asked with the fresh access token right after the exchange, before anything is stored; none: the token
    /// answer names the user.
    std::optional<HttpRequest> identityRequest;
    /// A complete answer to it, whatever its status. Errors as Provider::classify() gives them.
    std::function<Result<RemoteIdentity>(const HttpResponse &)> readIdentity;
    QString legacyProvider; ///< the provider RemoteIdentity::legacyUserId is an id of; empty: none
    /// Reads the provider's error body; the text it gives is already blotted.
    std::function<Error(const HttpResponse &)> classifyError;
};

/// "host" or "host:port" of a URL, as stored in token_host: the port only when it is not the scheme's own.
QString tokenHostOf(const QUrl &url);

} // namespace wristkeep
