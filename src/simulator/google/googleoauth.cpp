// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleoauth.h"

#include "simulator/google/googleerrors.h"
#include "simulator/google/googletoken.h"
#include "simulator/simworld.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 googleCodeSeconds = 600;
constexpr qint64 testingSeconds = 604'799; ///< seven days, as the token answer tells them

SimResponse invalidGrant(const QString &description)
{
    return googleOAuthError(400, u"invalid_grant"_s, description);
}

SimResponse missingParameter(const QString &name)
{
    return googleOAuthError(400, u"invalid_request"_s, u"Missing required parameter: %1"_s.arg(name));
}

bool hasForm(const SimRequest &request)
{
    return request.header("Content-Type").toLower().startsWith("application/x-www-form-urlencoded");
}

QString textOf(const FormFields &form, const QString &name)
{
    return formValue(form, name).value_or(QString());
}

} // namespace

SimResponse GoogleOAuth::token(const SimRequest &request)
{
    if (!hasForm(request))
        return googleOAuthError(400, u"invalid_request"_s, u"A form body is required."_s);
    const FormFields form = request.form();
    const QString type = textOf(form, u"grant_type"_s);
    if (type.isEmpty())
        return missingParameter(u"grant_type"_s);
    if (const auto refusal = refuseClient(form))
        return *refusal;
    if (type == u"authorization_code"_s)
        return exchangeCode(form);
    if (type == u"refresh_token"_s)
        return refresh(form);
    return googleOAuthError(400, u"unsupported_grant_type"_s, u"Invalid grant_type: %1"_s.arg(type));
}

std::optional<SimResponse> GoogleOAuth::refuseClient(const FormFields &form) const
{
    const SimulatorOptions &options = m_world.options;
    const QString id = textOf(form, u"client_id"_s);
    if (id.isEmpty()) {
        return googleOAuthError(400, u"invalid_request"_s, u"Could not determine client ID from request."_s);
    }
    if (id != options.googleClientId)
        return googleOAuthError(401, u"invalid_client"_s, u"The OAuth client was not found."_s);
    if (options.googleClientSecret.isEmpty())
        return std::nullopt;
    const QString secret = textOf(form, u"client_secret"_s);
    if (secret.isEmpty())
        return googleOAuthError(400, u"invalid_request"_s, u"client_secret is missing."_s);
    if (secret != options.googleClientSecret)
        return googleOAuthError(401, u"invalid_client"_s, u"Unauthorized"_s);
    return std::nullopt;
}

SimResponse GoogleOAuth::exchangeCode(const FormFields &form)
{
    const QString text = textOf(form, u"code"_s);
    if (text.isEmpty())
        return missingParameter(u"code"_s);
    if (!text.startsWith(u"4/"_s))
        return invalidGrant(u"Malformed auth code."_s);
    AuthorizationCode *code = m_world.grants.findCode(text.toLatin1());
    if (!code || code->used || m_world.clock.nowUtc() - code->issuedAt > googleCodeSeconds)
        return invalidGrant(u"Bad Request"_s);
    const QString redirect = textOf(form, u"redirect_uri"_s);
    if (redirect.isEmpty())
        return missingParameter(u"redirect_uri"_s);
    if (redirect != code->redirectUri)
        return googleOAuthError(400, u"redirect_uri_mismatch"_s, u"Bad Request"_s);
    if (!code->challenge.isEmpty()) {
        const QString verifier = textOf(form, u"code_verifier"_s);
        if (verifier.isEmpty())
            return invalidGrant(u"Missing code verifier."_s);
        m_world.grants.noteSecret(verifier.toLatin1());
        const QByteArray hash = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
        if (hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) != code->challenge)
            return invalidGrant(u"Invalid code verifier."_s);
    }
    code->used = true;
    Grant &grant = m_world.grants.add(code->clientId, code->userId, code->scopes);
    grant.refreshToken = code->refreshable ? newGoogleRefreshToken() : QByteArray();
    if (code->refreshable && m_world.options.googleTesting)
        grant.refreshEndsAt = m_world.clock.nowUtc() + testingSeconds;
    m_world.save();
    return tokenAnswer(grant, code->refreshable);
}

