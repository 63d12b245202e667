// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleapi.h"

#include "simulator/apicall.h"
#include "simulator/google/googleaccount.h"
#include "simulator/google/googleerrors.h"
#include "simulator/google/googlelist.h"
#include "simulator/google/googlerollup.h"
#include "simulator/google/googlescopes.h"
#include "simulator/simworld.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Refusal = std::optional<SimResponse>;

SimResponse forbidden(const QString &reason, const QString &message, const QJsonObject &metadata = {})
{
    GoogleError error;
    error.status = 403;
    error.message = message;
    error.reason = reason;
    error.metadata = metadata;
    return googleError(error);
}

SimResponse insufficientScopes(const GooglePath &path)
{
    GoogleError error;
    error.status = 403;
    error.message = u"Request had insufficient authentication scopes."_s;
    error.reason = u"ACCESS_TOKEN_SCOPE_INSUFFICIENT"_s;
    error.domain = u"googleapis.com"_s;
    error.metadata = {{u"service"_s, u"health.googleapis.com"_s}, {u"method"_s, path.method()}};
    return googleError(error);
}

Refusal refuseType(const GooglePath &path, const GoogleType *type)
{
    if (!type) {
        return googleInvalid(u"INVALID_DATA_TYPE"_s,
                             u"The data type ID %1 is not supported."_s.arg(path.type));
    }
    if (type->supports(path.operation))
        return std::nullopt;
    QString action = googleOperationName(path.operation);
    action[0] = action.at(0).toUpper();
    return googleInvalid(
        u"UNSUPPORTED_DATA_TYPE_ACTION"_s,
        u"%1 is not supported for data type %2, but the following actions are supported: %3"_s.arg(
            action, path.type, type->operationNames()));
}

SimResponse noSuchPoint()
{
    GoogleError error;
    error.status = 404;
    error.message = u"The data point was not found."_s;
    error.reason = u"RESOURCE_NOT_FOUND"_s;
    return googleError(error);
}

} // namespace

SimResponse GoogleApi::answer(const SimRequest &request)
{
    const std::optional<GooglePath> path = readGooglePath(request.method, request.path);
    if (!path)
        return googleNotFoundPage(request.path);
    const GoogleBearer bearer = m_oauth.checkBearer(request);
    if (Refusal refusal = refuseBearer(request, bearer, *path))
        return *refusal;
    if (Refusal refusal = refuseProject(bearer))
        return *refusal;
    if (!readsGoogleHealth(bearer.scopes))
        return insufficientScopes(*path);
    if (Refusal refusal = refuseAccount())
        return *refusal;
    const SimUser &user = *m_world.users.find(bearer.userId);
    if (path->user != u"me"_s)
        return googleInvalid({}, u"Request contains an invalid argument."_s);
    return path->resource == u"dataTypes"_s ? points(request, *path, user, bearer.scopes)
                                            : account(request, *path, user, bearer.scopes);
}

std::optional<SimResponse> GoogleApi::refuseBearer(const SimRequest &request, const GoogleBearer &bearer,
                                                   const GooglePath &path) const
{
    if (bearer.valid && m_world.users.find(bearer.userId))
        return std::nullopt;
    const QString expected = u" Expected OAuth 2 access token, login cookie or other valid authentication "
                             "credential. See https://developers.google.com/identity/sign-in/web/"
                             "devconsole-project."_s;
    GoogleError error;
    error.status = 401;
    QByteArray challenge = R"(Bearer realm="https://accounts.google.com/")";
    if (bearer.given) {
        error.message = u"Request had invalid authentication credentials."_s + expected;
        challenge += R"(, error="invalid_token")";
    } else if (formValue(request.query, u"key"_s)) {
        error.message = u"API keys are not supported by this API. Expected OAuth2 access token or other "
                        "authentication credentials that assert a principal."_s;
        error.reason = u"CREDENTIALS_MISSING"_s;
    } else {
        error.message = u"Request is missing required authentication credential."_s + expected;
        error.reason = u"CREDENTIALS_MISSING"_s;
    }
    error.domain = u"googleapis.com"_s;
    error.metadata = {{u"method"_s, path.method()}, {u"service"_s, u"health.googleapis.com"_s}};
    SimResponse response = googleError(error);
    response.setHeader("WWW-Authenticate", challenge);
    return response;
}

