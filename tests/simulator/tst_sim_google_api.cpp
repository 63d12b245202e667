// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated Health API over a real socket: who may ask, what the account says, and sums that are the
// truth.

#include "simulator/googlebench.h"
#include "support/cputime.h"

#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
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
        QCOMPARE(m_bench->control("status").value(u"users"_s).toArray().at(0)[u"healthUserId"_s].toString(),
                 id);
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
        SimAnswer answer;
        const double made = cpuMs([&] { answer = m_bench->rollUp("heart-rate/dataPoints:rollUp", body); });
        const double parsed = cpuMs([&] { QJsonDocument::fromJson(answer.body); }, 3);
        qInfo(
            "14 days of minutes over the socket, client included: %.1f ms, %lld bytes, %.1f ms to parse them",
            made, qint64(answer.body.size()), parsed);
        QVERIFY(answer.body.size() > 1'000'000);
        QVERIFY(made < 60 * parsed);
    }

private:
    std::unique_ptr<GoogleBench> m_bench;
};

QTEST_GUILESS_MAIN(TestSimGoogleApi)
#include "tst_sim_google_api.moc"
