// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbiterrors.h"

#include "core/redaction.h"
#include "providers/fitbit/fitbitquota.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestMessage = 240;

struct Refusal
{
    QString code;
    QString message;
    bool frontEnd = false; ///< said by the Google front end, not by Fitbit's application
};

/// Longer than 19 characters and therefore blotted as a possible token, were they not known.
bool isKnownCode(const QString &code)
{
    static const QStringList known{u"authorization"_s,
                                   u"expired_token"_s,
                                   u"insufficient_permissions"_s,
                                   u"insufficient_scope"_s,
                                   u"invalid_client"_s,
                                   u"invalid_grant"_s,
                                   u"invalid_request"_s,
                                   u"invalid_scope"_s,
                                   u"invalid_token"_s,
                                   u"not_found"_s,
                                   u"oauth"_s,
                                   u"request"_s,
                                   u"system"_s,
                                   u"unauthorized_client"_s,
                                   u"unsupported_grant_type"_s,
                                   u"validation"_s,
                                   u"PERMISSION_DENIED"_s,
                                   u"RESOURCE_EXHAUSTED"_s,
                                   u"UNAUTHENTICATED"_s,
                                   u"UNAVAILABLE"_s};
    return known.contains(code);
}

QString tidyCode(const QString &code)
{
    return isKnownCode(code) ? code : blotProviderText(code.left(40));
}

/// Fitbit's messages echo tokens and end with a pointer to its manual: neither is for a person's eyes.
QString tidyMessage(QString message)
{
    static const QRegularExpression pointer(u"\\s*Visit https?://\\S+.*$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    message = blotProviderText(message.remove(pointer).simplified());
    return message.size() > LongestMessage ? message.left(LongestMessage) + u'…' : message;
}

/// {"errors":[{errorType, message}]}, {"error":{status, message}} or {"error", "error_description"}.
Refusal readBody(const QByteArray &body)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    const QJsonObject first = root.value("errors"_L1).toArray().at(0).toObject();
    if (!first.isEmpty())
        return {tidyCode(first.value("errorType"_L1).toString()),
                tidyMessage(first.value("message"_L1).toString()), false};
    const QJsonValue error = root.value("error"_L1);
    if (error.isObject()) {
        const QJsonObject object = error.toObject();
        return {tidyCode(object.value("status"_L1).toString()),
                tidyMessage(object.value("message"_L1).toString()), true};
    }
    return {tidyCode(error.toString()), tidyMessage(root.value("error_description"_L1).toString()), false};
}

ErrorKind kindOf401(const Refusal &refusal, FitbitEndpoint endpoint)
{
    if (refusal.code == "invalid_client"_L1)
        return ErrorKind::ClientRefused;
    if (refusal.code == "invalid_grant"_L1)
        return ErrorKind::TokenRefused;
    return endpoint == FitbitEndpoint::Token ? ErrorKind::ClientRefused : ErrorKind::TokenRefused;
}

ErrorKind kindOf400(const Refusal &refusal, FitbitEndpoint endpoint)
{
    if (endpoint == FitbitEndpoint::Data)
        return ErrorKind::RequestRefused;
    if (refusal.code == "invalid_grant"_L1)
        return ErrorKind::TokenRefused;
    if (refusal.code == "invalid_client"_L1 || refusal.code == "unauthorized_client"_L1)
        return ErrorKind::ClientRefused;
    return ErrorKind::RequestRefused;
}

ErrorKind kindOf403(const Refusal &refusal, FitbitEndpoint endpoint)
{
    // The front end refuses for hours at times, although grant and token stay good: it passes.
    if (refusal.frontEnd)
        return ErrorKind::ServiceFailing;
    if (endpoint == FitbitEndpoint::Token)
        return ErrorKind::RequestRefused;
    return refusal.code == "insufficient_scope"_L1 ? ErrorKind::ScopeMissing : ErrorKind::PermissionDenied;
}

ErrorKind kindOf(int status, const Refusal &refusal, FitbitEndpoint endpoint)
{
    switch (status) {
    case 400:
        return kindOf400(refusal, endpoint);
    case 401:
        return kindOf401(refusal, endpoint);
    case 403:
        return kindOf403(refusal, endpoint);
    case 408: // the server's own time-out
    case 409: // two refreshes at once
        return ErrorKind::ServiceFailing;
    case 410:
        return ErrorKind::ServiceGone;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::ServiceFailing : ErrorKind::RequestRefused;
    }
}

QString sentence(const HttpResponse &response, const Refusal &refusal)
{
    if (!refusal.message.isEmpty())
        return u"Fitbit answered %1: %2"_s.arg(response.status).arg(refusal.message);
    if (response.body.trimmed().startsWith('<'))
        return u"Fitbit answered %1 with a web page."_s.arg(response.status);
    if (response.status >= 300 && response.status < 400)
        return u"Fitbit answered %1, a redirect, which is never followed."_s.arg(response.status);
    return u"Fitbit answered %1."_s.arg(response.status);
}

} // namespace

Error classifyFitbitAnswer(const HttpResponse &response, FitbitEndpoint endpoint, qint64 nowUtc)
{
    const Refusal refusal = readBody(response.body);
    Error error;
    error.kind = kindOf(response.status, refusal, endpoint);
    error.httpStatus = response.status;
    error.code = refusal.code;
    error.detail = sentence(response, refusal);
    if (response.status == 409)
        error.code = u"conflict"_s;
    // RFC 6750, 3: a 401 that does not say more is about the token, and one refresh is worth a try.
    if (error.kind == ErrorKind::TokenRefused && error.code != "expired_token"_L1 &&
        error.code != "invalid_grant"_L1)
        error.code = u"invalid_token"_s;
    if (error.kind == ErrorKind::RateLimited)
        error.retryAtUtc = fitbitRetryAt(response, nowUtc);
    return error;
}

} // namespace wristkeep
