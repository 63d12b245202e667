// SPDX-License-Identifier: GPL-3.0-or-later

// The decision table of refusals and the quota headers, good and garbled.

#include "providers/fitbit/fitbiterrors.h"
#include "providers/fitbit/fitbitquota.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

// 2024-03-12T14:20:00Z: forty minutes before the full hour.
constexpr qint64 Now = 1710253200;
constexpr qint64 NextHour = 1710255600;
constexpr qint64 Margin = 60;

const QByteArray aToken = "eyJhbGciOiJIUzI1NiJ9.INVENTEDPAYLOADINVENTED.SIGNATURE";

QByteArray envelope(const char *type, const QByteArray &message)
{
    return QByteArray(R"({"errors":[{"errorType":")") + type + R"(","fieldName":"n/a","message":")" +
           message + R"("}],"success":false})";
}

HttpResponse answer(int status, const QByteArray &body = {}, const HttpHeaders &headers = {})
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    response.headers = headers;
    return response;
}

} // namespace

class TstFitbitErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decisions_data();
    void decisions();
    void textsAreBlottedAndShort();
    void anyStatusWithAnyBody();
    void retryAt_data();
    void retryAt();
    void quotaHeaders();
};

void TstFitbitErrors::decisions_data()
{
    QTest::addColumn<bool>("tokenEndpoint");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");

    const auto data = [](const char *name, int status, const QByteArray &body, ErrorKind kind,
                         const QString &code) {
        QTest::newRow(name) << false << status << body << errorKindName(kind) << code;
    };
    const auto token = [](const char *name, int status, const QByteArray &body, ErrorKind kind,
                          const QString &code) {
        QTest::newRow(name) << true << status << body << errorKindName(kind) << code;
    };
    const QByteArray google403 =
        R"({"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}})";
    const QByteArray html = "<html><body>Bad gateway</body></html>";

    data("expired", 401, envelope("expired_token", "Access token expired: " + aToken),
         ErrorKind::TokenRefused, u"expired_token"_s);
    data("invalid", 401, envelope("invalid_token", "Access token invalid: " + aToken),
         ErrorKind::TokenRefused, u"invalid_token"_s);
    data("401 empty", 401, {}, ErrorKind::TokenRefused, u"invalid_token"_s);
    data("401 html", 401, html, ErrorKind::TokenRefused, u"invalid_token"_s);
    data("401 no header", 401, envelope("invalid_request", "Authorization header required."),
         ErrorKind::TokenRefused, u"invalid_token"_s);
    data("401 client", 401, envelope("invalid_client", "Client id invalid"), ErrorKind::ClientRefused,
         u"invalid_client"_s);
    data(
        "403 scope", 403,
        envelope("insufficient_scope", "This application does not have permission to access heartrate data."),
        ErrorKind::ScopeMissing, u"insufficient_scope"_s);
    data("403 permission", 403, envelope("insufficient_permissions", "API client is not authorized"),
         ErrorKind::PermissionDenied, u"insufficient_permissions"_s);
    data("403 empty", 403, {}, ErrorKind::PermissionDenied, {});
    data("403 front end", 403, google403, ErrorKind::ServiceFailing, u"PERMISSION_DENIED"_s);
    data("400", 400, envelope("validation", "Invalid date: 2024-02-31"), ErrorKind::RequestRefused,
         u"validation"_s);
    data("404", 404, envelope("not_found", "The resource with given id doesn't exist"),
         ErrorKind::RequestRefused, u"not_found"_s);
    data("409", 409, envelope("request", "conflict"), ErrorKind::ServiceFailing, u"conflict"_s);
    data("410 empty", 410, {}, ErrorKind::ServiceGone, {});
    data("410 html", 410, html, ErrorKind::ServiceGone, {});
    data("410 token words", 410, envelope("invalid_token", "gone"), ErrorKind::ServiceGone,
         u"invalid_token"_s);
    data("429 system", 429, envelope("system", "Too Many Requests"), ErrorKind::RateLimited, u"system"_s);
    data("429 request", 429, envelope("request", "Rate limit exceeded for this user."),
         ErrorKind::RateLimited, u"request"_s);
    data("429 front end", 429, R"({"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}})",
         ErrorKind::RateLimited, u"RESOURCE_EXHAUSTED"_s);
    data("429 html", 429, html, ErrorKind::RateLimited, {});
    data("500", 500, envelope("system", "oops"), ErrorKind::ServiceFailing, u"system"_s);
    data("502 html", 502, html, ErrorKind::ServiceFailing, {});
    data("503 empty", 503, {}, ErrorKind::ServiceFailing, {});
    data("504 cut off", 504, R"({"errors":[{"err)", ErrorKind::ServiceFailing, {});
    data("500 says token", 500, envelope("invalid_grant", "x"), ErrorKind::ServiceFailing,
         u"invalid_grant"_s);
    data("302", 302, {}, ErrorKind::RequestRefused, {});
    data("408", 408, {}, ErrorKind::ServiceFailing, {});
    data("400 grant words from the data api", 400, envelope("invalid_grant", "x"), ErrorKind::RequestRefused,
         u"invalid_grant"_s);

    token("grant", 400, envelope("invalid_grant", "Refresh token invalid: " + aToken),
          ErrorKind::TokenRefused, u"invalid_grant"_s);
    token("grant, flat", 400, R"({"error":"invalid_grant","error_description":"Refresh token invalid"})",
          ErrorKind::TokenRefused, u"invalid_grant"_s);
    token("client", 401, envelope("invalid_client", "Invalid authorization header."),
          ErrorKind::ClientRefused, u"invalid_client"_s);
    token("client, flat 400", 400, R"({"error":"invalid_client"})", ErrorKind::ClientRefused,
          u"invalid_client"_s);
    token("unauthorized client", 400, R"({"error":"unauthorized_client"})", ErrorKind::ClientRefused,
          u"unauthorized_client"_s);
    token("no header", 401, envelope("invalid_request", "Authorization header required."),
          ErrorKind::ClientRefused, u"invalid_request"_s);
    token("parameters", 400, envelope("invalid_request", "Missing parameters: refresh_token"),
          ErrorKind::RequestRefused, u"invalid_request"_s);
    token("empty 400", 400, {}, ErrorKind::RequestRefused, {});
    token("front end", 403, google403, ErrorKind::ServiceFailing, u"PERMISSION_DENIED"_s);
    token("conflict", 409, envelope("request", "x"), ErrorKind::ServiceFailing, u"conflict"_s);
    token("gone", 410, {}, ErrorKind::ServiceGone, {});
    token("limited", 429, {}, ErrorKind::RateLimited, {});
    token("502", 502, html, ErrorKind::ServiceFailing, {});
}