SimResponse GoogleOAuth::refresh(const FormFields &form)
{
    const QString text = textOf(form, u"refresh_token"_s);
    if (text.isEmpty())
        return missingParameter(u"refresh_token"_s);
    Grant *grant = m_world.grants.byRefreshToken(text.toLatin1());
    const bool alive = grant && grant->clientId == m_world.options.googleClientId &&
                       (grant->refreshEndsAt == 0 || m_world.clock.nowUtc() < grant->refreshEndsAt);
    if (!alive)
        return invalidGrant(u"Token has been expired or revoked."_s);
    grant->generation += 1;
    const bool rotates = m_world.switches.google.rotate;
    if (rotates)
        grant->refreshToken = newGoogleRefreshToken();
    m_world.save();
    return tokenAnswer(*grant, rotates);
}

SimResponse GoogleOAuth::tokenAnswer(const Grant &grant, bool withRefreshToken) const
{
    const qint64 now = m_world.clock.nowUtc();
    const int seconds = m_world.options.googleAccessTokenSeconds;
    const QByteArray access =
        signGoogleAccess({grant.id, grant.generation, now + seconds}, m_world.grants.signingKey());
    m_world.grants.noteSecret(access);
    QStringList scopes = grant.scopes;
    scopes.sort(); // no promised order: not the one that was asked for
    QJsonObject answer{
        {u"access_token"_s, QString::fromLatin1(access)},
        {u"expires_in"_s, seconds},
        {u"scope"_s, scopes.join(u' ')},
        {u"token_type"_s, u"Bearer"_s},
    };
    if (withRefreshToken) {
        m_world.grants.noteSecret(grant.refreshToken);
        answer.insert(u"refresh_token"_s, QString::fromLatin1(grant.refreshToken));
    }
    if (grant.refreshEndsAt > 0)
        answer.insert(u"refresh_token_expires_in"_s, grant.refreshEndsAt - now);
    SimResponse response = jsonResponse(QJsonDocument(answer).toJson(QJsonDocument::Indented));
    response.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    return response;
}

Grant *GoogleOAuth::grantOfAccess(const QByteArray &token) const
{
    const auto access = readGoogleAccess(token, m_world.grants.signingKey());
    Grant *grant = access ? m_world.grants.byId(access->grant) : nullptr;
    if (!grant || grant->clientId != m_world.options.googleClientId)
        return nullptr;
    const bool expired =
        access->expiresAt <= m_world.clock.nowUtc() || access->generation <= grant->expiredUpTo;
    return expired ? nullptr : grant;
}

SimResponse GoogleOAuth::revoke(const SimRequest &request)
{
    QString text = textOf(request.query, u"token"_s);
    if (text.isEmpty() && hasForm(request))
        text = textOf(request.form(), u"token"_s);
    if (text.isEmpty())
        return missingParameter(u"token"_s);
    Grants &grants = m_world.grants;
    const Grant *grant = grants.byRefreshToken(text.toLatin1());
    if (!grant)
        grant = grantOfAccess(text.toLatin1());
    if (!grant || grant->clientId != m_world.options.googleClientId)
        return googleOAuthError(400, u"invalid_token"_s, u"Token expired or revoked"_s);
    grants.revoke(QString(grant->userId), QString(grant->clientId));
    m_world.save();
    return jsonResponse("{}");
}

GoogleBearer GoogleOAuth::checkBearer(const SimRequest &request) const
{
    GoogleBearer bearer;
    const QByteArray token = request.bearer();
    bearer.given = !token.isEmpty();
    const Grant *grant = grantOfAccess(token);
    if (!grant)
        return bearer;
    bearer.valid = true;
    bearer.userId = grant->userId;
    bearer.clientId = grant->clientId;
    bearer.scopes = grant->scopes;
    bearer.grantId = grant->id;
    return bearer;
}

} // namespace wristkeep
