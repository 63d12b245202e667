// SPDX-License-Identifier: GPL-3.0-or-later
// What the simulated Health API refuses, with which status and reason, and in which order it looks.

#include "simulator/googlebench.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestSimGoogleRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<GoogleBench>();
        QVERIFY(m_bench->signIn());
    }

    void whoMayAsk()
    {
        GoogleBench &bench = *m_bench;
        const QByteArray path = "/v4/users/me/dataTypes/steps/dataPoints";
        const SimAnswer none = bench.send("GET", path);
        QCOMPARE(none.status, 401);
        QCOMPARE(reasonOf(none), u"CREDENTIALS_MISSING"_s);
        QCOMPARE(none.headers.value("www-authenticate"), "Bearer realm=\"https://accounts.google.com/\"");
        QVERIFY(none.body.contains("DataPointsService.ListDataPoints"));
        QVERIFY(messageOf(bench.send("GET", path + "?key=x")).startsWith(u"API keys are not supported"_s));
        const SimAnswer garbage = bench.send("GET", path, {}, {{"Authorization", "Bearer ya29.a0nonsense"}});
        QCOMPARE(garbage.status, 401);
        QCOMPARE(statusOf(garbage), u"UNAUTHENTICATED"_s);
        QVERIFY(!garbage.body.contains("details"));
        QVERIFY(garbage.headers.value("www-authenticate").endsWith("error=\"invalid_token\""));
    }

    void unknownPathsGetTheFrontEndsPage_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("no resource") << QByteArray("GET") << QByteArray("/v4/users/me");
        QTest::newRow("wrong guess") << QByteArray("GET") << QByteArray("/v4/users/me/devices");
        QTest::newRow("wrong verb") << QByteArray("GET")
                                    << QByteArray("/v4/users/me/dataTypes/steps/dataPoints:dailyRollUp");
        QTest::newRow("posted list") << QByteArray("POST")
                                     << QByteArray("/v4/users/me/dataTypes/steps/dataPoints:reconcile");
        QTest::newRow("beta") << QByteArray("GET") << QByteArray("/v4beta/users/me/identity");
        QTest::newRow("sign-in") << QByteArray("GET") << QByteArray("/o/oauth2/auth");
        QTest::newRow("token by GET") << QByteArray("GET") << QByteArray("/token");
    }

    void unknownPathsGetTheFrontEndsPage()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        const SimAnswer answer = m_bench->send(method, path);
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.headers.value("content-type").startsWith("text/html"));
        QVERIFY(answer.body.contains("Error 404 (Not Found)!!1"));
    }

    void projectAndAccountCanRefuse_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::newRow("disabled") << u"googleProject"_s << u"disabled"_s << 403 << u"SERVICE_DISABLED"_s;
        QTest::newRow("not onboarded")
            << u"googleProject"_s << u"notOnboarded"_s << 403 << u"API_PRIVATE_PREVIEW_ACCESS_DENIED"_s;
        QTest::newRow("not linked") << u"googleAccount"_s << u"notLinked"_s << 400 << u"ACCOUNT_NOT_LINKED"_s;
        QTest::newRow("precondition") << u"googleAccount"_s << u"precondition"_s << 412 << QString();
        QTest::newRow("no permission")
            << u"googleAccount"_s << u"noPermission"_s << 403 << u"RESOURCE_PERMISSION_DENIED"_s;
    }

    void projectAndAccountCanRefuse()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(int, status);
        QFETCH(QString, reason);
        QVERIFY(m_bench->control("switch", {{name, u"nonsense"_s}}).contains(u"error"_s));
        m_bench->control("switch", {{name, value}});
        for (const QByteArray &path : {QByteArray("/v4/users/me/identity"),
                                       QByteArray("/v4/users/me/dataTypes/nonsense/dataPoints")}) {
            const SimAnswer answer = m_bench->get(path);
            QCOMPARE(answer.status, status);
            QCOMPARE(reasonOf(answer), reason);
        }
        m_bench->control("reset");
        QVERIFY(m_bench->signIn());
        QCOMPARE(m_bench->get("/v4/users/me/identity").status, 200);
    }

    void typesAndOperations_data()
    {
        QTest::addColumn<QByteArray>("points");
        QTest::addColumn<QString>("reason"); // empty: an empty answer
        QTest::newRow("unknown") << QByteArray("daily-steps/dataPoints") << u"INVALID_DATA_TYPE"_s;
        QTest::newRow("underscore") << QByteArray("heart_rate/dataPoints") << u"INVALID_DATA_TYPE"_s;
        QTest::newRow("calories") << QByteArray("total-calories/dataPoints")
                                  << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("floors") << QByteArray("floors/dataPoints") << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("oxygen reconciled")
            << QByteArray("oxygen-saturation/dataPoints:reconcile") << QString();
        QTest::newRow("moods") << QByteArray("moods/dataPoints") << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("one step") << QByteArray("steps/dataPoints/1") << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("one sleep") << QByteArray("sleep/dataPoints/1") << u"RESOURCE_NOT_FOUND"_s;
        QTest::newRow("sleep of a family")
            << QByteArray("sleep/dataPoints?dataSourceFamily=users/me/dataSourceFamilies/all-sources")
            << u"INVALID_DATA_POINT_DATA_SOURCE_FAMILY"_s;
        QTest::newRow("height") << QByteArray("height/dataPoints") << QString();
        QTest::newRow("ecg") << QByteArray("electrocardiogram/dataPoints") << u"MISSING_OAUTH_SCOPE"_s;
        QTest::newRow("start and end") << QByteArray("steps/dataPoints?startTime=x") << QString(u"-"_s);
        QTest::newRow("family") << QByteArray("steps/dataPoints?dataSourceFamily=google-wearables")
                                << u"INVALID_DATA_POINT_DATA_SOURCE_FAMILY"_s;
        QTest::newRow("filter") << QByteArray(
                                       "steps/dataPoints?filter=steps.date%20%3E%3D%20%222024-11-01%22")
                                << u"INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER"_s;
    }

    void typesAndOperations()
    {
        QFETCH(QByteArray, points);
        QFETCH(QString, reason);
        const SimAnswer answer = m_bench->list(points);
        if (reason.isEmpty()) {
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, "{}");
            return;
        }
        QVERIFY(answer.status >= 400);
        QCOMPARE(reasonOf(answer), reason == u"-"_s ? QString() : reason);
    }

    void unsupportedOperationsNameTheOthers()
    {
        QCOMPARE(
            messageOf(m_bench->list("total-calories/dataPoints")),
            u"List is not supported for data type total-calories, but the following actions are supported: "
            "rollup, dailyRollup"_s);
        const SimAnswer numeric = m_bench->get("/v4/users/123/dataTypes/steps/dataPoints");
        QCOMPARE(numeric.status, 400);
        QCOMPARE(reasonOf(numeric), QString());
    }

    void scopesAreCheckedPerType()
    {
        QVERIFY(m_bench->signIn(GoogleBench::activity));
        QCOMPARE(m_bench->list("steps/dataPoints").status, 200);
        const SimAnswer heart = m_bench->list("heart-rate/dataPoints");
        QCOMPARE(heart.status, 403);
        QCOMPARE(reasonOf(heart), u"MISSING_OAUTH_SCOPE"_s);
        QCOMPARE(reasonOf(m_bench->get("/v4/users/me/settings")), u"ACCESS_TOKEN_SCOPE_INSUFFICIENT"_s);
        QCOMPARE(m_bench->get("/v4/users/me/identity").status, 200);
        QVERIFY(m_bench->signIn("openid email"));
        QCOMPARE(reasonOf(m_bench->get("/v4/users/me/identity")), u"ACCESS_TOKEN_SCOPE_INSUFFICIENT"_s);
    }

    void rollUpTraps_data()
    {
        QTest::addColumn<QByteArray>("points");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("reason"); // empty: 200; "-": 400 without reason
        const QByteArray heart = "heart-rate/dataPoints:rollUp";
        const QByteArray steps = "steps/dataPoints:dailyRollUp";
        const auto range = [](const char *end) {
            return "\"range\":{\"startTime\":\"2024-10-01T00:00:00Z\",\"endTime\":\"" + QByteArray(end) +
                   "\"}";
        };
        const auto days = [](const QByteArray &from, const QByteArray &to) {
            return R"("range":{"start":{"date":)" + from + R"(},"end":{"date":)" + to + "}}";
        };
        const QByteArray first = R"({"year":2024,"month":8,"day":1})";
        const QByteArray ninety = R"({"year":2024,"month":10,"day":30})";
        const QByteArray more = R"({"year":2024,"month":10,"day":31})";
        const QByteArray day = R"(,"windowSizeDays":1)";
        const QByteArray minute = R"(,"windowSize":"60s")";
        const auto row = [](const char *name, const QByteArray &points, const QByteArray &body,
                            const char *reason) {
            QTest::newRow(name) << points << QByteArray('{' + body + '}') << QString::fromLatin1(reason);
        };
        row("14 days", heart, range("2024-10-15T00:00:00Z") + minute, "");
        row("longer", heart, range("2024-10-15T00:00:01Z") + minute, "INVALID_ROLLUP_QUERY_DURATION");
        row("page too large", heart, range("2024-10-02T00:00:00Z") + minute + R"(,"pageSize":20161)",
            "INVALID_ROLLUP_QUERY_DURATION");
        row("page as large", heart, range("2024-10-02T00:00:00Z") + minute + R"(,"pageSize":1440)", "");
        row("no window", heart, range("2024-10-02T00:00:00Z"), "INVALID_ROLLUP_WINDOW");
        row("short window", heart, range("2024-10-02T00:00:00Z") + R"(,"windowSize":"0.5s")",
            "INVALID_ROLLUP_WINDOW");
        row("no range", heart, R"("windowSize":"60s")", "INVALID_TIME_RANGE_INTERVAL_FORMAT");
        row("reversed", heart, range("2024-10-01T00:00:00Z") + minute, "INVALID_TIME_RANGE");
        row("unknown member", heart, range("2024-10-02T00:00:00Z") + R"(,"window":"60s")", "-");
        row("days in seconds", heart, range("2024-10-02T00:00:00Z") + day, "-");
        row("90 days", steps, days(first, ninety) + day, "");
        row("91 days", steps, days(first, more) + day, "INVALID_ROLLUP_QUERY_DURATION");
        row("exact page", steps, days(first, ninety) + day + R"(,"pageSize":90)", "");
        row("small page", steps, days(first, ninety) + day + R"(,"pageSize":89)", "INVALID_DATA_POINT_NAME");
        row("large page", steps, days(first, first) + day + R"(,"pageSize":91)", "INVALID_TIME_RANGE");
        row("no days", steps, days(first, ninety), "INVALID_ROLLUP_WINDOW");
        row("bare date", steps, R"("range":{"start":{"year":2024,"month":8,"day":1}},"windowSizeDays":1)",
            "-");
        row("no date", steps, R"("range":{"start":{}},"windowSizeDays":1)", "INVALID_CIVIL_DATE_TIME");
        row("time at start", steps,
            R"("range":{"start":{"date":)" + first + R"(,"time":{"hours":1}},"end":{"date":)" + ninety +
                "}}" + day,
            "INVALID_CIVIL_DATE_TIME");
        row("time at end rounds up", steps,
            R"("range":{"start":{"date":)" + first + R"(},"end":{"date":)" + ninety +
                R"(,"time":{"hours":1}}})" + day,
            "INVALID_ROLLUP_QUERY_DURATION");
        row("not JSON", steps, days(first, ninety) + day + ",", "-");
    }

    void rollUpTraps()
    {
        QFETCH(QByteArray, points);
        QFETCH(QByteArray, body);
        QFETCH(QString, reason);
        const SimAnswer answer = m_bench->send(
            "POST", "/v4/users/me/dataTypes/" + points, body,
            {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + m_bench->accessToken}});
        QCOMPARE(answer.status, reason.isEmpty() ? 200 : 400);
        if (reason == u"-"_s) {
            QVERIFY(messageOf(answer).startsWith(u"Invalid JSON payload received."_s));
            return;
        }
        QCOMPARE(reasonOf(answer), reason);
    }

    void startMayEqualEndWhenTold()
    {
        const QDate date(2024, 11, 2);
        m_bench->control("wear", {{u"date"_s, u"2024-11-02"_s}, {u"state"_s, u"worn"_s}});
        m_bench->control("switch", {{u"googleSameDay"_s, true}});
        const SimAnswer answer =
            m_bench->rollUp("steps/dataPoints:dailyRollUp", GoogleBench::dailyBody(date, date));
        QCOMPARE(answer.json().value(u"rollupDataPoints"_s).toArray().size(), 1);
    }

    void threeHundredRequestsAMinute()
    {
        GoogleBench &bench = *m_bench;
        bench.control("quota", {{u"googleUsed"_s, 298}});
        QCOMPARE(bench.get("/v4/users/me/identity").status, 200);
        QCOMPARE(bench.list("nonsense/dataPoints").status, 400); // refused before it counts
        QCOMPARE(bench.list("steps/dataPoints").status, 200);
        const SimAnswer refused = bench.get("/v4/users/me/identity");
        QCOMPARE(refused.status, 429);
        QCOMPARE(statusOf(refused), u"RESOURCE_EXHAUSTED"_s);
        QCOMPARE(reasonOf(refused), u"RATE_LIMIT_EXCEEDED"_s);
        QVERIFY(!refused.headers.contains("retry-after"));
        bench.control("quota", {{u"googleRetryAfter"_s, 30}});
        QCOMPARE(bench.get("/v4/users/me/identity").headers.value("retry-after"), "30");
        bench.clock.advance(60);
        QCOMPARE(bench.get("/v4/users/me/identity").status, 200);
        QVERIFY(bench.SimBench::signIn());
        QCOMPARE(bench.get("/1/user/-/profile.json").headers.value("fitbit-rate-limit-remaining"), "149");
    }

private:
    std::unique_ptr<GoogleBench> m_bench;
};

QTEST_GUILESS_MAIN(TestSimGoogleRefusals)
#include "tst_sim_google_refusals.moc"
