// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated Web API: what each endpoint answers, refuses and counts.

#include "simulator/simbench.h"
#include "support/cputime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject firstHeart(const SimAnswer &answer)
{
    return answer.json().value(u"activities-heart"_s).toArray().at(0).toObject();
}

QJsonArray dataset(const SimAnswer &answer, const QString &name)
{
    return answer.json().value(name).toObject().value(u"dataset"_s).toArray();
}

int zoneMinutes(const QJsonObject &value)
{
    int sum = 0;
    const QJsonArray zones = value.value(u"heartRateZones"_s).toArray();
    for (const QJsonValue &zone : zones)
        sum += zone.toObject().value(u"minutes"_s).toInt();
    return sum;
}

} // namespace

class TestSimApi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void profileFollowsAcceptLanguage()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const auto user = [&bench](const QByteArray &language) {
            const SimHeaders headers = {{"Accept-Language", language}};
            return bench.get("/1/user/-/profile.json", headers).json().value(u"user"_s).toObject();
        };
        const QJsonObject metric = user("de_DE");
        QCOMPARE(metric.value(u"timezone"_s).toString(), u"Europe/Berlin"_s);
        QCOMPARE(metric.value(u"offsetFromUTCMillis"_s).toInt(), 3'600'000);
        QCOMPARE(metric.value(u"memberSince"_s).toString(), u"2024-01-02"_s);
        const double kg = metric.value(u"weight"_s).toDouble();
        QVERIFY(kg > 50 && kg < 100);
        QVERIFY(qAbs(user("en_US").value(u"weight"_s).toDouble() - kg / 0.45359237) < 0.06);
        QVERIFY(qAbs(user("en-US,en;q=0.8").value(u"weight"_s).toDouble() - kg / 0.45359237) < 0.06);
        QVERIFY(qAbs(user("en_GB").value(u"weight"_s).toDouble() - kg / 6.35029) < 0.06);
        QCOMPARE(user("en_GB").value(u"height"_s), metric.value(u"height"_s));
        QVERIFY(user("en_US").value(u"height"_s).toDouble() < 80);
    }

    void devicesAreAnArray()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const QJsonArray devices = QJsonDocument::fromJson(bench.get("/1/user/-/devices.json").body).array();
        QCOMPARE(devices.size(), 2);
        const QJsonObject tracker = devices.at(1).toObject();
        QCOMPARE(tracker.value(u"type"_s).toString(), u"TRACKER"_s);
        // 10:20 UTC is 11:20 in Berlin; the last quarter of an hour and 32 seconds.
        QCOMPARE(tracker.value(u"lastSyncTime"_s).toString(), u"2024-11-05T11:15:32.000"_s);
        bench.control("sync", {{u"at"_s, u"2024-11-05T07:00:00Z"_s}});
        const QJsonArray later = QJsonDocument::fromJson(bench.get("/1/user/-/devices.json").body).array();
        QCOMPARE(later.at(1).toObject().value(u"lastSyncTime"_s).toString(), u"2024-11-05T08:00:00.000"_s);
    }

    void stepsAgreeInEveryForm()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear",
                      {{u"date"_s, u"2024-10-25"_s}, {u"to"_s, u"2024-10-31"_s}, {u"state"_s, u"worn"_s}});
        const SimAnswer range = bench.get("/1/user/-/activities/steps/date/2024-10-25/2024-10-31.json");
        const QJsonArray days = range.json().value(u"activities-steps"_s).toArray();
        QCOMPARE(days.size(), 7);
        for (const QJsonValue &day : days) {
            const QByteArray date = day.toObject().value(u"dateTime"_s).toString().toLatin1();
            const int total = day.toObject().value(u"value"_s).toString().toInt();
            QVERIFY(total > 0);
            const QJsonObject truth = bench.control("truth", {{u"date"_s, QString::fromLatin1(date)}});
            QCOMPARE(truth.value(u"steps"_s).toInt(), total);
            for (const char *detail : {"1min", "5min", "15min"}) {
                const SimAnswer intraday =
                    bench.get("/1/user/-/activities/steps/date/" + date + "/1d/" + detail + ".json");
                int sum = 0;
                const QJsonArray rows = dataset(intraday, u"activities-steps-intraday"_s);
                for (const QJsonValue &row : rows)
                    sum += row.toObject().value(u"value"_s).toInt();
                QCOMPARE(sum, total);
            }
        }
        const SimAnswer week = bench.get("/1/user/-/activities/steps/date/2024-10-31/7d.json");
        QCOMPARE(week.body, range.body);
        const SimAnswer tracker = bench.get("/1/user/-/activities/tracker/steps/date/2024-10-25/1d.json");
        QVERIFY(tracker.body.startsWith(R"({"activities-tracker-steps":[)"));
    }

    void heartRateAgreesWithTheTruth()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear", {{u"date"_s, u"2024-10-30"_s}, {u"state"_s, u"worn"_s}});
        const SimAnswer answer = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json");
        const QJsonObject value = firstHeart(answer).value(u"value"_s).toObject();
        QCOMPARE(zoneMinutes(value), 1440);
        QVERIFY(value.value(u"restingHeartRate"_s).toInt() > 40);
        const QJsonObject truth = bench.control("truth", {{u"date"_s, u"2024-10-30"_s}});
        QCOMPARE(value.value(u"restingHeartRate"_s), truth.value(u"restingRate"_s));
        const QJsonArray rows = dataset(answer, u"activities-heart-intraday"_s);
        const QJsonArray rates = truth.value(u"rates"_s).toArray();
        QCOMPARE(rows.size(), rates.size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QTime time =
                QTime::fromString(rows.at(i).toObject().value(u"time"_s).toString(), u"HH:mm:ss"_s);
            const qint64 utc = truth.value(u"startUtc"_s).toInteger() + time.msecsSinceStartOfDay() / 1000;
            QCOMPARE(rates.at(i).toArray().at(0).toInteger(), utc);
            QCOMPARE(rates.at(i).toArray().at(1), rows.at(i).toObject().value(u"value"_s));
        }
        bench.control("switch", {{u"zonesFillDay"_s, false}});
        const SimAnswer older = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json");
        QCOMPARE(zoneMinutes(firstHeart(older).value(u"value"_s).toObject()), int(rows.size()));
        const SimAnswer seconds = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1sec.json");
        QCOMPARE(dataset(seconds, u"activities-heart-intraday"_s).size(), truth.value(u"readings"_s).toInt());
        QVERIFY(seconds.body.contains(R"("datasetInterval":1,"datasetType":"second")"));
        const SimAnswer bins = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/15min.json");
        QVERIFY(dataset(bins, u"activities-heart-intraday"_s).size() <= 96);
        QVERIFY(bins.body.contains(R"("datasetInterval":15,"datasetType":"minute")"));
    }

    void notWornHasTwoShapes()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear", {{u"date"_s, u"2024-10-30"_s}, {u"state"_s, u"unworn"_s}});
        QCOMPARE(
            bench.get("/1/user/-/activities/steps/date/2024-10-30/1d.json").body.contains(R"("value":"0")"),
            true);
        for (const bool bare : {false, true}) {
            bench.control("switch", {{u"notWorn"_s, bare ? u"bare"_s : u"minutes"_s}});
            const SimAnswer answer = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json");
            QVERIFY(dataset(answer, u"activities-heart-intraday"_s).isEmpty());
            QVERIFY(answer.body.contains(R"("dataset":[],"datasetInterval":1,"datasetType":"minute")"));
            const QJsonObject value = firstHeart(answer).value(u"value"_s).toObject();
            QVERIFY(!value.contains(u"restingHeartRate"_s));
            const QJsonObject zone = value.value(u"heartRateZones"_s).toArray().at(0).toObject();
            QCOMPARE(zone.contains(u"minutes"_s), !bare);
            QCOMPARE(zone.contains(u"caloriesOut"_s), !bare);
            if (!bare)
                QCOMPARE(zone.value(u"minutes"_s).toInt(), 1440);
        }
    }

    void windowsHaveTheFlatShape()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        const SimAnswer answer =
            bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min/time/08:00/08:29.json");
        const QJsonObject entry = firstHeart(answer);
        QVERIFY(entry.value(u"value"_s).isString());
        QVERIFY(entry.value(u"heartRateZones"_s).isArray());
        QVERIFY(zoneMinutes(entry) <= 30);
        const QJsonArray rows = dataset(answer, u"activities-heart-intraday"_s);
        QVERIFY(rows.size() <= 30);
        for (const QJsonValue &row : rows)
            QVERIFY(row.toObject().value(u"time"_s).toString().startsWith(u"08:"_s));
        const SimAnswer today =
            bench.get("/1/user/-/activities/heart/date/today/1d/1min/time/08:00/08:29.json");
        QCOMPARE(firstHeart(today).value(u"dateTime"_s).toString(), u"today"_s);
        const SimAnswer night =
            bench.get("/1/user/-/activities/steps/date/2024-10-29/2024-10-30/1min/time/23:00/01:00.json");
        QCOMPARE(dataset(night, u"activities-steps-intraday"_s).size(), 121);
    }

    void utcDaysOnRequest()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear",
                      {{u"date"_s, u"2024-10-29"_s}, {u"to"_s, u"2024-10-31"_s}, {u"state"_s, u"worn"_s}});
        const SimAnswer local = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json");
        const SimAnswer utc =
            bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json?timezone=UTC");
        const QJsonArray localRows = dataset(local, u"activities-heart-intraday"_s);
        const QJsonArray utcRows = dataset(utc, u"activities-heart-intraday"_s);
        QHash<QString, int> shifted;
        for (const QJsonValue &row : localRows) {
            const QTime time = QTime::fromString(row.toObject().value(u"time"_s).toString(), u"HH:mm:ss"_s);
            shifted.insert(time.addSecs(-3600).toString(u"HH:mm:ss"_s),
                           row.toObject().value(u"value"_s).toInt());
        }
        int compared = 0;
        for (const QJsonValue &row : utcRows) {
            const QString time = row.toObject().value(u"time"_s).toString();
            if (time >= u"23:00:00"_s || !shifted.contains(time))
                continue;
            QCOMPARE(row.toObject().value(u"value"_s).toInt(), shifted.value(time));
            ++compared;
        }
        QVERIFY(compared > 500);
    }

    void todayIsPartial()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear", {{u"date"_s, u"2024-11-05"_s}, {u"state"_s, u"worn"_s}});
        const QByteArray path = "/1/user/-/activities/heart/date/2024-11-05/1d/1min.json";
        const QJsonArray rows = dataset(bench.get(path), u"activities-heart-intraday"_s);
        QVERIFY(!rows.isEmpty());
        QVERIFY(rows.last().toObject().value(u"time"_s).toString() < u"11:16"_s);
        bench.clock.advance(3600);
        QVERIFY(dataset(bench.get(path), u"activities-heart-intraday"_s).size() > rows.size());
        const SimAnswer steps = bench.get("/1/user/-/activities/steps/date/2024-11-05/1d/1min.json");
        QCOMPARE(dataset(steps, u"activities-steps-intraday"_s).size(), 12 * 60 + 20);
        QVERIFY(
            bench.get("/1/user/-/activities/steps/date/2024-11-06/1d.json").body.contains(R"("value":"0")"));
    }

    void nothingBeforeMembership()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        QCOMPARE(bench.get("/1/user/-/activities/steps/date/2023-12-01/2023-12-31.json").body,
                 R"({"activities-steps":[]})");
        const SimAnswer heart = bench.get("/1/user/-/activities/heart/date/2023-12-01/1d/1min.json");
        QVERIFY(dataset(heart, u"activities-heart-intraday"_s).isEmpty());
        const SimAnswer steps = bench.get("/1/user/-/activities/steps/date/2023-12-01/1d/1min.json");
        QCOMPARE(dataset(steps, u"activities-steps-intraday"_s).size(), 1440);
        const SimAnswer edge = bench.get("/1/user/-/activities/steps/date/2023-12-31/2024-01-03.json");
        QCOMPARE(edge.json().value(u"activities-steps"_s).toArray().size(), 2);
        QVERIFY(!bench.get("/1/user/-/activities/heart/date/2024-01-02/1d.json")
                     .body.contains("restingHeartRate"));
    }

    void autumnDayHasBothVariants()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        bench.control("wear", {{u"date"_s, u"2024-10-27"_s}, {u"state"_s, u"worn"_s}});
        const QByteArray path = "/1/user/-/activities/steps/date/2024-10-27/1d/1min.json";
        const SimAnswer single = bench.get(path);
        QCOMPARE(dataset(single, u"activities-steps-intraday"_s).size(), 1440);
        bench.control("switch", {{u"fallBack"_s, u"both"_s}});
        const SimAnswer both = bench.get(path);
        QCOMPARE(dataset(both, u"activities-steps-intraday"_s).size(), 1500);
        QCOMPARE(both.body.count(R"("02:30:00")"), 2);
        const QJsonObject truth =
            bench.control("truth", {{u"date"_s, u"2024-10-27"_s}, {u"minutes"_s, false}});
        QCOMPARE(truth.value(u"seconds"_s).toInt(), 90'000);
        QVERIFY(single.body.contains("\"" + QByteArray::number(truth.value(u"steps"_s).toInt()) + "\""));
    }

    void badRequests_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("type");
        QTest::newRow("no such day") << QByteArray("activities/steps/date/2024-02-31/1d.json")
                                     << u"validation"_s;
        QTest::newRow("reversed") << QByteArray("activities/steps/date/2024-03-10/2024-03-09.json")
                                  << u"validation"_s;
        QTest::newRow("too long") << QByteArray("activities/steps/date/2021-01-01/2024-01-02.json")
                                  << u"validation"_s;
        QTest::newRow("heart too long")
            << QByteArray("activities/heart/date/2023-03-10/2024-03-10.json") << u"validation"_s;
        QTest::newRow("heart period")
            << QByteArray("activities/heart/date/2024-03-10/1y.json") << u"validation"_s;
        QTest::newRow("detail") << QByteArray("activities/steps/date/2024-03-10/1d/1sec.json")
                                << u"validation"_s;
        QTest::newRow("two days") << QByteArray("activities/heart/date/2024-03-10/2024-03-11/1min.json")
                                  << u"request"_s;
        QTest::newRow("window back") << QByteArray(
                                            "activities/heart/date/2024-03-10/1d/1min/time/09:00/08:00.json")
                                     << u"validation"_s;
        QTest::newRow("window odd") << QByteArray(
                                           "activities/heart/date/2024-03-10/1d/1min/time/9/08:00.json")
                                    << u"validation"_s;
        QTest::newRow("unknown") << QByteArray("activities/naps/date/2024-03-10/1d.json") << u"validation"_s;
        QTest::newRow("short") << QByteArray("activities/heart/date.json") << u"validation"_s;
        QTest::newRow("no suffix") << QByteArray("profile") << u"validation"_s;
    }

    void badRequests()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, type);
        SimBench bench;
        QVERIFY(bench.signIn());
        const SimAnswer answer = bench.get("/1/user/-/" + path);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorType(), type);
        QVERIFY(answer.headers.contains("fitbit-rate-limit-remaining"));
    }

    void longestRangesAreAccepted()
    {
        SimBench bench;
        QVERIFY(bench.signIn());
        QCOMPARE(bench.get("/1/user/-/activities/heart/date/2023-03-11/2024-03-09.json").status, 200);
        QCOMPARE(bench.get("/1/user/-/activities/steps/date/2022-01-01/2024-12-30.json").status, 200);
    }

    void scopesAreEnforced()
    {
        SimBench bench;
        QVERIFY(bench.signIn("activity"));
        QCOMPARE(bench.get("/1/user/-/activities/steps/date/2024-10-30/1d.json").status, 200);
        for (const char *path :
             {"profile.json", "devices.json", "activities/heart/date/2024-10-30/1d/1min.json"}) {
            const SimAnswer answer = bench.get(QByteArray("/1/user/-/") + path);
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.errorType(), u"insufficient_scope"_s);
            QVERIFY(answer.headers.contains("fitbit-rate-limit-remaining"));
        }
        const SimAnswer write = bench.send("POST", "/1/user/-/activities.json", "x=1",
                                           {{"Authorization", "Bearer " + bench.accessToken},
                                            {"Content-Type", "application/x-www-form-urlencoded"}});
        QCOMPARE(write.errorType(), u"insufficient_permissions"_s);
        QCOMPARE(bench.get("/1/user/ABCDEF/activities/steps/date/2024-10-30/1d.json").status, 403);
    }

    void intradayNeedsTheRightApplication()
    {
        SimulatorOptions options = SimBench::defaults();
        options.intradayAllowed = false;
        SimBench bench(options);
        QVERIFY(bench.signIn());
        const SimAnswer answer = bench.get("/1/user/-/activities/heart/date/2024-10-30/1d/1min.json");
        QCOMPARE(answer.status, 403);
        QCOMPARE(answer.errorType(), u"insufficient_permissions"_s);
        QCOMPARE(bench.get("/1/user/-/activities/heart/date/2024-10-30/1d.json").status, 200);
        bench.control("switch", {{u"intraday"_s, true}, {u"intradayInDaily"_s, true}});
        QVERIFY(
            bench.get("/1/user/-/activities/heart/date/2024-10-30/1d.json").body.contains("heart-intraday"));
    }

    void quotaEndsAtTheFullHour()
    {
        SimulatorOptions options = SimBench::defaults();
        options.quotaPerHour = 3;
        SimBench bench(options);
        QVERIFY(bench.signIn());
        const QByteArray path = "/1/user/-/profile.json";
        const SimAnswer first = bench.get(path);
        QCOMPARE(first.headers.value("fitbit-rate-limit-limit"), "3");
        QCOMPARE(first.headers.value("fitbit-rate-limit-remaining"), "2");
        QCOMPARE(first.headers.value("fitbit-rate-limit-reset"), "2400");
        bench.get("/1/user/-/nothing.json");
        QCOMPARE(bench.get(path).status, 200);
        const SimAnswer over = bench.get(path);
        QCOMPARE(over.status, 429);
        QCOMPARE(over.errorType(), u"system"_s);
        QCOMPARE(over.headers.value("fitbit-rate-limit-remaining"), "0");
        QVERIFY(!over.headers.contains("retry-after"));
        bench.control("quota", {{u"body"_s, u"request"_s}, {u"retryAfter"_s, 5}});
        const SimAnswer misleading = bench.get(path);
        QCOMPARE(misleading.errorType(), u"request"_s);
        QCOMPARE(misleading.headers.value("retry-after"), "5");
        bench.control("quota", {{u"body"_s, u"front-end"_s}, {u"headers"_s, false}});
        const SimAnswer bare = bench.get(path);
        QCOMPARE(bare.json().value(u"error"_s).toObject().value(u"code"_s).toInt(), 429);
        QVERIFY(!bare.headers.contains("fitbit-rate-limit-reset"));
        bench.clock.advance(2400);
        QCOMPARE(bench.get(path).status, 200);
    }

    void quotaIsPerUser()
    {
        SimulatorOptions options = SimBench::defaults();
        options.quotaPerHour = 1;
        options.users = 2;
        SimBench bench(options);
        QVERIFY(bench.signIn());
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 429);
        const QJsonArray users = bench.control("status").value(u"users"_s).toArray();
        QVERIFY(bench.signIn("profile", users.at(1).toObject().value(u"id"_s).toString().toLatin1()));
        QCOMPARE(bench.get("/1/user/-/profile.json").status, 200);
    }

    void answersStayTheSameWhateverWasAskedBefore()
    {
        SimBench one;
        SimBench two(SimBench::defaults(), QDateTime(QDate(2024, 12, 24), QTime(8, 0), Qt::UTC));
        QVERIFY(one.signIn() && two.signIn());
        QList<QByteArray> forward;
        const auto path = [](int day) {
            return "/1/user/-/activities/heart/date/" +
                   QDate(2024, 10, 1).addDays(day).toString(Qt::ISODate).toLatin1() + "/1d/1min.json";
        };
        for (int day = 0; day < 20; ++day)
            forward.append(one.get(path(day)).body);
        for (int day = 19; day >= 0; --day)
            QCOMPARE(two.get(path(day)).body, forward.at(day));
        for (int day = 0; day < 20; ++day)
            QCOMPARE(one.get(path(day)).body, forward.at(day));
    }

    void aDayIsMadeQuickly()
    {
        SimulatorOptions options = SimBench::defaults();
        options.quotaPerHour = 100'000;
        SimBench bench(options);
        QVERIFY(bench.signIn());
        const QByteArray path = "/1/user/-/activities/heart/date/2024-10-01/1d/1min.json";
        bench.get(path);
        const QByteArray body = bench.get(path).body;
        QVERIFY(body.size() > 30'000);
        const double made = cpuMs([&] { bench.get(path); }, 20);
        const double parsed = cpuMs([&] { QJsonDocument::fromJson(body); }, 20);
        qInfo("one-day answer over the socket, client included: %.2f ms, %.2f to parse it", made, parsed);
        QVERIFY(made < 20 * parsed);
    }
};

QTEST_GUILESS_MAIN(TestSimApi)
#include "tst_sim_api.moc"
