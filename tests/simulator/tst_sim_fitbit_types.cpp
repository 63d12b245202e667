// SPDX-License-Identifier: GPL-3.0-or-later
// Fitbit's half: the activity series, active zone minutes, nights, weight and body fat, compared with the
// truth day by day.

#include "simulator/simbench.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QByteArray user = "/1/user/-/";
const QByteArray allScopes = "activity heartrate sleep weight profile settings";
const QDate first(2024, 10, 1);
const QDate last(2024, 11, 4);

QByteArray iso(QDate date)
{
    return date.toString(Qt::ISODate).toLatin1();
}

QByteArray range(QDate from, QDate to)
{
    return iso(from) + '/' + iso(to) + ".json";
}

QDateTime wallClock(const QJsonObject &log, const QString &name)
{
    QDateTime time = QDateTime::fromString(log.value(name).toString(), u"yyyy-MM-ddTHH:mm:ss.zzz"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

} // namespace

class TestSimFitbitTypes : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimBench> m_bench;

    QJsonObject truth(QDate date)
    {
        return m_bench->control("truth", {{u"date"_s, date.toString(Qt::ISODate)}, {u"minutes"_s, false}});
    }
    /// One member of an answer; fails when the answer is none.
    QJsonArray list(const QByteArray &path, const QString &member, const SimHeaders &headers = {})
    {
        const SimAnswer answer = m_bench->get(path, headers);
        if (answer.status != 200 || !answer.json().value(member).isArray())
            QTest::qFail((path + ": " + answer.body.left(300)).constData(), __FILE__, __LINE__);
        return answer.json().value(member).toArray();
    }
    QJsonArray nights(QDate date) { return truth(date).value(u"nights"_s).toArray(); }
    /// A day whose truth has something of that name, e.g. a main night with stages.
    QDate dayWith(const std::function<bool(const QJsonObject &)> &has)
    {
        for (QDate date = last; date > last.addDays(-150); date = date.addDays(-1)) {
            if (has(truth(date)))
                return date;
        }
        return {};
    }
    QDate stagedDay()
    {
        return dayWith([](const QJsonObject &day) {
            const QJsonArray logs = day.value(u"nights"_s).toArray();
            const QJsonObject night = logs.at(0).toObject();
            return logs.size() == 1 && night.value(u"isMain"_s).toBool() &&
                   night.value(u"type"_s).toString() == u"stages"_s;
        });
    }

    void compareLevels(const QJsonObject &log, const QJsonObject &night)
    {
        const QJsonObject levels = log.value(u"levels"_s).toObject();
        const QJsonArray data = levels.value(u"data"_s).toArray();
        const QJsonArray stages = night.value(u"stages"_s).toArray();
        QCOMPARE(data.size(), stages.size());
        for (int part = 0; part < data.size(); ++part) {
            QCOMPARE(data.at(part)[u"level"_s], stages.at(part).toArray().at(2));
            QCOMPARE(data.at(part)[u"seconds"_s], stages.at(part).toArray().at(1));
        }
        const bool staged = log.value(u"type"_s).toString() == u"stages"_s;
        QCOMPARE(levels.contains(u"shortData"_s), staged);
        QCOMPARE(levels.value(u"shortData"_s).toArray().size(),
                 night.value(u"shortAwakenings"_s).toArray().size());
        const QJsonObject summary = levels.value(u"summary"_s).toObject();
        const QStringList names = staged ? QStringList{u"deep"_s, u"light"_s, u"rem"_s, u"wake"_s}
                                         : QStringList{u"asleep"_s, u"awake"_s, u"restless"_s};
        QCOMPARE(summary.keys(), names);
        const QJsonObject minutes = night.value(u"stageMinutes"_s).toObject();
        for (const QString &name : names) {
            const QJsonObject level = summary.value(name).toObject();
            QCOMPARE(level.value(u"minutes"_s).toInt(), minutes.value(name).toInt());
            QCOMPARE(level.contains(u"thirtyDayAvgMinutes"_s), staged);
            QCOMPARE(level.value(u"thirtyDayAvgMinutes"_s).toInt(), 0);
        }
    }

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
        const QJsonArray series =
            list(user + "activities/" + resource.toLatin1() + "/date/" + range(first, last),
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
        const QByteArray dates = "/date/" + range({2024, 10, 16}, {2024, 10, 16});
        const auto value = [this, &dates](const QByteArray &resource) {
            return list(user + "activities/" + resource + dates,
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
            return list(user + "activities/" + resource + "/date/2024-10-09/1d.json",
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
            return list(path, u"activities-calories"_s).at(0).toObject().value(u"value"_s).toString().toInt();
        };
        m_bench->control("sync", {{u"at"_s, u"2024-11-05T06:00:00Z"_s}});
        const int early = kcal();
        m_bench->control("sync", {});
        QVERIFY(early > 0 && early < kcal());
        QVERIFY(kcal() < truth({2024, 11, 5}).value(u"calories"_s).toInt());
    }

    void zoneMinutesLeaveOutWhatIsZero()
    {
        const QJsonArray series = list(user + "activities/active-zone-minutes/date/" + range(first, last),
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
        const QJsonArray series =
            list(user + "activities/heart/date/" + range(first, last), u"activities-heart"_s);
        for (int day = 0; day < series.size(); ++day) {
            const QJsonArray zones = series.at(day)[u"value"_s][u"heartRateZones"_s].toArray();
            const QJsonArray minutes = truth(first.addDays(day)).value(u"zoneMinutes"_s).toArray();
            for (int zone = 1; zone < 4; ++zone)
                QCOMPARE(zones.at(zone)[u"minutes"_s].toInt(), minutes.at(zone).toInt());
        }
    }

    void nightsTellTheTruth()
    {
        QJsonArray served = list("/1.2/user/-/sleep/date/" + range(first, last), u"sleep"_s);
        qsizetype count = 0;
        qint64 before = std::numeric_limits<qint64>::max();
        for (QDate date = last; date >= first; date = date.addDays(-1)) {
            const QJsonArray known = nights(date);
            for (auto number = known.size(); number-- > 0;) {
                const QJsonObject night = known.at(number).toObject();
                const QJsonObject log = served.at(count++).toObject();
                QCOMPARE(log.value(u"logId"_s).toInteger(), night.value(u"id"_s).toInteger());
                QCOMPARE(log.value(u"dateOfSleep"_s).toString(), date.toString(Qt::ISODate));
                QCOMPARE(wallClock(log, u"endTime"_s).date(), date);
                const qint64 start = wallClock(log, u"startTime"_s).toSecsSinceEpoch();
                QCOMPARE(start - night.value(u"startOffset"_s).toInteger(),
                         night.value(u"start"_s).toInteger());
                QVERIFY2(start < before, "newest first");
                before = start;
                const qint64 seconds =
                    night.value(u"end"_s).toInteger() - night.value(u"start"_s).toInteger();
                QCOMPARE(log.value(u"duration"_s).toInteger(), seconds * 1000);
                QCOMPARE(log.value(u"timeInBed"_s).toInteger(), seconds / 60);
                QCOMPARE(log.value(u"type"_s), night.value(u"type"_s));
                QCOMPARE(log.value(u"isMainSleep"_s), night.value(u"isMain"_s));
                QCOMPARE(log.value(u"minutesAsleep"_s), night.value(u"minutesAsleep"_s));
                QCOMPARE(log.value(u"minutesAwake"_s), night.value(u"minutesAwake"_s));
                compareLevels(log, night);
            }
        }
        QCOMPARE(served.size(), count);
        QVERIFY(count > 25);
    }

    void aDateHasSummaryAndAverages()
    {
        const QDate date = stagedDay();
        const QJsonObject answer = m_bench->get("/1.2/user/-/sleep/date/" + iso(date) + ".json").json();
        const QJsonObject night = nights(date).at(0).toObject();
        const QJsonObject summary = answer.value(u"summary"_s).toObject();
        QCOMPARE(summary.value(u"totalSleepRecords"_s).toInt(), 1);
        QCOMPARE(summary.value(u"totalMinutesAsleep"_s), night.value(u"minutesAsleep"_s));
        QCOMPARE(summary.value(u"totalTimeInBed"_s), night.value(u"minutesInBed"_s));
        QCOMPARE(summary[u"stages"_s].toObject(), night.value(u"stageMinutes"_s).toObject());
        const QJsonValue levels = answer[u"sleep"_s][0][u"levels"_s][u"summary"_s];
        QVERIFY(levels[u"light"_s][u"thirtyDayAvgMinutes"_s].toInt() > 60);
    }

    void aDateWithoutWearHasNoNight()
    {
        m_bench->control("wear", {{u"date"_s, u"2024-10-16"_s}, {u"state"_s, u"unworn"_s}});
        QCOMPARE(m_bench->get("/1.2/user/-/sleep/date/2024-10-16.json").body,
                 QByteArray(R"({"sleep":[],"summary":{"totalMinutesAsleep":0,"totalSleepRecords":0,)"
                            R"("totalTimeInBed":0}})"));
        QCOMPARE(m_bench->get("/1.2/user/-/sleep/date/2024-10-16/2024-10-16.json").body,
                 QByteArray(R"({"sleep":[]})"));
    }

    void aNightComesBackLongerUnderTheSameId()
    {
        const QDate date = stagedDay();
        const QByteArray path = "/1.2/user/-/sleep/date/" + range(date, date);
        const QJsonObject command{{u"date"_s, date.toString(Qt::ISODate)}, {u"longer"_s, 25}};
        const QJsonObject before = list(path, u"sleep"_s).at(0).toObject();
        m_bench->control("night", command);
        const QJsonObject after = list(path, u"sleep"_s).at(0).toObject();
        QCOMPARE(after.value(u"logId"_s), before.value(u"logId"_s));
        QCOMPARE(after.value(u"startTime"_s), before.value(u"startTime"_s));
        QCOMPARE(after.value(u"timeInBed"_s).toInt(), before.value(u"timeInBed"_s).toInt() + 25);
        QCOMPARE(after.value(u"minutesAsleep"_s), nights(date).at(0)[u"minutesAsleep"_s]);
        m_bench->control("night", {{u"date"_s, date.toString(Qt::ISODate)}, {u"pending"_s, true}});
        const QJsonObject pending = m_bench->get(path).json();
        QCOMPARE(pending[u"meta"_s][u"state"_s].toString(), u"pending"_s);
        QCOMPARE(pending[u"meta"_s][u"retryDuration"_s].toInt(), 3000);
        QCOMPARE(pending[u"sleep"_s][0][u"type"_s].toString(), u"classic"_s);
        m_bench->control("night", {{u"date"_s, date.toString(Qt::ISODate)}});
        QCOMPARE(list(path, u"sleep"_s).at(0).toObject(), before);
        QVERIFY(m_bench->control("night", {{u"date"_s, u"2024-13-01"_s}}).contains(u"error"_s));
    }

    void thisMorningsNightArrivesWithASync()
    {
        SimBench bench(SimBench::defaults(), QDateTime(QDate(2024, 11, 5), QTime(23, 0), Qt::UTC));
        QVERIFY(bench.signIn(allScopes));
        for (const QString &date : {u"2024-11-04"_s, u"2024-11-05"_s})
            bench.control("wear", {{u"date"_s, date}, {u"state"_s, u"worn"_s}});
        const QByteArray path = "/1.2/user/-/sleep/date/2024-11-05.json";
        const QJsonArray known =
            bench.control("truth", {{u"date"_s, u"2024-11-05"_s}}).value(u"nights"_s).toArray();
        QVERIFY(!known.isEmpty());
        QCOMPARE(bench.get(path).json().value(u"sleep"_s).toArray().size(), known.size());
        bench.control("sync", {{u"at"_s, known.at(0)[u"end"_s].toInteger() - 60}});
        QVERIFY(bench.get(path).json().value(u"sleep"_s).toArray().isEmpty());
    }

    void theListGoesOnUntilNextIsEmpty()
    {
        const QString all =
            u"/1.2/user/-/sleep/list.json?beforeDate=2024-11-05&sort=desc&offset=0&limit=20"_s;
        QByteArray path = all.toLatin1();
        QList<qint64> ids;
        for (int pages = 0; pages < 40 && !path.isEmpty(); ++pages) {
            const QJsonObject answer = m_bench->get(path).json();
            const QJsonArray logs = answer.value(u"sleep"_s).toArray();
            for (const QJsonValue &log : logs)
                ids.append(log[u"logId"_s].toInteger());
            const QString next = answer[u"pagination"_s][u"next"_s].toString();
            const QString base = m_bench->simulator->baseUrl().toString();
            QVERIFY(next.isEmpty() || next.startsWith(base));
            path = next.mid(base.size()).toLatin1();
        }
        QList<qint64> known;
        const qint64 midnight = truth(last.addDays(1)).value(u"startUtc"_s).toInteger();
        for (QDate date = last.addDays(1); date >= QDate(2024, 1, 2); date = date.addDays(-1)) {
            const QJsonArray logs = nights(date);
            for (auto number = logs.size(); number-- > 0;) {
                if (logs.at(number)[u"start"_s].toInteger() < midnight)
                    known.append(logs.at(number)[u"id"_s].toInteger());
            }
        }
        QCOMPARE(ids, known);
        const QJsonArray later =
            list("/1.2/user/-/sleep/list.json?afterDate=2024-10-01&sort=asc&offset=0&limit=1", u"sleep"_s);
        QVERIFY(later.at(0)[u"startTime"_s].toString() > u"2024-10-01"_s);
    }

    void theScaleTellsTheTruth()
    {
        const QByteArray dates = range({2024, 10, 5}, last);
        const QJsonArray weights = list(user + "body/log/weight/date/" + dates, u"weight"_s);
        const QJsonArray fats = list(user + "body/log/fat/date/" + range({2024, 10, 6}, last), u"fat"_s);
        qsizetype count = 0;
        qsizetype fatCount = 0;
        for (QDate date(2024, 10, 5); date <= last; date = date.addDays(1)) {
            const QJsonArray known = truth(date).value(u"weights"_s).toArray();
            for (const QJsonValue &weight : known) {
                const QJsonObject log = weights.at(count++).toObject();
                QCOMPARE(log.value(u"weight"_s), weight[1]);
                QCOMPARE(log.contains(u"fat"_s), !weight[2].isNull());
                QCOMPARE(log.value(u"date"_s).toString(), date.toString(Qt::ISODate));
                const QDateTime wall(date, QTime::fromString(log.value(u"time"_s).toString(), u"HH:mm:ss"_s),
                                     Qt::UTC);
                QCOMPARE(log.value(u"logId"_s).toInteger(), wall.toMSecsSinceEpoch());
                const int offset = date < QDate(2024, 10, 27) ? 7200 : 3600;
                QCOMPARE(wall.toSecsSinceEpoch() - offset, weight[0].toInteger());
                QVERIFY(log.value(u"bmi"_s).toDouble() > 15 && log.value(u"bmi"_s).toDouble() < 40);
                QCOMPARE(log.value(u"source"_s).toString(), u"AriaAir"_s);
                if (weight[2].isNull() || date < QDate(2024, 10, 6))
                    continue;
                const QJsonObject fat = fats.at(fatCount++).toObject();
                QCOMPARE(fat.value(u"fat"_s), weight[2]);
                QCOMPARE(fat.value(u"logId"_s), log.value(u"logId"_s));
                QVERIFY(!fat.contains(u"weight"_s) && !fat.contains(u"bmi"_s));
            }
        }
        QCOMPARE(weights.size(), count);
        QCOMPARE(fats.size(), fatCount);
        QVERIFY(count > 6 && fatCount > 2);
    }

    void weightFollowsAcceptLanguage()
    {
        const QDate date =
            dayWith([](const QJsonObject &day) { return !day[u"weights"_s].toArray().isEmpty(); });
        const QByteArray path = user + "body/log/weight/date/" + iso(date) + ".json";
        const double kg = list(path, u"weight"_s).at(0)[u"weight"_s].toDouble();
        QCOMPARE(kg, truth(date)[u"weights"_s][0][1].toDouble());
        const double pounds =
            list(path, u"weight"_s, {{"Accept-Language", "en_US"}}).at(0)[u"weight"_s].toDouble();
        const double stone =
            list(path, u"weight"_s, {{"Accept-Language", "en_GB"}}).at(0)[u"weight"_s].toDouble();
        QVERIFY(std::abs(pounds * 0.45359237 - kg) < 0.05);
        QVERIFY2(std::abs(stone * 6.35029318 - kg) < 0.35, qPrintable(QString::number(stone)));
        const QDate none =
            dayWith([](const QJsonObject &day) { return day[u"weights"_s].toArray().isEmpty(); });
        QCOMPARE(m_bench->get(user + "body/log/weight/date/" + iso(none) + ".json").body,
                 QByteArray(R"({"weight":[]})"));
    }

    void theBodySeriesIsFilled()
    {
        for (const QByteArray &measure : {QByteArray("weight"), QByteArray("fat"), QByteArray("bmi")}) {
            const QJsonArray series = list(user + "body/" + measure + "/date/2024-11-04/1m.json",
                                           u"body-"_s + QLatin1StringView(measure));
            QCOMPARE(series.size(), 31);
            for (const QJsonValue &entry : series)
                QVERIFY(entry[u"value"_s].toString().toDouble() > 5);
        }
        const QJsonArray all = list(user + "body/weight/date/2024-11-04/max.json", u"body-weight"_s);
        QCOMPARE(all.at(0)[u"dateTime"_s].toString(), u"2024-01-02"_s);
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
        const QByteArray dates = range({2023, 12, 20}, {2024, 1, 1});
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