std::optional<SimResponse> GoogleApi::refuseProject(const GoogleBearer &bearer) const
{
    if (m_world.switches.google.project == GoogleProject::Disabled) {
        GoogleError error;
        error.status = 403;
        error.message =
            u"Google Health API has not been used in project 123456789012 before or it is disabled. "
            "Enable it by visiting https://console.developers.google.com/apis/api/"
            "health.googleapis.com/overview?project=123456789012 then retry."_s;
        error.reason = u"SERVICE_DISABLED"_s;
        error.domain = u"googleapis.com"_s;
        error.metadata = {{u"service"_s, u"health.googleapis.com"_s},
                          {u"consumer"_s, u"projects/123456789012"_s}};
        return googleError(error);
    }
    if (m_world.switches.google.project == GoogleProject::NotOnboarded) {
        return forbidden(u"API_PRIVATE_PREVIEW_ACCESS_DENIED"_s,
                         u"The project is not admitted to the Google Health API."_s);
    }
    const QStringList foreign = foreignGoogleScopes(bearer.scopes);
    if (foreign.isEmpty())
        return std::nullopt;
    return forbidden(u"DISALLOWED_OAUTH_SCOPES"_s, u"Request contains disallowed OAuth scope(s)."_s,
                     {{u"disallowed_scopes"_s, foreign.join(u' ')}});
}

std::optional<SimResponse> GoogleApi::refuseAccount() const
{
    GoogleError error;
    switch (m_world.switches.google.account) {
    case GoogleAccount::Linked:
        return std::nullopt;
    case GoogleAccount::NotLinked:
        error.message = u"The account is not linked to Google Health."_s;
        error.name = u"FAILED_PRECONDITION"_s;
        error.reason = u"ACCOUNT_NOT_LINKED"_s;
        error.metadata = {{u"redirect_uri"_s, u"https://fitbit.google.com/auth/signup"_s}};
        return googleError(error);
    case GoogleAccount::Precondition:
        error.status = 412;
        error.message = u"Precondition check failed."_s;
        return googleError(error);
    case GoogleAccount::NoPermission:
        break;
    }
    return forbidden(u"RESOURCE_PERMISSION_DENIED"_s, u"The caller does not have permission."_s);
}

template<typename Make>
SimResponse GoogleApi::counted(const SimRequest &request, const SimUser &user, Make make)
{
    if (!m_world.googleQuota.take(user.id(), m_world.clock.nowUtc()))
        return m_world.googleQuota.refusal();
    const auto served = m_world.servedBodies.constFind(request.path);
    return served == m_world.servedBodies.constEnd() ? make() : *served;
}

SimResponse GoogleApi::account(const SimRequest &request, const GooglePath &path, const SimUser &user,
                               const QStringList &scopes)
{
    const GoogleAccountResource *resource = findGoogleAccountResource(path.resource);
    if (!resource)
        return googleNotFoundPage(request.path);
    const QLatin1StringView scope(resource->scope);
    if (!scope.isEmpty() && !scopes.contains(googleHealthScope(scope) + u".readonly"_s))
        return insufficientScopes(path);
    const qint64 now = m_world.clock.nowUtc();
    return counted(request, user, [&] {
        return resource->answer({request, user, scopes, path.id, now, lastSyncOf(m_world, now)});
    });
}

SimResponse GoogleApi::points(const SimRequest &request, const GooglePath &path, const SimUser &user,
                              const QStringList &scopes)
{
    const GoogleType *type = findGoogleType(path.type);
    if (Refusal refusal = refuseType(path, type))
        return *refusal;
    if (path.operation == GoogleOperation::Write)
        return insufficientScopes(path); // no client of ours may write
    if (!scopes.contains(type->readScope())) {
        return forbidden(u"MISSING_OAUTH_SCOPE"_s,
                         u"The OAuth scope for data type %1 is missing."_s.arg(path.type),
                         {{u"required_scope"_s, type->readScope()}});
    }
    const qint64 now = m_world.clock.nowUtc();
    const GoogleCall call{request, user, m_world.switches.google, *type, now, lastSyncOf(m_world, now)};
    if (path.operation == GoogleOperation::Get)
        return counted(request, user, noSuchPoint);
    if (path.operation == GoogleOperation::List || path.operation == GoogleOperation::Reconcile) {
        GoogleListQuery query;
        if (Refusal refusal = readListQuery(call, path.operation == GoogleOperation::Reconcile, &query))
            return *refusal;
        return counted(request, user, [&] { return listAnswer(call, query); });
    }
    GoogleRollUpQuery query;
    if (Refusal refusal = readRollUpQuery(call, path.operation == GoogleOperation::DailyRollUp, &query))
        return *refusal;
    return counted(request, user, [&] { return rollUpAnswer(call, query); });
}

} // namespace wristkeep
