// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/oauthservice.h"

#include "simulator/fitbiterrors.h"
#include "simulator/simscopes.h"
#include "simulator/simworld.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 codeSeconds = 600;
constexpr qint64 graceSeconds = 120;

SimResponse missing(const QString &name)
{
    return oauthError(400, u"invalid_request"_s, u"Missing parameters: %1"_s.arg(name));
}

SimResponse invalidClient(const QString &why)
{
    SimResponse response = oauthError(401, u"invalid_client"_s, u"Invalid authorization header. "_s + why);
    response.setHeader("WWW-Authenticate", "Basic realm=\"api.fitbit.com\"");
    return response;
}

bool isFormPost(const SimRequest &request)
{
    return request.method == "POST" &&
           request.header("Content-Type").toLower().startsWith("application/x-www-form-urlencoded");
}

/// Id and secret may be form-encoded before base64 (RFC 6749, 2.3.1) or not, as most clients do.
bool sameCredential(const QByteArray &sent, const QString &expected)
{
    return sent == expected.toUtf8() || QByteArray::fromPercentEncoding(sent) == expected.toUtf8();
}

} // namespace

SimResponse OAuthService::token(const SimRequest &request)
{
    if (!isFormPost(request))
        return oauthError(400, u"invalid_request"_s, u"A form body is required."_s);
    const FormFields form = request.form();
    QString clientId;
    if (auto refusal = refuseClient(request, form, &clientId))
        return *refusal;
    const std::optional<QString> expiresIn = formValue(form, u"expires_in"_s);
    if (expiresIn && *expiresIn != u"28800"_s)
        return oauthError(400, u"invalid_request"_s, u"Invalid expires_in parameter value."_s);
    const std::optional<QString> type = formValue(form, u"grant_type"_s);
    if (!type)
        return missing(u"grant_type"_s);
    if (*type == u"authorization_code"_s)
        return exchangeCode(form, clientId);
    if (*type == u"refresh_token"_s)
        return refresh(form, clientId);
    return oauthError(400, u"unsupported_grant_type"_s, u"Unsupported grant_type: %1."_s.arg(*type));
}

std::optional<SimResponse> OAuthService::refuseClient(const SimRequest &request, const FormFields &form,
                                                      QString *clientId) const
{
    const SimulatorOptions &options = m_world.options;
    *clientId = options.clientId;
    const QByteArray header = request.header("Authorization");
    const std::optional<QString> bodyId = formValue(form, u"client_id"_s);
    if (bodyId && *bodyId != options.clientId)
        return invalidClient(u"Client id invalid."_s);
    const bool publicClient = !options.basicRequired || options.clientSecret.isEmpty();
    if (header.isEmpty() && publicClient) {
        if (!bodyId)
            return missing(u"client_id"_s);
        return std::nullopt;
    }
    if (header.left(6).compare("Basic ", Qt::CaseInsensitive) != 0)
        return invalidClient(u"Basic authentication is required."_s);
    const auto decoded =
        QByteArray::fromBase64Encoding(header.mid(6).trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray pair = decoded ? *decoded : QByteArray();
    const qsizetype colon = pair.indexOf(':');
    if (colon < 0)
        return invalidClient(u"Invalid format."_s);
    if (!sameCredential(pair.left(colon), options.clientId))
        return invalidClient(u"Client id invalid."_s);
    if (!sameCredential(pair.mid(colon + 1), options.clientSecret))
        return invalidClient(u"Client secret invalid."_s);
    return std::nullopt;
}

SimResponse OAuthService::exchangeCode(const FormFields &form, const QString &clientId)
{
    const std::optional<QString> text = formValue(form, u"code"_s);
    if (!text || text->isEmpty())
        return missing(u"code"_s);
    AuthorizationCode *code = m_world.grants.findCode(text->toLatin1());
    if (!code || code->used || code->clientId != clientId)
        return oauthError(400, u"invalid_grant"_s, u"Authorization code invalid: %1"_s.arg(*text));
    if (m_world.clock.nowUtc() - code->issuedAt > codeSeconds)
        return oauthError(400, u"invalid_grant"_s, u"Authorization code expired: %1"_s.arg(*text));
    const std::optional<QString> redirect = formValue(form, u"redirect_uri"_s);
    if (code->redirectUriGiven && !redirect)
        return missing(u"redirect_uri"_s);
    if (redirect && *redirect != code->redirectUri)
        return oauthError(400, u"invalid_grant"_s, u"Redirect_uri mismatch: %1"_s.arg(*redirect));
    if (!code->challenge.isEmpty()) {
        const std::optional<QString> verifier = formValue(form, u"code_verifier"_s);
        if (!verifier || verifier->isEmpty())
            return missing(u"code_verifier"_s);
        m_world.grants.noteSecret(verifier->toLatin1());
        const QByteArray hash = QCryptographicHash::hash(verifier->toUtf8(), QCryptographicHash::Sha256);
        if (hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) != code->challenge)
            return oauthError(400, u"invalid_grant"_s,
                              u"The code_verifier does not match the code_challenge."_s);
    }
    code->used = true;
    const Grant &grant = m_world.grants.add(clientId, code->userId, code->scopes);
    m_world.save();
    SimResponse response = jsonResponse(tokenAnswer(grant));
    response.setHeader("Cache-Control", "no-store");
    return response;
}

