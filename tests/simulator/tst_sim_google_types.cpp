// SPDX-License-Identifier: GPL-3.0-or-later
// Google's half: roll-ups and records of the daily figures and zone bounds, compared with the truth and with
// Fitbit's half day by day; caps, scopes, operations.

#include "simulator/typesbench.h"

#include <QTest>

#include <cmath>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QDate first(2024, 10, 22);
const QDate last(2024, 11, 4); ///< 14 days: the shortest cap
const QDate unworn(2024, 10, 24);

} // namespace

class TestSimGoogleTypes : public QObject
{
    Q_OBJECT

    std::unique_ptr<GoogleBench> m_bench;

    QJsonObject truth(QDate date) { return truthOf(*m_bench, date); }

private Q_SLOTS:
    void init()
    {
        if (!m_bench) {
            m_bench = std::make_unique<GoogleBench>();
            QVERIFY(m_bench->signIn());
            m_bench->control("quota", {{u"googlePerMinute"_s, 100'000}});
            m_bench->control("wear", {{u"date"_s, unworn.toString(Qt::ISODate)}, {u"state"_s, u"unworn"_s}});
        }
    }

    void dailyFiguresTellTheTruth_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("figure");
        QTest::addColumn<double>("unit");
        const auto row = [](const QByteArray &type, const QString &key, const QString &member,
                            const QString &figure, double unit) {
            QTest::newRow(type.constData()) << type << key << member << figure << unit;
        };
        row("distance", u"distance"_s, u"millimetersSum"_s, u"distance"_s, 1000);
        row("floors", u"floors"_s, u"countSum"_s, u"floors"_s, 1);
        row("altitude", u"altitude"_s, u"gainMillimetersSum"_s, u"elevation"_s, 1000);
        row("total-calories", u"totalCalories"_s, u"kcalSum"_s, u"kcal"_s, 1);
        row("sedentary-period", u"sedentaryPeriod"_s, u"durationSum"_s, u"sedentarySecondsWorn"_s, 1);
    }

    void dailyFiguresTellTheTruth()
    {
        QFETCH(QByteArray, type);
        QFETCH(QString, key);
        QFETCH(QString, member);
        QFETCH(QString, figure);
        QFETCH(double, unit);
        const QHash<QDate, QJsonObject> days = googleDays(*m_bench, type, key, first, last);
        for (QDate date = first; date <= last; date = date.addDays(1)) {
            // Not worn is no zero: there is no window at all.
            QCOMPARE(days.contains(date), truth(date).value(u"worn"_s).toBool());
            if (!days.contains(date))
                continue;
            const QJsonValue value = days.value(date).value(member);
            QCOMPARE(value.isString(), key != u"totalCalories"_s);
            QString text = value.toString();
            QCOMPARE(text.endsWith(u's'), member == u"durationSum"_s);
            text.remove(u's');
            const double given = value.isString() ? text.toDouble() : value.toDouble();
            QVERIFY(std::abs(given - truth(date).value(figure).toDouble() * unit) < 1e-3);
        }
        QVERIFY(!days.contains(unworn));
        QVERIFY(days.size() > 10);
    }

    void levelsAndZonesTellTheTruth()
    {
        const auto levels = googleDays(*m_bench, "active-minutes", u"activeMinutes"_s, first, last);
        const auto burn = googleDays(*m_bench, "active-zone-minutes", u"activeZoneMinutes"_s, first, last);
        const auto zones =
            googleDays(*m_bench, "time-in-heart-rate-zone", u"timeInHeartRateZone"_s, first, last);
        for (QDate date = first; date <= last; date = date.addDays(1)) {
            const QJsonObject day = truth(date);
            const QJsonArray byLevel =
                levels.value(date).value(u"activeMinutesRollupByActivityLevel"_s).toArray();
            for (const auto &[name, figure] :
                 QList<QPair<QString, QString>>{{u"LIGHT"_s, u"minutesLightlyActive"_s},
                                                {u"MODERATE"_s, u"minutesFairlyActive"_s},
                                                {u"VIGOROUS"_s, u"minutesVeryActive"_s}}) {
                QCOMPARE(partOf(byLevel, u"activityLevel"_s, name, u"activeMinutesSum"_s),
                         day.value(figure).toInteger());
            }
            QCOMPARE(burn.contains(date), day.value(u"activeZoneMinutes"_s).toInt() > 0);
            for (const auto &[name, figure] :
                 QList<QPair<QString, QString>>{{u"sumInFatBurnHeartZone"_s, u"fatBurnActiveZoneMinutes"_s},
                                                {u"sumInCardioHeartZone"_s, u"cardioActiveZoneMinutes"_s},
                                                {u"sumInPeakHeartZone"_s, u"peakActiveZoneMinutes"_s}}) {
                if (burn.contains(date))
                    QCOMPARE(int64In(burn.value(date).value(name)), day.value(figure).toInteger());
            }
            const QJsonArray byZone = zones.value(date).value(u"timeInHeartRateZones"_s).toArray();
            const QStringList names = {u"LIGHT"_s, u"MODERATE"_s, u"VIGOROUS"_s, u"PEAK"_s};
            for (int zone = 0; zone < 4; ++zone) {
                QCOMPARE(partOf(byZone, u"heartRateZone"_s, names.at(zone), u"duration"_s),
                         60 * day.value(u"zoneMinutes"_s)[zone].toInteger());
            }
        }
        QVERIFY(burn.size() < zones.size());
        QVERIFY(!zones.contains(unworn) && !levels.contains(unworn));
    }

    void bothHalvesTellOfTheSameDays()
    {
        SimBench fitbit;
        QVERIFY(fitbit.signIn("activity sleep weight"));
        fitbit.control("wear", {{u"date"_s, unworn.toString(Qt::ISODate)}, {u"state"_s, u"unworn"_s}});
        const QByteArray dates =
            first.toString(Qt::ISODate).toLatin1() + '/' + last.toString(Qt::ISODate).toLatin1() + ".json";
        const auto series = [&](const QByteArray &resource) {
            QHash<QDate, double> values;
            const QJsonArray entries = fitbit.get("/1/user/-/activities/" + resource + "/date/" + dates)
                                           .json()
                                           .value(u"activities-"_s + QLatin1StringView(resource))
                                           .toArray();
            for (const QJsonValue &entry : entries) {
                values.insert(QDate::fromString(entry[u"dateTime"_s].toString(), Qt::ISODate),
                              entry[u"value"_s].toString().toDouble());
            }
            return values;
        };
        const auto distance = googleDays(*m_bench, "distance", u"distance"_s, first, last);
        const auto kilometres = series("distance");
        const auto calories = googleDays(*m_bench, "total-calories", u"totalCalories"_s, first, last);
        const auto kcal = series("calories");
        QCOMPARE(kilometres.size(), 14);
        for (auto day = distance.begin(); day != distance.end(); ++day) {
            const auto millimetres = int64In(day->value(u"millimetersSum"_s));
            QCOMPARE(qRound64(kilometres.value(day.key()) * 1e6), millimetres);
        }
        for (auto day = calories.begin(); day != calories.end(); ++day)
            QCOMPARE(qRound(day->value(u"kcalSum"_s).toDouble()), int(kcal.value(day.key())));
        const QJsonArray logs =
            fitbit.get("/1.2/user/-/sleep/date/" + dates).json().value(u"sleep"_s).toArray();
        const QJsonArray nights = googlePoints(
            *m_bench, "sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)));
        QCOMPARE(nights.size(), logs.size());
        for (int number = 0; number < logs.size(); ++number) {
            QCOMPARE(nights.at(number)[u"name"_s].toString().section(u'/', -1).toLongLong(),
                     logs.at(number)[u"logId"_s].toInteger());
        }
    }

    void windowsOfMinutesAddUpToTheDay()
    {
        const QJsonObject day = truth(last);
        const qint64 start = day.value(u"startUtc"_s).toInteger();
        const auto text = [](qint64 utc) {
            return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate);
        };
        const QJsonObject body = GoogleBench::windowBody(text(start), text(start + 86'400), u"900s"_s);
        const QJsonArray windows =
            m_bench->rollUp("distance/dataPoints:rollUp", body).json().value(u"rollupDataPoints"_s).toArray();
        qint64 sum = 0;
        for (const QJsonValue &window : windows)
            sum += int64In(window[u"distance"_s][u"millimetersSum"_s]);
        QCOMPARE(sum, qRound64(day.value(u"distance"_s).toDouble() * 1000));
        QVERIFY(windows.size() > 50 && windows.size() <= 96);
        const QJsonArray listed = googlePoints(
            *m_bench, "distance", civilRange("distance.interval.civil_start_time", last, last.addDays(1)));
        sum = 0;
        for (const QJsonValue &point : listed)
            sum += int64In(point[u"distance"_s][u"millimeters"_s]);
        QCOMPARE(sum, qRound64(day.value(u"distance"_s).toDouble() * 1000));
        const QJsonArray floors = googlePoints(
            *m_bench, "floors", civilRange("floors.interval.civil_start_time", last, last.addDays(1)), true);
        sum = 0;
        for (const QJsonValue &point : floors)
            sum += int64In(point[u"floors"_s][u"count"_s]);
        QCOMPARE(sum, day.value(u"floors"_s).toInteger());
    }

    void recordsOfLevelsAndZonesHaveTheirShapes()
    {
        const auto of = [this](const QByteArray &type, const QByteArray &name, const QString &key) {
            const QJsonArray list = googlePoints(
                *m_bench, type, civilRange(name + ".interval.civil_start_time", last, last.addDays(1)));
            return list.isEmpty() ? QJsonObject() : list.at(0)[key].toObject();
        };
        const QJsonObject active = of("active-minutes", "active_minutes", u"activeMinutes"_s);
        QCOMPARE(int64In(active[u"activeMinutesByActivityLevel"_s][0][u"activeMinutes"_s]), 1);
        const QJsonObject zone =
            of("time-in-heart-rate-zone", "time_in_heart_rate_zone", u"timeInHeartRateZone"_s);
        QVERIFY(zone.value(u"heartRateZoneType"_s).isString());
        QCOMPARE(of("sedentary-period", "sedentary_period", u"sedentaryPeriod"_s).keys(),
                 QStringList(u"interval"_s));
        const QJsonArray burn =
            googlePoints(*m_bench, "active-zone-minutes",
                         civilRange("active_zone_minutes.interval.civil_start_time", first, last.addDays(1)));
        QVERIFY(!burn.isEmpty());
        for (const QJsonValue &point : burn) {
            const QJsonValue minutes = point[u"activeZoneMinutes"_s];
            QCOMPARE(int64In(minutes[u"activeZoneMinutes"_s]),
                     minutes[u"heartRateZone"_s].toString() == u"FAT_BURN"_s ? 1 : 2);
        }
    }

    void zoneBoundsAreThoseOfFitbit()
    {
        const QJsonArray days =
            googlePoints(*m_bench, "daily-heart-rate-zones",
                         civilRange("daily_heart_rate_zones.date", first, last.addDays(1)));
        QVERIFY(days.size() > 10);
        SimBench fitbit;
        QVERIFY(fitbit.signIn("heartrate"));
        const QJsonArray zones = fitbit.get("/1/user/-/activities/heart/date/2024-11-04/1d.json")
                                     .json()[u"activities-heart"_s][0][u"value"_s][u"heartRateZones"_s]
                                     .toArray();
        const QJsonValue latest = days.at(0)[u"dailyHeartRateZones"_s];
        QCOMPARE(dateIn(latest[u"date"_s]), last);
        for (int zone = 0; zone < 4; ++zone) {
            const QJsonValue bounds = latest[u"heartRateZones"_s][zone];
            QCOMPARE(int64In(bounds[u"minBeatsPerMinute"_s]), zones.at(zone)[u"min"_s].toInteger());
            QCOMPARE(int64In(bounds[u"maxBeatsPerMinute"_s]), zones.at(zone)[u"max"_s].toInteger());
        }
        QCOMPARE(latest[u"heartRateZones"_s][3][u"heartRateZoneType"_s].toString(), u"PEAK"_s);
    }

    void caps_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("days");
        for (const QByteArray &type : {QByteArray("total-calories"), QByteArray("active-minutes")})
            QTest::newRow(type.constData()) << type << 14;
        for (const QByteArray &type : {QByteArray("distance"), QByteArray("floors"), QByteArray("altitude"),
                                       QByteArray("active-zone-minutes"), QByteArray("sedentary-period"),
                                       QByteArray("time-in-heart-rate-zone"), QByteArray("weight")})
            QTest::newRow(type.constData()) << type << 90;
    }

    void caps()
    {
        QFETCH(QByteArray, type);
        QFETCH(int, days);
        const QByteArray path = type + "/dataPoints:dailyRollUp";
        const auto ask = [&](int length) {
            return m_bench->rollUp(path, GoogleBench::dailyBody(last.addDays(1 - length), last.addDays(1)));
        };
        QCOMPARE(ask(days).status, 200);
        QCOMPARE(reasonOf(ask(days + 1)), u"INVALID_ROLLUP_QUERY_DURATION"_s);
    }

    void operationsThatDoNotExist_data()
    {
        QTest::addColumn<QByteArray>("points");
        for (const QByteArray &points :
             {QByteArray("floors/dataPoints"), QByteArray("total-calories/dataPoints"),
              QByteArray("total-calories/dataPoints:reconcile")})
            QTest::newRow(points.constData()) << points;
    }

    void operationsThatDoNotExist()
    {
        QFETCH(QByteArray, points);
        const SimAnswer answer = m_bench->list(points);
        QCOMPARE(answer.status, 400);
        QCOMPARE(reasonOf(answer), u"UNSUPPORTED_DATA_TYPE_ACTION"_s);
    }

    void scopesAreEnforced()
    {
        GoogleBench bench;
        QVERIFY(bench.signIn(GoogleBench::sleep));
        QCOMPARE(bench.list("sleep/dataPoints").status, 200);
        for (const QByteArray &type : {QByteArray("weight"), QByteArray("body-fat"), QByteArray("distance"),
                                       QByteArray("daily-heart-rate-zones")})
            QCOMPARE(reasonOf(bench.list(type + "/dataPoints")), u"MISSING_OAUTH_SCOPE"_s);
        QVERIFY(bench.signIn(GoogleBench::activity));
        QCOMPARE(bench.list("distance/dataPoints").status, 200);
        QCOMPARE(reasonOf(bench.list("sleep/dataPoints")), u"MISSING_OAUTH_SCOPE"_s);
    }

    void zerosMayLackTheirMember()
    {
        m_bench->control("switch", {{u"googleOmitZero"_s, true}});
        const SimAnswer answer = m_bench->list(
            "altitude/dataPoints",
            {{"filter", civilRange("altitude.interval.civil_start_time", last, last.addDays(1))}});
        m_bench->control("switch", {{u"googleOmitZero"_s, false}});
        QCOMPARE(answer.json()[u"dataPoints"_s][0][u"altitude"_s].toObject().keys(),
                 QStringList(u"interval"_s));
    }

    void sameSeedSameBytes()
    {
        GoogleBench other;
        QVERIFY(other.signIn());
        other.control("wear", {{u"date"_s, unworn.toString(Qt::ISODate)}, {u"state"_s, u"unworn"_s}});
        const QList<QPair<QByteArray, QByteArray>> query = {{"pageSize", "20"}};
        for (const QByteArray &type : {QByteArray("sleep"), QByteArray("weight"), QByteArray("altitude")}) {
            const SimAnswer answer = m_bench->list(type + "/dataPoints", query);
            QCOMPARE(answer.status, 200);
            QVERIFY(answer.body.size() > 1000);
            QCOMPARE(other.list(type + "/dataPoints", query).body, answer.body);
        }
    }
};

QTEST_GUILESS_MAIN(TestSimGoogleTypes)
#include "tst_sim_google_types.moc"