void TstFitbitErrors::decisions()
{
    QFETCH(bool, tokenEndpoint);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);
    QFETCH(QString, code);
    const Error error = classifyFitbitAnswer(
        answer(status, body), tokenEndpoint ? FitbitEndpoint::Token : FitbitEndpoint::Data, Now);
    QCOMPARE(errorKindName(error.kind), kind);
    QCOMPARE(error.code, code);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(error.detail.contains(QString::number(status)));
    QVERIFY2(!error.detail.contains(u"INVENTEDPAYLOAD"_s), qPrintable(error.detail));
    QCOMPARE(error.retryAtUtc.has_value(), error.kind == ErrorKind::RateLimited);
}

void TstFitbitErrors::textsAreBlottedAndShort()
{
    const QByteArray message =
        "Access token expired: " + aToken +
        ". Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web "
        "API authorization process.";
    const Error expired =
        classifyFitbitAnswer(answer(401, envelope("expired_token", message)), FitbitEndpoint::Data, Now);
    QVERIFY2(!expired.detail.contains(u"SIGNATURE"_s), qPrintable(expired.detail));
    QVERIFY2(!expired.detail.contains(u"Visit"_s), qPrintable(expired.detail));
    QVERIFY(expired.detail.startsWith(u"Fitbit answered 401: Access token expired: [hidden]"_s));

    const Error inCode =
        classifyFitbitAnswer(answer(400, envelope(aToken.constData(), "no")), FitbitEndpoint::Data, Now);
    QVERIFY2(!inCode.code.contains(u"INVENTED"_s), qPrintable(inCode.code));

    const Error wordy = classifyFitbitAnswer(
        answer(500, envelope("system", QByteArray("word ").repeated(1000))), FitbitEndpoint::Data, Now);
    QVERIFY(wordy.detail.size() < 300);
}