SimResponse OAuthService::refresh(const FormFields &form, const QString &clientId)
{
    const std::optional<QString> text = formValue(form, u"refresh_token"_s);
    if (!text || text->isEmpty())
        return missing(u"refresh_token"_s);
    const QByteArray token = text->toLatin1();
    Grant *grant = m_world.grants.byRefreshToken(token);
    Grant *earlier = grant ? nullptr : m_world.grants.byPreviousRefreshToken(token);
    const Grant *either = grant ? grant : earlier;
    if (either && either->refreshing && m_world.switches.refreshConflict)
        return oauthError(409, u"request"_s, u"Another refresh of this grant is under way."_s);
    if (grant && grant->clientId == clientId)
        return rotate(*grant, token);
    const bool repeated = earlier && earlier->clientId == clientId &&
                          m_world.clock.nowUtc() - earlier->previousUsedAt <= graceSeconds;
    if (!repeated)
        return oauthError(400, u"invalid_grant"_s, u"Refresh token invalid: %1."_s.arg(*text));
    SimResponse response = jsonResponse(earlier->previousAnswer);
    response.setHeader("Cache-Control", "no-store");
    return response;
}

SimResponse OAuthService::rotate(Grant &grant, const QByteArray &oldToken)
{
    grant.generation += 1;
    grant.refreshToken = randomHex(32);
    if (m_world.switches.refreshKillsAccess)
        grant.expiredUpTo = grant.generation - 1;
    grant.previousRefreshToken = oldToken;
    grant.previousAnswer = tokenAnswer(grant);
    grant.previousUsedAt = m_world.clock.nowUtc();
    grant.refreshing = true;
    m_world.save();
    SimResponse response = jsonResponse(grant.previousAnswer);
    response.setHeader("Cache-Control", "no-store");
    response.finished = [&world = m_world, id = grant.id] {
        if (Grant *answered = world.grants.byId(id))
            answered->refreshing = false;
    };
    return response;
}

