// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated Health API over a real socket: who may ask, what the account says, and sums that are the
// truth.

#include "simulator/googlebench.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QDate dateOf(const QJsonObject &civil)
{
    const QJsonObject date = civil.value(u"date"_s).toObject();
    return {date.value(u"year"_s).toInt(), date.value(u"month"_s).toInt(), date.value(u"day"_s).toInt()};
}

qint64 utcOf(const QJsonValue &text)
{
    return QDateTime::fromString(text.toString(), Qt::ISODate).toSecsSinceEpoch();
}

QString utcText(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate);
}

QJsonArray windowsOf(const SimAnswer &answer)
{
    return answer.json().value(u"rollupDataPoints"_s).toArray();
}

} // namespace

class TestSimGoogleApi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<GoogleBench>();
        QVERIFY(m_bench->signIn());
    }

    void accountIsTheSamePerson()
    {
        const QJsonObject identity = m_bench->get("/v4/users/me/identity").json();
        QCOMPARE(identity.value(u"name"_s).toString(), u"users/me/identity"_s);
        QCOMPARE(identity.value(u"legacyUserId"_s), m_bench->control("status").value(u"currentUser"_s));
        const QString id = identity.value(u"healthUserId"_s).toString();
        QCOMPARE(id.size(), 19);
        GoogleBench other;
        QVERIFY(other.signIn());
        QCOMPARE(other.get("/v4/users/me/identity").json().value(u"healthUserId"_s).toString(), id);
        other.control("user", {{u"add"_s, true}});
        QVERIFY(other.signIn());
        QVERIFY(other.get("/v4/users/me/identity").json().value(u"healthUserId"_s).toString() != id);
    }

    void settingsTellTheZoneOfToday()
    {
        QCOMPARE(m_bench->get("/v4/users/me/settings").json().value(u"timeZone"_s).toString(),
                 u"Europe/Berlin"_s);
        QCOMPARE(m_bench->get("/v4/users/me/settings").json().value(u"utcOffset"_s).toString(), u"3600s"_s);
        m_bench->control("zone", {{u"zone"_s, u"America/New_York"_s}, {u"from"_s, u"2024-11-04"_s}});
        const QJsonObject moved = m_bench->get("/v4/users/me/settings").json();
        QCOMPARE(moved.value(u"timeZone"_s).toString(), u"America/New_York"_s);
        QCOMPARE(moved.value(u"utcOffset"_s).toString(), u"-18000s"_s);
    }

    void profileAndDevices()
    {
        const QJsonObject profile = m_bench->get("/v4/users/me/profile").json();
        QVERIFY(profile.value(u"age"_s).toInt() > 17);
        QVERIFY(profile.contains(u"autoWalkingStrideLengthMm"_s));
        const QJsonArray devices =
            m_bench->get("/v4/users/me/pairedDevices").json().value(u"pairedDevices"_s).toArray();
        QCOMPARE(devices.size(), 2);
        const QJsonObject tracker = devices.at(1).toObject();
        QCOMPARE(tracker.value(u"deviceType"_s).toString(), u"TRACKER"_s);
        const QByteArray name = tracker.value(u"name"_s).toString().toLatin1();
        QCOMPARE(m_bench->get("/v4/" + name).json(), tracker);
        QCOMPARE(m_bench->get("/v4/users/me/pairedDevices/1").status, 404);
    }

    void dailyStepsAreTheTruth()
    {
        m_bench->control("wear", {{u"date"_s, u"2024-10-30"_s}, {u"state"_s, u"unworn"_s}});
        const QDate first(2024, 10, 25);
        const QDate end(2024, 11, 6); // includes the autumn day of 25 hours, and today
        const SimAnswer answer =
            m_bench->rollUp("steps/dataPoints:dailyRollUp", GoogleBench::dailyBody(first, end));
        QCOMPARE(answer.status, 200);
        const QJsonArray windows = windowsOf(answer);
        QCOMPARE(windows.size(), 11); // the day not worn is missing
        for (const QJsonValue value : windows) {
            const QJsonObject window = value.toObject();
            const QDate date = dateOf(window.value(u"civilStartTime"_s).toObject());
            QVERIFY(date != QDate(2024, 10, 30));
            QCOMPARE(dateOf(window.value(u"civilEndTime"_s).toObject()), date.addDays(1));
            const QJsonValue sum = window.value(u"steps"_s).toObject().value(u"countSum"_s);
            QVERIFY(sum.isString());
            if (date < QDate(2024, 11, 5)) {
                QCOMPARE(sum.toString().toInt(), m_bench->truth(date).value(u"steps"_s).toInt());
            }
        }
    }

    void bothHalvesTellTheSameSteps()
    {
        GoogleBench &bench = *m_bench;
        const QDate date(2024, 11, 5); // today: up to the last sync
        const QJsonArray windows = windowsOf(
            bench.rollUp("steps/dataPoints:dailyRollUp", GoogleBench::dailyBody(date, date.addDays(1))));
        QVERIFY(bench.SimBench::signIn());
        const QJsonObject fitbit = bench.get("/1/user/-/activities/steps/date/2024-11-05/1d.json").json();
        const QString steps =
            fitbit.value(u"activities-steps"_s).toArray().at(0).toObject().value(u"value"_s).toString();
        QCOMPARE(windows.at(0).toObject().value(u"steps"_s).toObject().value(u"countSum"_s).toString(),
                 steps);
        QVERIFY(steps.toInt() > 0);
    }

    void heartRateByTheMinuteIsTheTruth_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::newRow("plain") << QDate(2024, 11, 2);
        QTest::newRow("23 hours") << QDate(2024, 3, 31);
        QTest::newRow("25 hours") << QDate(2024, 10, 27);
    }

    void heartRateByTheMinuteIsTheTruth()
    {
        QFETCH(QDate, date);
        const QJsonObject truth = m_bench->truth(date);
        const qint64 start = truth.value(u"startUtc"_s).toInteger();
        const qint64 end = start + truth.value(u"seconds"_s).toInteger();
        const SimAnswer answer = m_bench->rollUp("heart-rate/dataPoints:rollUp",
                                                 GoogleBench::windowBody(utcText(start), utcText(end)));
        QCOMPARE(answer.status, 200);
        QJsonArray rates;
        const QJsonArray windows = windowsOf(answer);
        for (const QJsonValue value : windows) {
            const QJsonObject window = value.toObject();
            const QJsonObject rate = window.value(u"heartRate"_s).toObject();
            QCOMPARE(utcOf(window.value(u"endTime"_s)), utcOf(window.value(u"startTime"_s)) + 60);
            const double mean = rate.value(u"beatsPerMinuteAvg"_s).toDouble();
            QVERIFY(rate.value(u"beatsPerMinuteMin"_s).toDouble() <= mean);
            QVERIFY(rate.value(u"beatsPerMinuteMax"_s).toDouble() >= mean);
            rates.append(QJsonArray{utcOf(window.value(u"startTime"_s)), qRound(mean)});
        }
        QVERIFY(!rates.isEmpty());
        QCOMPARE(rates, truth.value(u"rates"_s).toArray());
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
        QTest::newRow("floors reconciled") << QByteArray("floors/dataPoints:reconcile") << QString();
        QTest::newRow("moods") << QByteArray("moods/dataPoints") << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("one step") << QByteArray("steps/dataPoints/1") << u"UNSUPPORTED_DATA_TYPE_ACTION"_s;
        QTest::newRow("one sleep") << QByteArray("sleep/dataPoints/1") << u"RESOURCE_NOT_FOUND"_s;
        QTest::newRow("sleep") << QByteArray("sleep/dataPoints") << QString();
        QTest::newRow("weight") << QByteArray("weight/dataPoints") << QString();
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
        QCOMPARE(
            windowsOf(m_bench->rollUp("steps/dataPoints:dailyRollUp", GoogleBench::dailyBody(date, date)))
                .size(),
            1);
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

    void goneIsFitbitAlone()
    {
        m_bench->control("switch", {{u"gone"_s, true}});
        QCOMPARE(m_bench->get("/v4/users/me/identity").status, 200);
        QCOMPARE(m_bench->refresh(m_bench->refreshToken).status, 200);
        QCOMPARE(m_bench->send("GET", GoogleBench::authorizeTarget()).status, 302);
        QCOMPARE(m_bench->get("/1/user/-/profile.json").status, 410);
    }

    void faultsHitGoogleToo()
    {
        GoogleBench &bench = *m_bench;
        const QByteArray path = "/v4/users/me/identity";
        const auto fault = [&bench](const QString &kind) {
            bench.fault({{u"kind"_s, kind}, {u"path"_s, u"/v4/"_s}});
        };
        fault(u"html"_s);
        QVERIFY(bench.get(path).body.startsWith("<!DOCTYPE"));
        bench.fault({{u"status"_s, 503}, {u"body"_s, u"{}"_s}});
        QCOMPARE(bench.get(path).status, 503);
        fault(u"truncated-json"_s);
        QVERIFY(QJsonDocument::fromJson(bench.get(path).body).isNull());
        bench.fault({{u"kind"_s, u"drop"_s}, {u"path"_s, u"/v4/"_s}, {u"times"_s, -1}});
        QCOMPARE(bench.get(path).error, QNetworkReply::RemoteHostClosedError);
        bench.control("clear-faults");
        fault(u"hang"_s);
        QVERIFY(bench.get(path, {}, 300).timedOut);
        fault(u"conflict"_s);
        QCOMPARE(statusOf(bench.get(path)), u"ABORTED"_s);
        fault(u"quota"_s);
        QCOMPARE(bench.get(path).status, 429);
        bench.clock.advance(60);
        fault(u"expired"_s);
        QCOMPARE(bench.get(path).status, 401);
        bench.take(bench.refresh(bench.refreshToken));
        const QByteArray refreshToken = bench.refreshToken;
        fault(u"revoked"_s);
        QCOMPARE(bench.get(path).status, 401);
        QCOMPARE(bench.refresh(refreshToken).status, 400);
    }

    void bodiesCanBePutInPlace()
    {
        m_bench->control("body", {{u"path"_s, u"/v4/users/me/dataTypes/steps/dataPoints:dailyRollUp"_s},
                                  {u"body"_s, u"{\"rollupDataPoints\":[]}"_s}});
        const QJsonObject body = GoogleBench::dailyBody(QDate(2024, 11, 2), QDate(2024, 11, 3));
        QCOMPARE(m_bench->rollUp("steps/dataPoints:dailyRollUp", body).body, "{\"rollupDataPoints\":[]}");
    }

    void theLogTellsWhatWasAsked()
    {
        m_bench->rollUp("steps/dataPoints:dailyRollUp",
                        GoogleBench::dailyBody(QDate(2024, 11, 2), QDate(2024, 11, 3)));
        m_bench->list("steps/dataPoints", {{"filter", R"(steps.interval.civil_start_time >= "2024-11-02")"}});
        const QJsonObject log = m_bench->control("log");
        const QJsonArray entries = log.value(u"entries"_s).toArray();
        QVERIFY(entries.at(entries.size() - 2)[u"asked"_s].toString().contains(u"windowSizeDays"_s));
        QVERIFY(entries.last()[u"asked"_s].toString().startsWith(u"steps.interval"_s));
        QVERIFY(!QJsonDocument(log).toJson().contains(m_bench->accessToken));
        QVERIFY(!QJsonDocument(log).toJson().contains(m_bench->refreshToken));
    }

    void aFortnightIsMadeQuickly()
    {
        const QJsonObject body =
            GoogleBench::windowBody(u"2024-10-01T22:00:00Z"_s, u"2024-10-15T22:00:00Z"_s);
        QElapsedTimer timer;
        timer.start();
        const SimAnswer answer = m_bench->rollUp("heart-rate/dataPoints:rollUp", body);
        qInfo("14 days of minutes over the socket, client included: %lld ms, %lld bytes", timer.elapsed(),
              qint64(answer.body.size()));
        QVERIFY(answer.body.size() > 1'000'000);
        QVERIFY(timer.elapsed() < 5000);
    }

private:
    std::unique_ptr<GoogleBench> m_bench;
};

QTEST_GUILESS_MAIN(TestSimGoogleApi)
#include "tst_sim_google_api.moc"
