// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is said to a token endpoint and what its answers mean (RFC 6749 sections 4.1.3, 5, 6; RFC 7009). Pure:
// no socket and no store, so that every odd answer has a test of its own.

#include "core/http.h"
#include "core/oauthclient.h"
#include "core/result.h"
#include "core/token.h"

namespace wristkeep {

/// The longest a token request may take: three of them fit into Fitbit's two minutes of grace.
constexpr int tokenRequestTotalMs = 30'000;

/// application/x-www-form-urlencoded, every reserved character encoded: a "+" stays a "+".
QByteArray formEncoded(const QList<QPair<QString, QString>> &fields);

/// POST of the code with its PKCE verifier (RFC 7636, 4.5). Sent once.
HttpRequest codeRequest(const OAuthClient &client, const QString &code, const QString &verifier,
                        const QString &redirectUri);

/// POST of the refresh token. Sent once.
HttpRequest refreshRequest(const OAuthClient &client, const QString &refreshToken);

/// POST of a token to the revoke endpoint.
HttpRequest revokeRequest(const OAuthClient &client, const QString &token);

/// A 200 of the token endpoint; `sentAt` (Unix seconds) is when the request went out: lifetimes count from
/// there. Scopes sorted, without duplicates; a missing user id stays empty. NotUnderstood with the member's
/// path.
Result<Token> readToken(const HttpResponse &response, double sentAt, const QString &tokenHost);

/// The refreshed token: what the answer leaves out stays as it was.
Token mergedWith(const Token &old, Token fresh);

/// The error code of a token or revoke endpoint, in RFC 6749's shape or in Fitbit's; empty when there is
/// none.
QString tokenErrorCode(const QByteArray &body);

/// Any answer that is not a 200: TokenRefused (invalid_grant), ClientRefused (invalid_client), ServiceGone
/// (410), RateLimited, ServiceFailing (5xx, redirects), RequestRefused. Texts are blotted.
Error tokenEndpointError(const OAuthClient &client, const HttpResponse &response);

} // namespace wristkeep
