// SPDX-License-Identifier: GPL-3.0-or-later
// Every fault on demand, and the control interface.

#include "simulator/simbench.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QByteArray heart = "/1/user/-/activities/heart/date/2024-10-30/1d/1min.json";
const QByteArray profile = "/1/user/-/profile.json";

bool isJson(const QByteArray &body)
{
    return !QJsonDocument::fromJson(body).isNull();
}

} // namespace

class TestSimFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimBench> m_bench;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<SimBench>();
        QVERIFY(m_bench->signIn());
    }

    void cleanup() { m_bench.reset(); }

    void statusWithBodyAndHeaders()
    {
        m_bench->fault({{u"path"_s, u"/1/user"_s},
                        {u"status"_s, 503},
                        {u"body"_s, u"{\"x\":1}"_s},
                        {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"7"_s}}}});
        const SimAnswer spoilt = m_bench->get(heart);
        QCOMPARE(spoilt.status, 503);
        QCOMPARE(spoilt.body, R"({"x":1})");
        QCOMPARE(spoilt.headers.value("retry-after"), "7");
        QCOMPARE(m_bench->get(heart).status, 200);
    }

    void matchingByCountPathAndMethod()
    {
        m_bench->fault({{u"regex"_s, u"heart.*1min"_s}, {u"skip"_s, 1}, {u"times"_s, 2}, {u"status"_s, 500}});
        QCOMPARE(m_bench->get(heart).status, 200);
        QCOMPARE(m_bench->get(profile).status, 200);
        QCOMPARE(m_bench->get(heart).status, 500);
        QCOMPARE(m_bench->get(heart).status, 500);
        QCOMPARE(m_bench->get(heart).status, 200);
        m_bench->fault({{u"method"_s, u"POST"_s}, {u"status"_s, 500}, {u"times"_s, -1}});
        QCOMPARE(m_bench->get(heart).status, 200);
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 500);
        QCOMPARE(m_bench->control("faults").value(u"faults"_s).toArray().size(), 2);
        m_bench->control("clear-faults");
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 200);
        QVERIFY(m_bench->control("fault", {{u"kind"_s, u"nonsense"_s}}).contains(u"error"_s));
        QVERIFY(m_bench->control("fault", {{u"regex"_s, u"("_s}}).contains(u"error"_s));
    }

    void delay()
    {
        m_bench->fault({{u"path"_s, u"/1/"_s}, {u"delayMs"_s, 300}});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_bench->get(heart).status, 200);
        QVERIFY(timer.elapsed() >= 290);
    }

    void hang()
    {
        m_bench->fault({{u"path"_s, u"/1/"_s}, {u"kind"_s, u"hang"_s}});
        const SimAnswer answer = m_bench->get(heart, {}, 300);
        QVERIFY(answer.timedOut);
        QCOMPARE(m_bench->get(heart).status, 200);
    }

    void dropBeforeTheAnswer()
    {
        m_bench->fault({{u"path"_s, u"/1/"_s}, {u"kind"_s, u"drop"_s}, {u"times"_s, -1}});
        const SimAnswer answer = m_bench->get(heart);
        QCOMPARE(answer.status, 0);
        QVERIFY(answer.error != QNetworkReply::NoError);
    }

    void aLostAnswerWasStillWorkedOn()
    {
        m_bench->fault({{u"path"_s, u"/oauth2/token"_s}, {u"kind"_s, u"drop"_s}, {u"times"_s, -1}});
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 0);
        m_bench->control("clear-faults");
        const SimAnswer repeated = m_bench->refresh(m_bench->refreshToken);
        QCOMPARE(repeated.status, 200);
        QVERIFY(m_bench->control("grants")
                    .value(u"grants"_s)
                    .toArray()
                    .at(0)
                    .toObject()
                    .value(u"refreshes"_s)
                    .toInt() == 1);
        m_bench->clock.advance(121);
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).errorType(), u"invalid_grant"_s);
    }

    void aDroppedRequestNeedNotBeWorkedOn()
    {
        m_bench->fault({{u"path"_s, u"/oauth2/token"_s},
                        {u"kind"_s, u"drop"_s},
                        {u"times"_s, -1},
                        {u"process"_s, false}});
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 0);
        QVERIFY(m_bench->control("grants")
                    .value(u"grants"_s)
                    .toArray()
                    .at(0)
                    .toObject()
                    .value(u"refreshes"_s)
                    .toInt() == 0);
    }

    void dropInTheMiddleOfTheBody()
    {
        const QByteArray whole = m_bench->get(heart).body;
        m_bench->fault({{u"path"_s, u"/1/"_s}, {u"kind"_s, u"drop-body"_s}, {u"times"_s, -1}});
        const SimAnswer answer = m_bench->get(heart, {{"Accept-Encoding", "identity"}});
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.size() < whole.size());
        const SimAnswer packed = m_bench->get(heart);
        QVERIFY(packed.body.size() < whole.size());
    }

    void brokenJson()
    {
        m_bench->fault({{u"kind"_s, u"truncated-json"_s}});
        const SimAnswer half = m_bench->get(heart);
        QCOMPARE(half.error, QNetworkReply::NoError);
        QVERIFY(!half.body.isEmpty() && !isJson(half.body));
        m_bench->fault({{u"kind"_s, u"malformed-json"_s}});
        const SimAnswer odd = m_bench->get(heart);
        QVERIFY(odd.body.endsWith(",,") && !isJson(odd.body));
        m_bench->fault({{u"kind"_s, u"html"_s}});
        const SimAnswer html = m_bench->get(heart);
        QCOMPARE(html.status, 200);
        QVERIFY(html.body.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.headers.value("content-type").startsWith("text/html"));
        QVERIFY(isJson(m_bench->get(heart).body));
    }

    void wrongLengths()
    {
        const QByteArray whole = m_bench->get(heart).body;
        const SimHeaders plain = {{"Accept-Encoding", "identity"}};
        m_bench->fault({{u"kind"_s, u"longer-length"_s}});
        const SimAnswer longer = m_bench->get(heart, plain);
        QVERIFY(longer.error != QNetworkReply::NoError || longer.body == whole);
        QCOMPARE(longer.headers.value("content-length").toLongLong(), whole.size() + 100);
        m_bench->fault({{u"kind"_s, u"shorter-length"_s}});
        const SimAnswer shorter = m_bench->get(heart, plain);
        QCOMPARE(shorter.body.size(), whole.size() - 100);
        QCOMPARE(m_bench->get(heart, plain).body, whole);
    }

    void truncatedGzip()
    {
        const QByteArray whole = m_bench->get(heart).body;
        m_bench->fault({{u"kind"_s, u"truncated-gzip"_s}});
        const SimAnswer answer = m_bench->get(heart);
        QVERIFY(answer.body.size() < whole.size());
        QCOMPARE(m_bench->get(heart).body, whole);
    }

    void headerInSegments()
    {
        const QByteArray whole = m_bench->get(heart).body;
        m_bench->fault({{u"kind"_s, u"split-header"_s}, {u"times"_s, 2}});
        QCOMPARE(m_bench->get(heart).body, whole);
        QCOMPARE(m_bench->get(heart).body, whole);
        QCOMPARE(m_bench->get(heart).body, whole);
    }

    void slowBody()
    {
        const QByteArray whole = m_bench->get(heart).body;
        m_bench->fault({{u"kind"_s, u"slow-body"_s}, {u"pauseMs"_s, 20}});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_bench->get(heart).body, whole);
        QVERIFY(timer.elapsed() >= 190);
        QCOMPARE(m_bench->get(heart).body, whole);
    }

    void quotaUsedUp()
    {
        m_bench->fault({{u"kind"_s, u"quota"_s}, {u"skip"_s, 1}});
        QCOMPARE(m_bench->get(heart).status, 200);
        QCOMPARE(m_bench->get(heart).status, 429);
        QCOMPARE(m_bench->get(heart).status, 429);
        m_bench->clock.advance(3600);
        QCOMPARE(m_bench->get(heart).status, 200);
    }

    void expiredInTheMiddleOfARun()
    {
        m_bench->fault({{u"kind"_s, u"expired"_s}});
        QCOMPARE(m_bench->get(heart).errorType(), u"expired_token"_s);
        QCOMPARE(m_bench->get(heart).errorType(), u"expired_token"_s);
        m_bench->take(m_bench->refresh(m_bench->refreshToken));
        QCOMPARE(m_bench->get(heart).status, 200);
        QCOMPARE(m_bench->control("expire").value(u"count"_s).toInt(), 1);
        QCOMPARE(m_bench->get(heart).errorType(), u"expired_token"_s);
    }

    void revokedAtTheWebSite()
    {
        m_bench->fault({{u"kind"_s, u"revoked"_s}});
        QCOMPARE(m_bench->get(heart).errorType(), u"invalid_token"_s);
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).errorType(), u"invalid_grant"_s);
        QVERIFY(m_bench->signIn());
        QCOMPARE(m_bench->control("revoke").value(u"count"_s).toInt(), 1);
        QCOMPARE(m_bench->get(heart).errorType(), u"invalid_token"_s);
    }

    void goneForEverything()
    {
        m_bench->control("switch", {{u"gone"_s, true}});
        QCOMPARE(m_bench->get(heart).status, 410);
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 410);
        QCOMPARE(m_bench->send("GET", SimBench::authorizeTarget()).status, 410);
        m_bench->control("switch", {{u"gone"_s, false}});
        m_bench->fault({{u"kind"_s, u"gone"_s}});
        QCOMPARE(m_bench->get(heart).status, 410);
        QCOMPARE(m_bench->get(heart).status, 200);
    }

    void otherRefusals()
    {
        m_bench->fault({{u"kind"_s, u"server-error"_s}});
        const SimAnswer page = m_bench->get(heart);
        QCOMPARE(page.status, 502);
        QVERIFY(page.body.contains("<h1>502 Bad Gateway</h1>"));
        m_bench->fault({{u"kind"_s, u"server-error"_s}, {u"status"_s, 504}});
        QCOMPARE(m_bench->get(heart).status, 504);
        m_bench->fault({{u"kind"_s, u"front-end-403"_s}});
        const SimAnswer front = m_bench->get(heart);
        QCOMPARE(front.status, 403);
        QCOMPARE(front.json().value(u"error"_s).toObject().value(u"status"_s).toString(),
                 u"PERMISSION_DENIED"_s);
        m_bench->fault({{u"kind"_s, u"no-intraday"_s}});
        QCOMPARE(m_bench->get(heart).errorType(), u"insufficient_permissions"_s);
        m_bench->fault({{u"kind"_s, u"conflict"_s}, {u"path"_s, u"/oauth2/token"_s}});
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 409);
    }

    void overlappingRefreshesConflict()
    {
        m_bench->control("switch", {{u"refreshConflict"_s, true}});
        m_bench->fault({{u"path"_s, u"/oauth2/token"_s}, {u"delayMs"_s, 800}});
        const SimBench &bench = *m_bench;
        const QByteArray basic = QByteArray("23DEMO:").append(SimBench::secret).toBase64();
        QNetworkAccessManager network;
        QNetworkRequest request(QUrl(bench.simulator->baseUrl().toString() + u"/oauth2/token"_s));
        request.setRawHeader("Content-Type", "application/x-www-form-urlencoded");
        request.setRawHeader("Authorization", "Basic " + basic);
        const std::unique_ptr<QNetworkReply> slow(
            network.post(request, "grant_type=refresh_token&refresh_token=" + bench.refreshToken));
        const auto counted = [this] {
            return m_bench->control("log")
                .value(u"counts"_s)
                .toObject()
                .value(u"POST /oauth2/token"_s)
                .toInt();
        };
        QTRY_COMPARE(counted(), 2);
        QCOMPARE(m_bench->refresh(bench.refreshToken).status, 409);
        QTRY_VERIFY(slow->isFinished());
        QCOMPARE(slow->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
        QCOMPARE(m_bench->refresh(bench.refreshToken).status, 200);
    }

    void refreshMayKillTheOldAccessToken()
    {
        m_bench->refresh(m_bench->refreshToken);
        QCOMPARE(m_bench->get(profile).status, 200);
        QVERIFY(m_bench->signIn());
        m_bench->control("switch", {{u"refreshKillsAccess"_s, true}});
        m_bench->refresh(m_bench->refreshToken);
        QCOMPARE(m_bench->get(profile).status, 401);
    }

    void givenBodiesAreServedByteForByte()
    {
        const QByteArray body = "{\n  \"activities-heart\": [ ]\r\n}";
        m_bench->control("body", {{u"path"_s, QString::fromLatin1(heart)},
                                  {u"base64"_s, QString::fromLatin1(body.toBase64())}});
        QCOMPARE(m_bench->get(heart).body, body);
        m_bench->accessToken = "wrong";
        QCOMPARE(m_bench->get(heart).status, 401);
        QVERIFY(m_bench->signIn());
        m_bench->control("body", {{u"path"_s, QString::fromLatin1(heart)}});
        QVERIFY(m_bench->get(heart).body != body);
    }

    void theLogHoldsNoSecrets()
    {
        m_bench->get(heart, {{"Accept-Language", "de_DE"}});
        m_bench->refresh(m_bench->refreshToken);
        const QByteArray log = m_bench->simulator->control("log", "{}");
        QVERIFY(!log.contains(SimBench::secret));
        QVERIFY(!log.contains(m_bench->accessToken) && !log.contains(m_bench->refreshToken));
        const QJsonArray entries = QJsonDocument::fromJson(log).object().value(u"entries"_s).toArray();
        const QJsonObject asked = entries.at(entries.size() - 2).toObject();
        QCOMPARE(asked.value(u"path"_s).toString(), QString::fromLatin1(heart));
        QCOMPARE(asked.value(u"acceptLanguage"_s).toString(), u"de_DE"_s);
        QVERIFY(asked.value(u"hasBearer"_s).toBool() && !asked.value(u"hasBasic"_s).toBool());
        const QJsonObject token = entries.last().toObject();
        QVERIFY(token.value(u"hasBasic"_s).toBool());
        QCOMPARE(token.value(u"grantType"_s).toString(), u"refresh_token"_s);
        QVERIFY(token.value(u"fields"_s).toArray().contains(u"client_id"_s));
        QCOMPARE(token.value(u"status"_s).toInt(), 200);
        m_bench->control("log", {{u"clear"_s, true}});
        QCOMPARE(m_bench->control("log").value(u"total"_s).toInt(), 0);
    }

    void issuedSecretsAreToldToTests()
    {
        const QJsonArray secrets = m_bench->control("secrets").value(u"secrets"_s).toArray();
        QCOMPARE(secrets.size(), 3);
        QVERIFY(secrets.contains(QString::fromLatin1(m_bench->accessToken)));
        QVERIFY(secrets.contains(QString::fromLatin1(m_bench->refreshToken)));
    }

    void theClockCanBeTurned()
    {
        const QJsonObject set = m_bench->control("clock", {{u"now"_s, u"2024-12-24T12:00:00Z"_s}});
        QCOMPARE(set.value(u"now"_s).toInteger(),
                 QDateTime(QDate(2024, 12, 24), QTime(12, 0), Qt::UTC).toSecsSinceEpoch());
        QCOMPARE(m_bench->get(heart).errorType(), u"expired_token"_s);
        QVERIFY(m_bench->signIn());
        m_bench->control("clock", {{u"advance"_s, 28'801}});
        QCOMPARE(m_bench->get(heart).errorType(), u"expired_token"_s);
        m_bench->control("reset");
        QCOMPARE(m_bench->control("status").value(u"now"_s).toInteger(), m_bench->clock.nowUtc());
        QCOMPARE(m_bench->control("grants").value(u"count"_s).toInt(), 0);
    }

    void theZoneCanBeSet()
    {
        m_bench->control("zone", {{u"zone"_s, u"Pacific/Chatham"_s}});
        const QJsonObject user = m_bench->get(profile).json().value(u"user"_s).toObject();
        QCOMPARE(user.value(u"timezone"_s).toString(), u"Pacific/Chatham"_s);
        QCOMPARE(user.value(u"offsetFromUTCMillis"_s).toInt(), 49'500'000);
        QVERIFY(m_bench->control("zone", {{u"zone"_s, u"Nowhere/None"_s}}).contains(u"error"_s));
    }

    void controlOverHttpOnlyWhenOn()
    {
        const SimAnswer answer = m_bench->send("POST", "/control/status", "{}");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value(u"grants"_s).toInt(), 1);
        QCOMPARE(m_bench->send("GET", "/control/status").status, 200);
        QCOMPARE(m_bench->send("POST", "/control/nothing", "{}").status, 400);
        QCOMPARE(m_bench->send("POST", "/control/status", "[").status, 400);
        QCOMPARE(m_bench->send("POST", "/control/status", "{}", {{"Origin", "http://x"}}).status, 404);
        SimulatorOptions options = SimBench::defaults();
        options.control = false;
        SimBench closed(options);
        QCOMPARE(closed.send("POST", "/control/status", "{}").status, 404);
    }

    void usersByHand()
    {
        const QString added = m_bench->control("user", {{u"add"_s, true}}).value(u"id"_s).toString();
        QCOMPARE(m_bench->control("status").value(u"currentUser"_s).toString(), added);
        QVERIFY(m_bench->signIn());
        QCOMPARE(m_bench->get(profile).json().value(u"user"_s).toObject().value(u"encodedId"_s).toString(),
                 added);
        QVERIFY(m_bench->control("user", {{u"user"_s, 0}}).value(u"id"_s).toString() != added);
        QVERIFY(m_bench->control("user", {{u"user"_s, 9}}).contains(u"error"_s));
    }
};

QTEST_GUILESS_MAIN(TestSimFaults)
#include "tst_sim_faults.moc"
