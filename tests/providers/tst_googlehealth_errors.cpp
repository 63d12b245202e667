// SPDX-License-Identifier: GPL-3.0-or-later

// The decision table of Google's refusals, at the data API and at the token endpoint, and the quota.

#include "core/errortexts.h"
#include "providers/googlehealth/googlehealtherrors.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

// 2026-11-21T07:02:00Z
constexpr qint64 Now = 1795244520;

const QByteArray aToken = "ya29.INVENTEDPAYLOADINVENTED_SIGNATURE";
const QByteArray html = "<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>";

HttpResponse answer(int status, const QByteArray &body = {}, const HttpHeaders &headers = {})
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    response.headers = headers;
    return response;
}

/// google.rpc.Status as JSON; without a reason it has no details.
QByteArray status(int code, const QByteArray &name, const QByteArray &message, const QByteArray &reason = {},
                  const QByteArray &metadata = "{}")
{
    QByteArray body = "{\"error\":{\"code\":" + QByteArray::number(code) + ",\"message\":\"" + message +
                      "\",\"status\":\"" + name + "\"";
    if (!reason.isEmpty())
        body += R"(,"details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[]},)"
                R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":")" +
                reason + R"(","domain":"health.googleapis.com","metadata":)" + metadata + "}]";
    return body + "}}";
}

QByteArray flat(const QByteArray &error, const QByteArray &description, const QByteArray &more = {})
{
    return R"({"error":")" + error + R"(","error_description":")" + description + "\"" + more + '}';
}

} // namespace

class TstGoogleHealthErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void accountAndProjectSayWhatToDo_data();
    void accountAndProjectSayWhatToDo();
    void requestsOfOursThatAreWrong_data();
    void requestsOfOursThatAreWrong();
    void aMissingScopeIsNamed();
    void tokenEndpoint_data();
    void tokenEndpoint();
    void textsAreBlottedAndShort();
    void anyStatusWithAnyBody();
    void retryAfter_data();
    void retryAfter();
};

