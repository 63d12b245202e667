// SPDX-License-Identifier: GPL-3.0-or-later
// Fitbit's half: nights, naps, weight and body fat, compared with the truth day by day.

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

QDateTime wallClock(const QJsonObject &log, const QString &name)
{
    QDateTime time = QDateTime::fromString(log.value(name).toString(), u"yyyy-MM-ddTHH:mm:ss.zzz"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

} // namespace

class TestSimFitbitSleep : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimBench> m_bench;

    QJsonObject truth(QDate date) { return truthOf(*m_bench, date); }
    QJsonArray nights(QDate date) { return truth(date).value(u"nights"_s).toArray(); }
    /// A day with one night, in stages.
    QDate stagedDay()
    {
        return dayWith(*m_bench, last, [](const QJsonObject &day) {
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

    void nightsTellTheTruth()
    {
        QJsonArray served =
            fitbitList(*m_bench, "/1.2/user/-/sleep/date/" + isoRange(first, last), u"sleep"_s);
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
        const QJsonObject answer = m_bench->get("/1.2/user/-/sleep/date/" + isoText(date) + ".json").json();
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
        const QByteArray path = "/1.2/user/-/sleep/date/" + isoRange(date, date);
        const QJsonObject command{{u"date"_s, date.toString(Qt::ISODate)}, {u"longer"_s, 25}};
        const QJsonObject before = fitbitList(*m_bench, path, u"sleep"_s).at(0).toObject();
        m_bench->control("night", command);
        const QJsonObject after = fitbitList(*m_bench, path, u"sleep"_s).at(0).toObject();
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
        QCOMPARE(fitbitList(*m_bench, path, u"sleep"_s).at(0).toObject(), before);
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
            fitbitList(*m_bench, "/1.2/user/-/sleep/list.json?afterDate=2024-10-01&sort=asc&offset=0&limit=1",
                       u"sleep"_s);
        QVERIFY(later.at(0)[u"startTime"_s].toString() > u"2024-10-01"_s);
    }

    void theScaleTellsTheTruth()
    {
        const QByteArray dates = isoRange({2024, 10, 5}, last);
        const QJsonArray weights = fitbitList(*m_bench, user + "body/log/weight/date/" + dates, u"weight"_s);
        const QJsonArray fats =
            fitbitList(*m_bench, user + "body/log/fat/date/" + isoRange({2024, 10, 6}, last), u"fat"_s);
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
        const QDate date = dayWith(
            *m_bench, last, [](const QJsonObject &day) { return !day[u"weights"_s].toArray().isEmpty(); });
        const QByteArray path = user + "body/log/weight/date/" + isoText(date) + ".json";
        const double kg = fitbitList(*m_bench, path, u"weight"_s).at(0)[u"weight"_s].toDouble();
        QCOMPARE(kg, truth(date)[u"weights"_s][0][1].toDouble());
        const double pounds = fitbitList(*m_bench, path, u"weight"_s, {{"Accept-Language", "en_US"}})
                                  .at(0)[u"weight"_s]
                                  .toDouble();
        const double stone = fitbitList(*m_bench, path, u"weight"_s, {{"Accept-Language", "en_GB"}})
                                 .at(0)[u"weight"_s]
                                 .toDouble();
        QVERIFY(std::abs(pounds * 0.45359237 - kg) < 0.05);
        QVERIFY2(std::abs(stone * 6.35029318 - kg) < 0.35, qPrintable(QString::number(stone)));
        const QDate none = dayWith(
            *m_bench, last, [](const QJsonObject &day) { return day[u"weights"_s].toArray().isEmpty(); });
        QCOMPARE(m_bench->get(user + "body/log/weight/date/" + isoText(none) + ".json").body,
                 QByteArray(R"({"weight":[]})"));
    }

    void theBodySeriesIsFilled()
    {
        for (const QByteArray &measure : {QByteArray("weight"), QByteArray("fat"), QByteArray("bmi")}) {
            const QJsonArray series =
                fitbitList(*m_bench, user + "body/" + measure + "/date/2024-11-04/1m.json",
                           u"body-"_s + QLatin1StringView(measure));
            QCOMPARE(series.size(), 31);
            for (const QJsonValue &entry : series)
                QVERIFY(entry[u"value"_s].toString().toDouble() > 5);
        }
        const QJsonArray all =
            fitbitList(*m_bench, user + "body/weight/date/2024-11-04/max.json", u"body-weight"_s);
        QCOMPARE(all.at(0)[u"dateTime"_s].toString(), u"2024-01-02"_s);
    }
};

QTEST_GUILESS_MAIN(TestSimFitbitSleep)
#include "tst_sim_fitbit_sleep.moc"