// Nothing a server sends makes a refusal look like success, hang or crash.
void TstFitbitErrors::anyStatusWithAnyBody()
{
    const QList<QByteArray> bodies{{},
                                   "null",
                                   "[]",
                                   "{}",
                                   "42",
                                   "\xff\xfe\x00",
                                   R"({"errors":{}})",
                                   R"({"errors":[]})",
                                   R"({"errors":[7]})",
                                   R"({"errors":[{"errorType":7,"message":[]}]})",
                                   R"({"error":[]})",
                                   R"({"error":{"status":{}}})"};
    for (int status = 0; status < 700; ++status) {
        if (status >= 200 && status < 300)
            continue;
        for (const QByteArray &body : bodies) {
            for (const auto endpoint : {FitbitEndpoint::Data, FitbitEndpoint::Token}) {
                const Error error = classifyFitbitAnswer(answer(status, body), endpoint, Now);
                QVERIFY(!error.detail.isEmpty());
                QCOMPARE(error.kind == ErrorKind::ServiceGone, status == 410);
                QCOMPARE(error.kind == ErrorKind::RateLimited, status == 429);
                if (status >= 500)
                    QCOMPARE(error.kind, ErrorKind::ServiceFailing);
            }
        }
    }
}

void TstFitbitErrors::retryAt_data()
{
    QTest::addColumn<QByteArray>("reset");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *name, const char *reset, const char *retryAfter, qint64 expected) {
        QTest::newRow(name) << QByteArray(reset) << QByteArray(retryAfter) << expected;
    };
    row("reset", "1201", "", Now + 1201 + Margin);
    row("reset wins over a misleading header", "1201", "5", Now + 1201 + Margin);
    row("reset of zero", "0", "", Now + Margin);
    row("retry after", "", "300", Now + 300 + Margin);
    row("retry after as a date", "", "Tue, 12 Mar 2024 14:30:00 GMT", Now + 600 + Margin);
    row("nothing", "", "", NextHour + Margin);
    row("time stamp for seconds", "1710255600", "", NextHour + Margin);
    row("negative", "-5", "", NextHour + Margin);
    row("text", "soon", "later", NextHour + Margin);
    row("beyond a number", "99999999999999999999999999", "1e9", NextHour + Margin);
    row("fraction", "12.5", "", NextHour + Margin);
    row("a day", "", "86400", NextHour + Margin);
    row("a date long past", "", "Tue, 12 Mar 2013 14:30:00 GMT", NextHour + Margin);
    row("spaces", " 1201 ", "", Now + 1201 + Margin);
}

void TstFitbitErrors::retryAt()
{
    QFETCH(QByteArray, reset);
    QFETCH(QByteArray, retryAfter);
    QFETCH(qint64, expected);
    HttpHeaders headers;
    if (!reset.isEmpty())
        headers.append({"fitbit-rate-limit-RESET", reset});
    if (!retryAfter.isEmpty())
        headers.append({"retry-after", retryAfter});
    const HttpResponse limited = answer(429, {}, headers);
    QCOMPARE(*classifyFitbitAnswer(limited, FitbitEndpoint::Data, Now).retryAtUtc, expected);
    const QuotaState quota = fitbitQuota(limited, Now);
    QVERIFY(quota.exhausted);
    QCOMPARE(quota.left.value_or(-1), 0);
    QCOMPARE(quota.resetAtUtc.value_or(-1), expected);
}

void TstFitbitErrors::quotaHeaders()
{
    const QuotaState told = fitbitQuota(answer(200, {},
                                               {{"Fitbit-rate-limit-limit", "150"},
                                                {"fitbit-rate-limit-remaining", "121"},
                                                {"FITBIT-RATE-LIMIT-RESET", "1201"}}),
                                        Now);
    QCOMPARE(told.limit.value_or(-1), 150);
    QCOMPARE(told.left.value_or(-1), 121);
    QCOMPARE(told.resetAtUtc.value_or(-1), Now + 1201);
    QVERIFY(!told.exhausted);

    const QuotaState silent = fitbitQuota(answer(200), Now);
    QVERIFY(!silent.limit && !silent.left && !silent.resetAtUtc && !silent.exhausted);

    const QuotaState garbled = fitbitQuota(answer(403, {},
                                                  {{"Fitbit-Rate-Limit-Limit", "many"},
                                                   {"Fitbit-Rate-Limit-Remaining", "-3"},
                                                   {"Fitbit-Rate-Limit-Reset", "1710255600"}}),
                                           Now);
    QVERIFY(!garbled.limit && !garbled.left && !garbled.resetAtUtc && !garbled.exhausted);
}

QTEST_GUILESS_MAIN(TstFitbitErrors)
#include "tst_fitbit_errors.moc"