void TstGoogleHealthErrors::refusals_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, int code, const QByteArray &body, ErrorKind kind,
                        const QString &reason) {
        QTest::newRow(name) << code << body << errorKindName(kind) << reason;
    };
    const QByteArray denied = "PERMISSION_DENIED";

    row("no credentials", 401,
        status(401, "UNAUTHENTICATED",
               "Request is missing required authentication credential. Expected OAuth 2 access token, login "
               "cookie "
               "or other valid authentication credential. See "
               "https://developers.google.com/identity/sign-in/web/"
               "devconsole-project.",
               "CREDENTIALS_MISSING",
               R"({"method":"google.devicesandservices.health.v4.DataPointsService.ListDataPoints"})"),
        ErrorKind::TokenRefused, u"CREDENTIALS_MISSING"_s);
    row("expired token", 401,
        status(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
        ErrorKind::TokenRefused, u"UNAUTHENTICATED"_s);
    row("api key", 401, status(401, "UNAUTHENTICATED", "API keys are not supported by this API."),
        ErrorKind::TokenRefused, u"UNAUTHENTICATED"_s);
    row("401 empty", 401, {}, ErrorKind::TokenRefused, {});
    row("401 web page", 401, html, ErrorKind::TokenRefused, {});
    row("401 with an account's reason", 401, status(401, "UNAUTHENTICATED", "x", "ACCOUNT_NOT_LINKED"),
        ErrorKind::TokenRefused, u"ACCOUNT_NOT_LINKED"_s);
    row("token without the scope", 403,
        status(403, denied, "Request had insufficient authentication scopes.",
               "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        ErrorKind::ScopeMissing, u"ACCESS_TOKEN_SCOPE_INSUFFICIENT"_s);
    row("scope of another type", 403, status(403, denied, "x", "MISSING_OAUTH_SCOPE"),
        ErrorKind::ScopeMissing, u"MISSING_OAUTH_SCOPE"_s);
    row("foreign scopes", 403,
        status(403, denied, "Request contains disallowed OAuth scope(s).", "DISALLOWED_OAUTH_SCOPES"),
        ErrorKind::AccountRefused, u"DISALLOWED_OAUTH_SCOPES"_s);
    row("api not enabled", 403,
        status(403, denied, "Google Health API has not been used in project 123456 before or it is disabled.",
               "SERVICE_DISABLED"),
        ErrorKind::ProjectRefused, u"SERVICE_DISABLED"_s);
    row("project not onboarded", 403, status(403, denied, "x", "API_PRIVATE_PREVIEW_ACCESS_DENIED"),
        ErrorKind::ProjectRefused, u"API_PRIVATE_PREVIEW_ACCESS_DENIED"_s);
    row("project denied", 403, status(403, denied, "x", "USER_PROJECT_DENIED"), ErrorKind::ProjectRefused,
        u"USER_PROJECT_DENIED"_s);
    row("project's rights", 403, status(403, denied, "x", "IAM_PERMISSION_DENIED"), ErrorKind::ProjectRefused,
        u"IAM_PERMISSION_DENIED"_s);
    row("consent withdrawn", 403, status(403, denied, "x", "RESOURCE_PERMISSION_DENIED"),
        ErrorKind::AccountRefused, u"RESOURCE_PERMISSION_DENIED"_s);
    row("no access to data", 403, status(403, denied, "x", "DATA_ACCESS_DENIED"), ErrorKind::AccountRefused,
        u"DATA_ACCESS_DENIED"_s);
    row("old Fitbit account", 403, status(403, denied, "The caller does not have permission."),
        ErrorKind::AccountRefused, u"PERMISSION_DENIED"_s);
    row("403 empty", 403, {}, ErrorKind::AccountRefused, u"PERMISSION_DENIED"_s);
    row("403 of an unknown reason", 403, status(403, denied, "x", "FULL_MOON"), ErrorKind::PermissionDenied,
        u"FULL_MOON"_s);
    row("403 web page", 403, html, ErrorKind::ServiceFailing, {});
    row("no health profile", 400,
        status(400, "FAILED_PRECONDITION", "The account is not linked to Google Health.",
               "ACCOUNT_NOT_LINKED", R"({"redirect_uri":"https://fitbit.google.com/auth/signup"})"),
        ErrorKind::AccountRefused, u"ACCOUNT_NOT_LINKED"_s);
    row("400 precondition", 400, status(400, "FAILED_PRECONDITION", "Precondition check failed."),
        ErrorKind::AccountRefused, u"FAILED_PRECONDITION"_s);
    row("412", 412, status(412, "FAILED_PRECONDITION", "Precondition check failed."),
        ErrorKind::AccountRefused, u"FAILED_PRECONDITION"_s);
    row("412 empty", 412, {}, ErrorKind::AccountRefused, u"FAILED_PRECONDITION"_s);
    row("bare 400", 400, status(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
        ErrorKind::RequestRefused, u"INVALID_ARGUMENT"_s);
    row("400 empty", 400, {}, ErrorKind::RequestRefused, {});
    row("404 web page", 404, html, ErrorKind::RequestRefused, {});
    row("404", 404, status(404, "NOT_FOUND", "x", "RESOURCE_NOT_FOUND"), ErrorKind::RequestRefused,
        u"RESOURCE_NOT_FOUND"_s);
    row("405", 405, html, ErrorKind::RequestRefused, {});
    row("408", 408, {}, ErrorKind::ServiceFailing, {});
    row("410", 410, html, ErrorKind::ServiceGone, {});
    row("quota", 429,
        status(429, "RESOURCE_EXHAUSTED",
               "Quota exceeded for quota metric 'Read requests' and limit 'per minute'",
               "RATE_LIMIT_EXCEEDED"),
        ErrorKind::RateLimited, u"RATE_LIMIT_EXCEEDED"_s);
    row("429 empty", 429, {}, ErrorKind::RateLimited, {});
    row("500", 500, status(500, "INTERNAL", "Internal error encountered."), ErrorKind::ServiceFailing,
        u"INTERNAL"_s);
    row("502 web page", 502, html, ErrorKind::ServiceFailing, {});
    row("503", 503, status(503, "UNAVAILABLE", "x"), ErrorKind::ServiceFailing, u"UNAVAILABLE"_s);
    row("504", 504, status(504, "DEADLINE_EXCEEDED", "x"), ErrorKind::ServiceFailing, u"DEADLINE_EXCEEDED"_s);
    row("500 with a project's reason", 500, status(500, "INTERNAL", "x", "SERVICE_DISABLED"),
        ErrorKind::ServiceFailing, u"SERVICE_DISABLED"_s);
    row("redirect", 302, {}, ErrorKind::RequestRefused, {});
}

void TstGoogleHealthErrors::refusals()
{
    QFETCH(int, code);
    QFETCH(QByteArray, body);
    const Error error = classifyGoogleHealthAnswer(answer(code, body), Now);
    QTEST(errorKindName(error.kind), "kind");
    QTEST(error.code, "reason");
    QCOMPARE(error.httpStatus, code);
    QVERIFY2(error.detail.contains(QString::number(code)), qPrintable(error.detail));
    QVERIFY2(error.detail.endsWith(u'.') || !error.detail.contains(u'\n'), qPrintable(error.detail));
    QCOMPARE(error.retryAtUtc.has_value(), error.kind == ErrorKind::RateLimited);
    if (error.kind == ErrorKind::AccountRefused || error.kind == ErrorKind::ProjectRefused)
        QVERIFY(!error.nextStep.isEmpty());
}

void TstGoogleHealthErrors::accountAndProjectSayWhatToDo_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("step");
    const auto row = [](const char *reason, const QString &what, const QString &step) {
        QTest::newRow(reason) << QByteArray(reason) << what << step;
    };
    const QString connections = u"https://myaccount.google.com/connections"_s;
    row("ACCOUNT_NOT_LINKED", u"no Google Health profile"_s, u"Google Health app"_s);
    row("RESOURCE_PERMISSION_DENIED", u"withdrawn"_s, connections);
    row("DATA_ACCESS_DENIED", u"withdrawn"_s, connections);
    row("DISALLOWED_OAUTH_SCOPES", u"other services"_s, u"GOOGLE_HEALTH_SCOPES"_s);
    row("SERVICE_DISABLED", u"not enabled"_s, u"Enable"_s);
    row("API_PRIVATE_PREVIEW_ACCESS_DENIED", u"not admitted"_s, u"Nothing here can change that"_s);
    row("USER_PROJECT_DENIED", u"project"_s, u"still exists"_s);
    row("IAM_PERMISSION_DENIED", u"project"_s, u"still exists"_s);
}

void TstGoogleHealthErrors::accountAndProjectSayWhatToDo()
{
    QFETCH(QByteArray, reason);
    QFETCH(QString, what);
    QFETCH(QString, step);
    const Error error =
        classifyGoogleHealthAnswer(answer(403, status(403, "PERMISSION_DENIED", "x", reason)), Now);
    const QString line = errorLine(error, u"Google Health"_s);
    QVERIFY2(line.contains(what), qPrintable(line));
    QVERIFY2(line.contains(step), qPrintable(line));
    QVERIFY2(line.contains(u"(403 "_s + QString::fromLatin1(reason) + u")."_s), qPrintable(line));
}

void TstGoogleHealthErrors::requestsOfOursThatAreWrong_data()
{
    QTest::addColumn<QByteArray>("reason");
    for (const char *reason : {"INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT",
                               "INVALID_PARENT_DATA_TYPE_COLLECTION",
                               "INVALID_FILTER_FORMAT",
                               "INVALID_DATA_POINT_DATA_SOURCE_FAMILY",
                               "INVALID_DATA_POINT_FILTER",
                               "INVALID_DATA_POINT_FILTER_SYNTAX",
                               "INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER",
                               "INVALID_DATA_POINT_FILTER_RESTRICTION_COMPARATOR",
                               "INVALID_DATA_POINT_FILTER_MIXED_TIME_RESTRICTIONS",
                               "INVALID_DATA_POINT_FILTER_TIMESTAMP_FORMAT",
                               "INVALID_DATA_POINT_FILTER_CIVIL_DATE_TIME_FORMAT",
                               "INVALID_DATA_POINT_FILTER_COLLECTION_MISMATCH",
                               "INVALID_TIME_RANGE_INTERVAL_FORMAT",
                               "INVALID_TIME_RANGE",
                               "INVALID_ROLLUP_QUERY_DURATION",
                               "INVALID_ROLLUP_WINDOW",
                               "INVALID_CIVIL_DATE_TIME",
                               "INVALID_DATA_POINT_NAME",
                               "INVALID_DATA_TYPE",
                               "INVALID_PAGE_TOKEN",
                               "INVALID_PAGE_SIZE",
                               "UNSUPPORTED_DATA_TYPE_ACTION"})
        QTest::newRow(reason) << QByteArray(reason);
}

void TstGoogleHealthErrors::requestsOfOursThatAreWrong()
{
    QFETCH(QByteArray, reason);
    const Error error = classifyGoogleHealthAnswer(
        answer(400, status(400, "INVALID_ARGUMENT", "Invalid argument in request: range", reason)), Now);
    QCOMPARE(error.kind, ErrorKind::RequestRefused);
    QCOMPARE(error.code, QString::fromLatin1(reason));
    QCOMPARE(error.detail, u"Google answered 400 (%1): Invalid argument in request: range"_s.arg(
                               QLatin1StringView(reason)));

    const Error narrower =
        classifyGoogleHealthAnswer(answer(400, status(400, "INVALID_ARGUMENT", "x", "INVALID_FILTER_FORMAT",
                                                      R"({"detailedReasons":")" + reason + R"("})")),
                                   Now);
    QVERIFY2(narrower.detail.contains(QLatin1StringView(reason)), qPrintable(narrower.detail));
}

void TstGoogleHealthErrors::aMissingScopeIsNamed()
{
    const Provider &provider = *findProvider(u"google-health"_s).value();
    for (const GoogleHealthType &row : googleHealthTypes()) {
        HttpResponse response = answer(403, status(403, "PERMISSION_DENIED", "x", "MISSING_OAUTH_SCOPE"));
        response.url = QUrl(u"http://127.0.0.1/v4/users/me/dataTypes/%1/dataPoints:rollUp"_s.arg(row.path));
        const Error error = provider.classify(response, Now);
        QCOMPARE(error.kind, ErrorKind::ScopeMissing);
        QVERIFY2(error.detail.contains(row.type.scope), qPrintable(error.detail));
        QVERIFY(error.nextStep.contains(u"Data Access"_s));
    }
    const HttpResponse bare =
        answer(403, {}, {{"WWW-Authenticate", R"(Bearer realm="x", error="insufficient_scope")"}});
    QCOMPARE(provider.classify(bare, Now).kind, ErrorKind::ScopeMissing);
}

void TstGoogleHealthErrors::tokenEndpoint_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("step");
    const auto row = [](const char *name, int code, const QByteArray &body, ErrorKind kind,
                        const QString &reason, const QString &step) {
        QTest::newRow(name) << code << body << errorKindName(kind) << reason << step;
    };
    row("revoked", 400, flat("invalid_grant", "Token has been expired or revoked."), ErrorKind::TokenRefused,
        u"invalid_grant"_s, u"Publish app"_s);
    row("bad code", 400, flat("invalid_grant", "Malformed auth code."), ErrorKind::TokenRefused,
        u"invalid_grant"_s, u"Reconnect"_s);
    row("sign in anew", 400,
        flat("invalid_grant", "reauth related error", R"(,"error_subtype":"invalid_rapt")"),
        ErrorKind::TokenRefused, u"invalid_grant"_s, u"sign in to Google anew"_s);
    row("client unknown", 401, flat("invalid_client", "The OAuth client was not found."),
        ErrorKind::ClientRefused, u"invalid_client"_s, {});
    row("401 empty", 401, {}, ErrorKind::ClientRefused, {}, {});
    row("client of the wrong kind", 400, flat("unauthorized_client", "Unauthorized"),
        ErrorKind::ClientRefused, u"unauthorized_client"_s, u"Desktop app"_s);
    row("no secret", 400, flat("invalid_request", "client_secret is missing."), ErrorKind::RequestRefused,
        u"invalid_request"_s, u"GOOGLE_HEALTH_CLIENT_SECRET"_s);
    row("redirect", 400, flat("redirect_uri_mismatch", "Bad Request"), ErrorKind::RequestRefused,
        u"redirect_uri_mismatch"_s, u"GOOGLE_HEALTH_REDIRECT_URI"_s);
    row("scope", 400, flat("invalid_scope", "x"), ErrorKind::RequestRefused, u"invalid_scope"_s,
        u"GOOGLE_HEALTH_SCOPES"_s);
    row("grant type", 400, flat("unsupported_grant_type", "x"), ErrorKind::RequestRefused,
        u"unsupported_grant_type"_s, {});
    row("already revoked", 400, flat("invalid_token", "Token expired or revoked"), ErrorKind::TokenRefused,
        u"invalid_token"_s, {});
    row("400 empty", 400, {}, ErrorKind::RequestRefused, {}, {});
    row("403 web page", 403, html, ErrorKind::RequestRefused, {}, {});
    row("410", 410, {}, ErrorKind::ServiceGone, {}, {});
    row("429", 429, {}, ErrorKind::RateLimited, {}, {});
    row("500", 500, flat("internal_failure", "Backend Error"), ErrorKind::ServiceFailing,
        u"internal_failure"_s, {});
    row("502 web page", 502, html, ErrorKind::ServiceFailing, {}, {});
}

void TstGoogleHealthErrors::tokenEndpoint()
{
    QFETCH(int, code);
    QFETCH(QByteArray, body);
    QFETCH(QString, step);
    const Error error = classifyGoogleTokenAnswer(answer(code, body), Now);
    QTEST(errorKindName(error.kind), "kind");
    QTEST(error.code, "reason");
    QVERIFY2(error.detail.contains(QString::number(code)), qPrintable(error.detail));
    QVERIFY2(error.nextStep.contains(step), qPrintable(error.nextStep));
    QCOMPARE(error.retryAtUtc.has_value(), error.kind == ErrorKind::RateLimited);
}

void TstGoogleHealthErrors::textsAreBlottedAndShort()
{
    const Error echoed = classifyGoogleHealthAnswer(
        answer(400, status(400, "INVALID_ARGUMENT",
                           "Bad token " + aToken + ". See https://x.example/y?z for more")),
        Now);
    QCOMPARE(echoed.detail, u"Google answered 400 (INVALID_ARGUMENT): Bad token [hidden] for more"_s);

    const Error inReason = classifyGoogleHealthAnswer(answer(400, status(400, aToken, "x", aToken)), Now);
    QVERIFY2(!(inReason.code + inReason.detail).contains(u"INVENTED"_s), qPrintable(inReason.detail));
    const Error inDetail = classifyGoogleHealthAnswer(
        answer(400, status(400, "X", "x", "Y", R"({"detailedReasons":")" + aToken + R"("})")), Now);
    QVERIFY2(!inDetail.detail.contains(u"INVENTED"_s), qPrintable(inDetail.detail));
    for (const QByteArray &body : {flat("invalid_grant", aToken), flat(aToken, "x"),
                                   flat("x", "y", R"(,"error_subtype":")" + aToken + "\"")}) {
        const Error token = classifyGoogleTokenAnswer(answer(400, body), Now);
        QVERIFY2(!(token.code + token.detail).contains(u"INVENTED"_s), qPrintable(token.detail));
    }
    const Error wordy = classifyGoogleHealthAnswer(
        answer(500, status(500, "INTERNAL", QByteArray("word ").repeated(1000))), Now);
    QVERIFY(wordy.detail.size() < 300);
}

// Nothing a server sends makes a refusal look like success, hang or crash.
void TstGoogleHealthErrors::anyStatusWithAnyBody()
{
    const QList<QByteArray> bodies{{},
                                   "null",
                                   "[]",
                                   "{}",
                                   "42",
                                   "\xff\xfe",
                                   html,
                                   R"({"error":{}})",
                                   R"({"error":[]})",
                                   R"({"error":{"status":{},"message":7,"details":{}}})",
                                   R"({"error":{"details":[7,null,[],{"reason":7},{"reason":""}]}})",
                                   R"({"error":{"details":[{"reason":"X","metadata":[]}]}})",
                                   R"({"error":7,"error_description":[],"error_subtype":{}})"};
    for (int code = 0; code < 700; ++code) {
        if (code >= 200 && code < 300)
            continue;
        for (const QByteArray &body : bodies) {
            for (const Error &error : {classifyGoogleHealthAnswer(answer(code, body), Now),
                                       classifyGoogleTokenAnswer(answer(code, body), Now)}) {
                QVERIFY(!error.detail.isEmpty());
                QCOMPARE(error.kind == ErrorKind::ServiceGone, code == 410);
                QCOMPARE(error.kind == ErrorKind::RateLimited, code == 429);
                if (code >= 500)
                    QCOMPARE(error.kind, ErrorKind::ServiceFailing);
            }
        }
    }
}

void TstGoogleHealthErrors::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("none") << QByteArray() << qint64(60);
    QTest::newRow("seconds") << QByteArray("17") << qint64(17);
    QTest::newRow("at once") << QByteArray("0") << qint64(0);
    QTest::newRow("spaces") << QByteArray(" 17 ") << qint64(17);
    QTest::newRow("a day's quota") << QByteArray("86400") << qint64(86'400);
    QTest::newRow("date") << QByteArray("Sat, 21 Nov 2026 07:04:00 GMT") << qint64(120);
    QTest::newRow("a date long past") << QByteArray("Sat, 21 Nov 2015 07:04:00 GMT") << qint64(60);
    QTest::newRow("beyond a day") << QByteArray("1795244520") << qint64(60);
    QTest::newRow("negative") << QByteArray("-5") << qint64(60);
    QTest::newRow("fraction") << QByteArray("1.5") << qint64(60);
    QTest::newRow("words") << QByteArray("soon") << qint64(60);
}

void TstGoogleHealthErrors::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, seconds);
    const HttpResponse limited =
        answer(429, {}, header.isEmpty() ? HttpHeaders() : HttpHeaders{{"retry-after", header}});
    QCOMPARE(classifyGoogleHealthAnswer(limited, Now).retryAtUtc.value_or(-1), Now + seconds);
    const QuotaState quota = googleHealthQuota(limited, Now);
    QVERIFY(quota.exhausted && !quota.limit);
    QCOMPARE(quota.left.value_or(-1), 0);
    QCOMPARE(quota.resetAtUtc.value_or(-1), Now + seconds);
    const QuotaState other = googleHealthQuota(answer(503, {}, limited.headers), Now);
    QVERIFY(!other.exhausted && !other.resetAtUtc);
}

QTEST_GUILESS_MAIN(TstGoogleHealthErrors)
#include "tst_googlehealth_errors.moc"
