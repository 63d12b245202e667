// SPDX-License-Identifier: GPL-3.0-or-later
// Fitbit's half: the activity series and active zone minutes, compared with the truth day by day; what the
// newer data types refuse.

#include "simulator/typesbench.h"

#include <QTest>

#include <cmath>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QByteArray allScopes = "activity heartrate sleep weight profile settings";
const QDate first(2024, 10, 1);
const QDate last(2024, 11, 4);
const QByteArray user = "/1/user/-/";

} // namespace

class TestSimFitbitTypes : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimBench> m_bench;

    QJsonObject truth(QDate date) { return truthOf(*m_bench, date); }

private Q_SLOTS:
    void init()
    {
        if (!m_bench) {
            m_bench = std::make_unique<SimBench>();
            m_bench->control("quota", {{u"perHour"_s, 100'000}});
        }
        if (m_bench->accessToken.isEmpty())
            QVERIFY(m_bench->signIn(allScopes));
    }

    void seriesTellTheTruth_data()
    {
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("figure");
        QTest::addColumn<QString>("zero"); // of a day without wear
        QTest::newRow("distance") << u"distance"_s << u"distance"_s << u"0.0"_s;
        QTest::newRow("tracker") << u"tracker/distance"_s << u"distance"_s << u"0.0"_s;
        QTest::newRow("floors") << u"floors"_s << u"floors"_s << u"0"_s;
        QTest::newRow("elevation") << u"elevation"_s << u"elevation"_s << u"0"_s;
        QTest::newRow("calories") << u"calories"_s << u"calories"_s << QString();
        QTest::newRow("sedentary") << u"minutesSedentary"_s << u"minutesSedentary"_s << u"1440"_s;
        QTest::newRow("light") << u"minutesLightlyActive"_s << u"minutesLightlyActive"_s << u"0"_s;
        QTest::newRow("fair") << u"minutesFairlyActive"_s << u"minutesFairlyActive"_s << u"0"_s;
        QTest::newRow("very") << u"tracker/minutesVeryActive"_s << u"minutesVeryActive"_s << u"0"_s;
    }

    void seriesTellTheTruth()
    {
        QFETCH(QString, resource);
        QFETCH(QString, figure);
        QFETCH(QString, zero);
        const QDate unworn(2024, 10, 16);
        m_bench->control("wear", {{u"date"_s, u"2024-10-16"_s}, {u"state"_s, u"unworn"_s}});
        const QJsonArray series = fitbitList(
            *m_bench, user + "activities/" + resource.toLatin1() + "/date/" + isoRange(first, last),
            u"activities-"_s + QString(resource).replace(u'/', u'-'));
        QCOMPARE(series.size(), first.daysTo(last) + 1);
        for (int day = 0; day < series.size(); ++day) {
            const QJsonObject entry = series.at(day).toObject();
            const QDate date = first.addDays(day);
            QCOMPARE(entry.value(u"dateTime"_s).toString(), date.toString(Qt::ISODate));
            QVERIFY(entry.value(u"value"_s).isString());
            const double value = entry.value(u"value"_s).toString().toDouble();
            const double unit = figure == u"distance"_s ? 1000.0 : 1.0;
            QVERIFY(std::abs(value * unit - truth(date).value(figure).toDouble()) < 1e-6);
            if (date == unworn && !zero.isEmpty())
                QCOMPARE(entry.value(u"value"_s).toString(), zero);
        }
    }

    void caloriesOfAnUnwornDayAreTheBasalRate()
    {
        m_bench->control("wear", {{u"date"_s, u"2024-10-16"_s}, {u"state"_s, u"unworn"_s}});
        const QByteArray dates = "/date/" + isoRange({2024, 10, 16}, {2024, 10, 16});
        const auto value = [this, &dates](const QByteArray &resource) {
            return fitbitList(*m_bench, user + "activities/" + resource + dates,
                              u"activities-"_s + QLatin1StringView(resource))
                .at(0)
                .toObject()
                .value(u"value"_s)
                .toString();
        };
        QCOMPARE(value("calories"), value("caloriesBMR"));
        QVERIFY(value("calories").toInt() > 1000);
    }

    void unitsFollowAcceptLanguage()
    {
        const auto value = [this](const QByteArray &resource, const QByteArray &language) {
            const SimHeaders headers = {{"Accept-Language", language}};
            return fitbitList(*m_bench, user + "activities/" + resource + "/date/2024-10-09/1d.json",
                              u"activities-"_s + QLatin1StringView(resource), headers)
                .at(0)
                .toObject()
                .value(u"value"_s)
                .toString()
                .toDouble();
        };
        QVERIFY(value("distance", "de_DE") > 1.0);
        QVERIFY(std::abs(value("distance", "en_US") * 1.609344 - value("distance", "de_DE")) < 1e-6);
        QCOMPARE(value("distance", "en_GB"), value("distance", "de_DE"));
        QVERIFY(std::abs(value("elevation", "en_US") * 0.3048 - value("elevation", "de_DE")) < 1e-6);
        QCOMPARE(value("floors", "en_US"), value("floors", "de_DE"));
    }

    void todayGrowsWithEachSync()
    {
        const QByteArray path = user + "activities/calories/date/2024-11-05/1d.json";
        const auto kcal = [&] {
            return fitbitList(*m_bench, path, u"activities-calories"_s)
                .at(0)
                .toObject()
                .value(u"value"_s)
                .toString()
                .toInt();
        };
        m_bench->control("sync", {{u"at"_s, u"2024-11-05T06:00:00Z"_s}});
        const int early = kcal();
        m_bench->control("sync", {});
        QVERIFY(early > 0 && early < kcal());
        QVERIFY(kcal() < truth({2024, 11, 5}).value(u"calories"_s).toInt());
    }

    void zoneMinutesLeaveOutWhatIsZero()
    {
        const QJsonArray series =
            fitbitList(*m_bench, user + "activities/active-zone-minutes/date/" + isoRange(first, last),
                       u"activities-active-zone-minutes"_s);
        QHash<QString, QJsonObject> byDate;
        for (const QJsonValue &entry : series)
            byDate.insert(entry[u"dateTime"_s].toString(), entry[u"value"_s].toObject());
        int zones = 0;
        for (QDate date = first; date <= last; date = date.addDays(1)) {
            const QJsonObject day = truth(date);
            const QString name = date.toString(Qt::ISODate);
            QCOMPARE(byDate.contains(name), day.value(u"activeZoneMinutes"_s).toInt() > 0);
            for (const QString &member : {u"activeZoneMinutes"_s, u"fatBurnActiveZoneMinutes"_s,
                                          u"cardioActiveZoneMinutes"_s, u"peakActiveZoneMinutes"_s}) {
                const int minutes = day.value(member).toInt();
                QCOMPARE(byDate.value(name).contains(member), minutes > 0);
                QCOMPARE(byDate.value(name).value(member).toInt(), minutes);
                if (!member.startsWith(u"fat"_s) && member != u"activeZoneMinutes"_s) {
                    QCOMPARE(minutes % 2, 0);
                    zones += minutes;
                }
            }
        }
        QVERIFY(zones > 0);
        QVERIFY(byDate.size() < first.daysTo(last) + 1);
    }

    void zonesOfTheHeartSeriesAreTheSame()
    {
        const QJsonArray series = fitbitList(
            *m_bench, user + "activities/heart/date/" + isoRange(first, last), u"activities-heart"_s);
        for (int day = 0; day < series.size(); ++day) {
            const QJsonArray zones = series.at(day)[u"value"_s][u"heartRateZones"_s].toArray();
            const QJsonArray minutes = truth(first.addDays(day)).value(u"zoneMinutes"_s).toArray();
            for (int zone = 1; zone < 4; ++zone)
                QCOMPARE(zones.at(zone)[u"minutes"_s].toInt(), minutes.at(zone).toInt());
        }
    }

    void zonesAreToldAsTheTruthCountsThem()
    {
        // Days without wear in both shapes, and the 25 hours of 27 October.
        const QJsonArray series = fitbitList(
            *m_bench, user + "activities/heart/date/" + isoRange(first, last), u"activities-heart"_s);
        QCOMPARE(series.size(), first.daysTo(last) + 1);
        int bare = 0;
        for (int day = 0; day < series.size(); ++day) {
            const QJsonArray zones = series.at(day)[u"value"_s][u"heartRateZones"_s].toArray();
            const QJsonArray lived = truth(first.addDays(day)).value(u"fitbitZones"_s).toArray();
            QCOMPARE(lived.size(), 4);
            for (int zone = 0; zone < 4; ++zone) {
                const QJsonArray told{zones.at(zone)[u"min"_s], zones.at(zone)[u"max"_s],
                                      zones.at(zone)[u"minutes"_s], zones.at(zone)[u"caloriesOut"_s]};
                for (int field = 0; field < 4; ++field) {
                    QCOMPARE(told.at(field).isDouble(), lived.at(zone)[field].isDouble());
                    QVERIFY(std::abs(told.at(field).toDouble() - lived.at(zone)[field].toDouble()) < 1e-6);
                }
                bare += told.at(2).isDouble() ? 0 : 1;
            }
        }
        QVERIFY(bare > 0 && bare < 4 * series.size());
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("message"); // empty: accepted
        const QString tooLong = u"The range cannot exceed %1 days for resource type %2"_s;
        const auto row = [](const char *name, const QByteArray &path, const QString &message = {}) {
            QTest::newRow(name) << path << message;
        };
        row("1095 days", "/1/user/-/activities/distance/date/2021-11-06/2024-11-04.json");
        row("1096 days", "/1/user/-/activities/distance/date/2021-11-05/2024-11-04.json",
            tooLong.arg(u"1095"_s, u"distance"_s));
        row("1096 days of zones", "/1/user/-/activities/active-zone-minutes/date/2021-11-05/2024-11-04.json",
            tooLong.arg(u"1095"_s, u"active-zone-minutes"_s));
        row("100 days", "/1.2/user/-/sleep/date/2024-07-28/2024-11-04.json");
        row("101 days", "/1.2/user/-/sleep/date/2024-07-27/2024-11-04.json",
            tooLong.arg(u"100"_s, u"sleep"_s));
        row("31 days", "/1/user/-/body/log/weight/date/2024-10-05/2024-11-04.json");
        row("32 days", "/1/user/-/body/log/weight/date/2024-10-04/2024-11-04.json",
            tooLong.arg(u"31"_s, u"weight"_s));
        row("30 days of fat", "/1/user/-/body/log/fat/date/2024-10-06/2024-11-04.json");
        row("31 days of fat", "/1/user/-/body/log/fat/date/2024-10-05/2024-11-04.json",
            tooLong.arg(u"30"_s, u"fat"_s));
        row("a month of fat", "/1/user/-/body/log/fat/date/2024-11-04/1m.json");
        row("three months of fat", "/1/user/-/body/log/fat/date/2024-11-04/3m.json", u"Invalid date: 3m"_s);
        row("32 days of the series", "/1/user/-/body/weight/date/2024-10-04/2024-11-04.json",
            tooLong.arg(u"31"_s, u"weight"_s));
        row("a year of the series", "/1/user/-/body/weight/date/2024-11-04/1y.json");
        row("today", "/1.2/user/-/sleep/date/today.json", u"Invalid date: today"_s);
        row("end before start", "/1.2/user/-/sleep/date/2024-11-04/2024-11-03.json",
            u"The end date must not be before the start date."_s);
        row("no such day", "/1/user/-/body/log/weight/date/2024-02-30.json", u"Invalid date: 2024-02-30"_s);
        row("sleep 1", "/1/user/-/sleep/date/2024-11-04.json",
            u"Invalid time series resource path: /1/user/-/sleep/date/2024-11-04.json"_s);
        row("steps 1.2", "/1.2/user/-/activities/steps/date/2024-11-04/1d.json",
            u"Invalid time series resource path: /1.2/user/-/activities/steps/date/2024-11-04/1d.json"_s);
        row("unknown series", "/1/user/-/activities/jumps/date/2024-11-04/1d.json",
            u"Invalid time series resource path: /1/user/-/activities/jumps/date/2024-11-04/1d.json"_s);
        const QByteArray page = "/1.2/user/-/sleep/list.json?";
        row("no bound", page + "sort=asc&offset=0&limit=10",
            u"Either beforeDate or afterDate must be specified."_s);
        row("wrong sort", page + "beforeDate=2024-11-04&sort=asc&offset=0&limit=10", u"Invalid sort: asc"_s);
        row("limit", page + "beforeDate=2024-11-04&sort=desc&offset=0&limit=101",
            u"The limit must be between 1 and 100."_s);
    }

    void refusals()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, message);
        const SimAnswer answer = m_bench->get(path);
        QCOMPARE(answer.status, message.isEmpty() ? 200 : 400);
        QCOMPARE(answer.message(), message);
        if (!message.isEmpty())
            QCOMPARE(answer.errorType(), u"validation"_s);
    }

    void scopesAreEnforced()
    {
        SimBench bench;
        const QList<QPair<QByteArray, QString>> needs = {
            {"/1/user/-/activities/calories/date/2024-11-04/1d.json", u"activity"_s},
            {"/1/user/-/activities/active-zone-minutes/date/2024-11-04/1d.json", u"activity"_s},
            {"/1.2/user/-/sleep/date/2024-11-04.json", u"sleep"_s},
            {"/1.2/user/-/sleep/list.json?beforeDate=2024-11-04&sort=desc&offset=0&limit=1", u"sleep"_s},
            {"/1/user/-/body/log/weight/date/2024-11-04.json", u"weight"_s},
            {"/1/user/-/body/log/fat/date/2024-11-04.json", u"weight"_s},
            {"/1/user/-/body/bmi/date/2024-11-04/1d.json", u"weight"_s},
        };
        for (const QByteArray &granted :
             {QByteArray("activity"), QByteArray("sleep"), QByteArray("weight")}) {
            QVERIFY(bench.signIn(granted));
            for (const auto &[path, scope] : needs) {
                const SimAnswer answer = bench.get(path);
                QCOMPARE(answer.status, scope == QLatin1StringView(granted) ? 200 : 403);
                if (answer.status == 403)
                    QCOMPARE(answer.errorType(), u"insufficient_scope"_s);
            }
        }
    }

    void sameSeedSameBytes()
    {
        SimBench other;
        QVERIFY(other.signIn(allScopes));
        m_bench->control("wear", {{u"date"_s, u"2024-10-16"_s}, {u"state"_s, u"auto"_s}});
        for (const QByteArray &path :
             {QByteArray("/1.2/user/-/sleep/date/2024-10-01/2024-11-04.json"),
              QByteArray("/1/user/-/activities/distance/date/2024-10-01/2024-11-04.json"),
              QByteArray("/1/user/-/activities/active-zone-minutes/date/2024-10-01/2024-11-04.json"),
              QByteArray("/1/user/-/body/log/weight/date/2024-10-06/2024-11-04.json")}) {
            const SimAnswer answer = m_bench->get(path);
            QCOMPARE(answer.status, 200);
            QCOMPARE(other.get(path).body, answer.body);
        }
    }

    void nothingBeforeMembership()
    {
        const QByteArray dates = isoRange({2023, 12, 20}, {2024, 1, 1});
        QCOMPARE(m_bench->get(user + "activities/calories/date/" + dates).body,
                 QByteArray(R"({"activities-calories":[]})"));
        QCOMPARE(m_bench->get(user + "activities/active-zone-minutes/date/" + dates).body,
                 QByteArray(R"({"activities-active-zone-minutes":[]})"));
        QCOMPARE(m_bench->get("/1.2/user/-/sleep/date/" + dates).body, QByteArray(R"({"sleep":[]})"));
        QCOMPARE(m_bench->get(user + "body/log/weight/date/" + dates).body, QByteArray(R"({"weight":[]})"));
    }
};

QTEST_GUILESS_MAIN(TestSimFitbitTypes)
#include "tst_sim_fitbit_types.moc"