QByteArray OAuthService::tokenAnswer(const Grant &grant) const
{
    const qint64 now = m_world.clock.nowUtc();
    const int seconds = m_world.options.accessTokenSeconds;
    AccessClaims claims{grant.clientId,   grant.userId, grant.scopes, grant.id,
                        grant.generation, now,          now + seconds};
    QStringList scopes = grant.scopes;
    scopes.sort(); // no promised order: not the one that was asked for
    const QByteArray access = signAccessToken(claims, m_world.grants.signingKey());
    m_world.grants.noteSecret(access);
    m_world.grants.noteSecret(grant.refreshToken);
    const QJsonObject answer{
        {u"access_token"_s, QString::fromLatin1(access)},
        {u"expires_in"_s, seconds},
        {u"refresh_token"_s, QString::fromLatin1(grant.refreshToken)},
        {u"scope"_s, scopes.join(u' ')},
        {u"token_type"_s, u"Bearer"_s},
        {u"user_id"_s, grant.userId},
    };
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

SimResponse OAuthService::revoke(const SimRequest &request)
{
    if (!isFormPost(request))
        return oauthError(400, u"invalid_request"_s, u"A form body is required."_s);
    const FormFields form = request.form();
    QString clientId;
    if (auto refusal = refuseClient(request, form, &clientId))
        return *refusal;
    const std::optional<QString> text = formValue(form, u"token"_s);
    if (!text || text->isEmpty())
        return missing(u"token"_s);
    Grants &grants = m_world.grants;
    const Grant *grant = grants.byRefreshToken(text->toLatin1());
    if (!grant) {
        if (const auto claims = readAccessToken(text->toLatin1(), grants.signingKey()))
            grant = grants.byId(claims->grant);
    }
    if (!grant || grant->clientId != clientId)
        return fitbitError(404, u"not_found"_s, u"The resource with given id doesn't exist"_s);
    grants.revoke(QString(grant->userId), clientId);
    m_world.save();
    SimResponse response;
    response.setHeader("Cache-Control", "no-store");
    return response;
}

SimResponse OAuthService::introspect(const SimRequest &request) const
{
    const BearerCheck bearer = checkBearer(request);
    if (bearer.refusal)
        return *bearer.refusal;
    if (!isFormPost(request))
        return oauthError(400, u"invalid_request"_s, u"A form body is required."_s);
    const std::optional<QString> text = formValue(request.form(), u"token"_s);
    if (!text || text->isEmpty())
        return missing(u"token"_s);
    SimRequest probe;
    probe.headers.append({"Authorization", "Bearer " + text->toLatin1()});
    const BearerCheck tested = checkBearer(probe);
    if (tested.refusal)
        return jsonResponse(R"({"active":false})");
    const auto claims = readAccessToken(text->toLatin1(), m_world.grants.signingKey());
    QStringList map;
    for (const QString &scope : tested.scopes) {
        if (const SimScope *known = findSimScope(scope))
            map.append(known->shownName + u"=READ"_s);
    }
    const QJsonObject answer{
        {u"active"_s, true},
        {u"scope"_s, u'{' + map.join(u", "_s) + u'}'},
        {u"client_id"_s, tested.clientId},
        {u"user_id"_s, tested.userId},
        {u"token_type"_s, u"access_token"_s},
        {u"exp"_s, claims->expiresAt * 1000},
        {u"iat"_s, claims->issuedAt * 1000},
    };
    return jsonResponse(QJsonDocument(answer).toJson(QJsonDocument::Compact));
}

BearerCheck OAuthService::checkBearer(const SimRequest &request) const
{
    BearerCheck check;
    const QByteArray token = request.bearer();
    if (token.isEmpty()) {
        check.refusal = oauthError(401, u"invalid_request"_s, u"Authorization header required."_s);
        return check;
    }
    const QString shown = QString::fromLatin1(token);
    const auto claims = readAccessToken(token, m_world.grants.signingKey());
    Grant *grant = claims ? m_world.grants.byId(claims->grant) : nullptr;
    if (!grant) {
        check.refusal = oauthError(401, u"invalid_token"_s, u"Access token invalid: %1."_s.arg(shown));
        return check;
    }
    if (claims->expiresAt <= m_world.clock.nowUtc() || claims->generation <= grant->expiredUpTo) {
        check.refusal = oauthError(401, u"expired_token"_s, u"Access token expired: %1."_s.arg(shown));
        return check;
    }
    check.userId = grant->userId;
    check.clientId = grant->clientId;
    check.scopes = grant->scopes;
    check.grantId = grant->id;
    return check;
}

} // namespace wristkeep
