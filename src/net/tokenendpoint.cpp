// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tokenendpoint.h"

#include "core/json.h"
#include "core/redaction.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

QByteArray encoded(const QString &value)
{
    return QUrl::toPercentEncoding(value);
}

bool usesBasic(const OAuthClient &client)
{
    return client.basicAuthentication && !client.clientSecret.isEmpty();
}

HttpRequest posted(const OAuthClient &client, const QUrl &url, QList<QPair<QString, QString>> fields)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.sendOnce = true;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    fields.append({u"client_id"_s, client.clientId});
    if (usesBasic(client)) {
        // RFC 6749, 2.3.1: id and secret are form-encoded before they are joined.
        const QByteArray pair = encoded(client.clientId) + ':' + encoded(client.clientSecret);
        request.headers.append({"Authorization", "Basic " + pair.toBase64()});
    } else if (!client.clientSecret.isEmpty()) {
        fields.append({u"client_secret"_s, client.clientSecret});
    }
    request.body = formEncoded(fields);
    return request;
}

QStringList scopeSet(const QString &text)
{
    static const QRegularExpression separators(u"[\\s,]+"_s);
    QStringList scopes = text.split(separators, Qt::SkipEmptyParts);
    scopes.sort();
    scopes.removeDuplicates();
    return scopes;
}

/// 28800 or "28800"; anything but a sensible number of seconds is refused.
Result<double> lifetime(const JsonNode &node)
{
    const Result<double> seconds = node.numberOrText();
    if (!seconds)
        return seconds;
    if (!std::isfinite(*seconds) || *seconds < 0 || *seconds > 10e9)
        return node.wrong(u"a number of seconds"_s);
    return seconds;
}

QString textOr(const JsonNode &node, const QString &member)
{
    const auto found = node.optionalMember(member);
    if (!found)
        return {};
    return found->text().value_or(QString());
}

} // namespace

QByteArray formEncoded(const QList<QPair<QString, QString>> &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        if (!body.isEmpty())
            body += '&';
        body += encoded(name) + '=' + encoded(value);
    }
    return body;
}

HttpRequest codeRequest(const OAuthClient &client, const QString &code, const QString &verifier,
                        const QString &redirectUri)
{
    return posted(client, client.tokenUrl,
                  {{u"grant_type"_s, u"authorization_code"_s},
                   {u"code"_s, code},
                   {u"redirect_uri"_s, redirectUri},
                   {u"code_verifier"_s, verifier}});
}

HttpRequest refreshRequest(const OAuthClient &client, const QString &refreshToken)
{
    return posted(client, client.tokenUrl,
                  {{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, refreshToken}});
}

HttpRequest revokeRequest(const OAuthClient &client, const QString &token)
{
    return posted(client, client.revokeUrl, {{u"token"_s, token}});
}

Result<Token> readToken(const HttpResponse &response, double sentAt, const QString &tokenHost)
{
    const Result<JsonNode> root = JsonNode::parse(response.body);
    if (!root)
        return failure(root.error());
    if (root->has(u"error"_s)) // some services refuse with status 200
        return root->wrong(u"a token, not an error"_s);

    const Result<JsonNode> access = root->member(u"access_token"_s);
    if (!access)
        return failure(access.error());
    const Result<QString> accessText = access->text();
    if (!accessText)
        return failure(accessText.error());
    if (accessText->isEmpty())
        return access->wrong(u"a token"_s);
    const Result<JsonNode> expires = root->member(u"expires_in"_s);
    if (!expires)
        return failure(expires.error());
    const Result<double> seconds = lifetime(*expires);
    if (!seconds)
        return failure(seconds.error());

    Token token;
    token.accessToken = *accessText;
    token.refreshToken = textOr(*root, u"refresh_token"_s);
    token.expiresAt = sentAt + *seconds;
    token.scopes = scopeSet(textOr(*root, u"scope"_s));
    if (const QString type = textOr(*root, u"token_type"_s); !type.isEmpty())
        token.tokenType = type;
    token.userId = textOr(*root, u"user_id"_s);
    token.tokenHost = tokenHost;
    if (const auto refreshEnds = root->optionalMember(u"refresh_token_expires_in"_s)) {
        if (const Result<double> rest = lifetime(*refreshEnds))
            token.refreshExpiresAt = sentAt + *rest;
    }
    return token;
}

Token mergedWith(const Token &old, Token fresh)
{
    if (fresh.refreshToken.isEmpty())
        fresh.refreshToken = old.refreshToken;
    // Also with a rotated token: the end is the consent's, and only a new consent moves it.
    if (!fresh.refreshExpiresAt)
        fresh.refreshExpiresAt = old.refreshExpiresAt;
    if (fresh.scopes.isEmpty()) // RFC 6749, 5.1: left out means unchanged
        fresh.scopes = old.scopes;
    if (fresh.userId.isEmpty())
        fresh.userId = old.userId;
    if (fresh.legacyUserId.isEmpty())
        fresh.legacyUserId = old.legacyUserId;
    fresh.tokenHost = old.tokenHost;
    return fresh;
}

QString tokenErrorCode(const QByteArray &body)
{
    const Result<JsonNode> root = JsonNode::parse(body);
    if (!root)
        return {};
    if (const auto error = root->optionalMember(u"error"_s)) {
        if (error->value().isObject())
            return textOr(*error, u"status"_s);
        return error->text().value_or(QString());
    }
    const auto errors = root->optionalMember(u"errors"_s);
    if (!errors)
        return {};
    const Result<QList<JsonNode>> items = errors->items();
    if (!items || items->isEmpty() || !items->first().value().isObject())
        return {};
    return textOr(items->first(), u"errorType"_s);
}

Error tokenEndpointError(const OAuthClient &client, const HttpResponse &response)
{
    Error error;
    if (client.classifyError)
        error = client.classifyError(response);
    const int status = response.status;
    const QString code = tokenErrorCode(response.body);
    error.httpStatus = status;
    if (!code.isEmpty())
        error.code = blotProviderText(code);

    // The provider's own reading stands for the words; at this endpoint the kind follows from the RFC alone.
    if (status == 410)
        error.kind = ErrorKind::ServiceGone;
    else if (status == 429)
        error.kind = ErrorKind::RateLimited;
    else if (status >= 500 || status < 400)
        error.kind = ErrorKind::ServiceFailing;
    else if (code == "invalid_grant"_L1)
        error.kind = ErrorKind::TokenRefused;
    else if (code == "invalid_client"_L1 || code == "unauthorized_client"_L1 || status == 401)
        error.kind = ErrorKind::ClientRefused;
    else
        error.kind = ErrorKind::RequestRefused;
    return error;
}

} // namespace wristkeep
