// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealtherrors.h"

#include "providers/googlehealth/refusalbody.h"
#include "providers/googlehealth/refusalreasons.h"
#include "providers/retryafter.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 QuotaMinute = 60; // the quota is counted by the minute
constexpr qint64 Day = 86'400;     // the longest window of a quota

qint64 retryAt(const HttpResponse &response, qint64 nowUtc)
{
    return nowUtc + secondsToRetry(response, nowUtc, Day).value_or(QuotaMinute);
}

/// What the status alone says; none for the refusals whose reason counts.
std::optional<ErrorKind> kindByStatus(int status)
{
    if (status >= 500 || status == 408)
        return ErrorKind::ServiceFailing;
    if (status == 410)
        return ErrorKind::ServiceGone;
    if (status == 429)
        return ErrorKind::RateLimited;
    if (status < 400)
        return ErrorKind::RequestRefused;
    return std::nullopt;
}

QString googleSentence(const HttpResponse &response, const GoogleRefusal &refusal)
{
    const QString head = u"Google answered %1"_s.arg(response.status);
    if (!refusal.message.isEmpty()) {
        const QString reason = refusal.detail.isEmpty() ? refusal.reason : refusal.detail;
        return reason.isEmpty() ? head + u": "_s + refusal.message
                                : u"%1 (%2): %3"_s.arg(head, reason, refusal.message);
    }
    if (refusal.webPage)
        return head + u" with a web page."_s;
    if (response.status >= 300 && response.status < 400)
        return head + u", a redirect, which is never followed."_s;
    return refusal.reason.isEmpty() ? head + u'.' : u"%1 (%2)."_s.arg(head, refusal.reason);
}

Error errorFor(const HttpResponse &response, const GoogleRefusal &refusal, ErrorKind kind, qint64 nowUtc)
{
    Error error;
    error.kind = kind;
    error.httpStatus = response.status;
    error.code = refusal.reason;
    error.detail = googleSentence(response, refusal);
    if (kind == ErrorKind::RateLimited)
        error.retryAtUtc = retryAt(response, nowUtc);
    return error;
}

void explain(Error &error, const RefusalReason &reason)
{
    error.kind = reason.kind;
    error.detail = u"%1 (%2 %3)"_s.arg(QLatin1StringView(reason.sentence).chopped(1))
                       .arg(error.httpStatus)
                       .arg(error.code) +
                   u'.';
    error.nextStep = QLatin1StringView(reason.nextStep);
}

/// The reason to look up where the body gives none: these statuses have one meaning each.
QString impliedReason(const HttpResponse &response)
{
    if (response.status == 412)
        return u"FAILED_PRECONDITION"_s;
    if (response.status != 403)
        return {};
    const bool scope = response.header("WWW-Authenticate").contains("insufficient_scope");
    return scope ? u"ACCESS_TOKEN_SCOPE_INSUFFICIENT"_s : u"PERMISSION_DENIED"_s;
}

/// A reason nobody knew when this was written says no more than its status.
ErrorKind kindOfUnknown(int status)
{
    if (status == 401)
        return ErrorKind::TokenRefused;
    return status == 403 ? ErrorKind::PermissionDenied : ErrorKind::RequestRefused;
}

} // namespace

Error classifyGoogleHealthAnswer(const HttpResponse &response, qint64 nowUtc)
{
    GoogleRefusal refusal = googleRefusal(response.body);
    if (const auto kind = kindByStatus(response.status))
        return errorFor(response, refusal, *kind, nowUtc);
    // A web page comes from something on the way, which knows nothing about account or project.
    if (refusal.webPage && response.status == 403)
        return errorFor(response, refusal, ErrorKind::ServiceFailing, nowUtc);
    if (refusal.reason.isEmpty())
        refusal.reason = impliedReason(response);
    Error error = errorFor(response, refusal, kindOfUnknown(response.status), nowUtc);
    const RefusalReason *reason = response.status == 401 ? nullptr : healthReason(refusal.reason);
    if (reason)
        explain(error, *reason);
    return error;
}

Error classifyGoogleTokenAnswer(const HttpResponse &response, qint64 nowUtc)
{
    const GoogleRefusal refusal = googleRefusal(response.body);
    if (const auto kind = kindByStatus(response.status))
        return errorFor(response, refusal, *kind, nowUtc);
    const ErrorKind plain = response.status == 401 ? ErrorKind::ClientRefused : ErrorKind::RequestRefused;
    Error error = errorFor(response, refusal, plain, nowUtc);
    if (const RefusalReason *reason = tokenReason(refusal.reason)) {
        error.kind = reason->kind;
        error.nextStep = QLatin1StringView(reason->nextStep);
        error.detail = QLatin1StringView(reason->sentence) + u' ' + error.detail;
    }
    if (refusal.detail == "invalid_rapt"_L1)
        error.nextStep =
            u"Reconnect and sign in to Google anew: the account asks for it from time to time."_s;
    return error;
}

QuotaState googleHealthQuota(const HttpResponse &response, qint64 nowUtc)
{
    QuotaState quota;
    if (response.status == 429) {
        quota.exhausted = true;
        quota.left = 0;
        quota.resetAtUtc = retryAt(response, nowUtc);
    }
    return quota;
}

} // namespace wristkeep
