// SPDX-License-Identifier: GPL-3.0-or-later
// Google's half: nights, naps, weight and body fat, compared with the truth day by day.

#include "simulator/typesbench.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QDate first(2024, 10, 22);
const QDate last(2024, 11, 4); ///< 14 days: the shortest cap
const QDate unworn(2024, 10, 24);

} // namespace

class TestSimGoogleSleep : public QObject
{
    Q_OBJECT

    std::unique_ptr<GoogleBench> m_bench;

    QJsonObject truth(QDate date) { return truthOf(*m_bench, date); }
    void compareSpans(const QJsonArray &served, const QJsonArray &known)
    {
        static const QHash<QString, QString> types = {
            {u"wake"_s, u"AWAKE"_s},       {u"awake"_s, u"AWAKE"_s}, {u"light"_s, u"LIGHT"_s},
            {u"deep"_s, u"DEEP"_s},        {u"rem"_s, u"REM"_s},     {u"asleep"_s, u"ASLEEP"_s},
            {u"restless"_s, u"RESTLESS"_s}};
        QCOMPARE(served.size(), known.size());
        for (int part = 0; part < served.size(); ++part) {
            const QJsonValue span = served.at(part);
            QCOMPARE(instantIn(span[u"startTime"_s]), known.at(part)[0].toInteger());
            QCOMPARE(instantIn(span[u"endTime"_s]),
                     known.at(part)[0].toInteger() + known.at(part)[1].toInteger());
            QCOMPARE(span[u"type"_s].toString(), types.value(known.at(part)[2].toString()));
            QVERIFY(span[u"startUtcOffset"_s].toString().endsWith(u"00s"_s));
            QVERIFY(!span[u"endUtcOffset"_s].isUndefined());
        }
    }
    void compareNight(const QJsonValue &point, const QJsonValue &night)
    {
        const QJsonValue sleep = point[u"sleep"_s];
        const QJsonObject interval = sleep[u"interval"_s].toObject();
        QCOMPARE(interval.keys(),
                 (QStringList{u"endTime"_s, u"endUtcOffset"_s, u"startTime"_s, u"startUtcOffset"_s}));
        QCOMPARE(instantIn(interval.value(u"startTime"_s)), night[u"start"_s].toInteger());
        QCOMPARE(instantIn(interval.value(u"endTime"_s)), night[u"end"_s].toInteger());
        const QString type = night[u"type"_s].toString().toUpper();
        QCOMPARE(sleep[u"type"_s].toString(), type);
        compareSpans(sleep[u"stages"_s].toArray(), night[u"stages"_s].toArray());
        compareSpans(sleep[u"shortAwakenings"_s].toArray(), night[u"shortAwakenings"_s].toArray());
        QCOMPARE(sleep[u"metadata"_s][u"mainSleep"_s].toBool(), night[u"isMain"_s].toBool());
        QCOMPARE(sleep[u"metadata"_s][u"nap"_s].toBool(), night[u"isNap"_s].toBool());
        QCOMPARE(sleep[u"metadata"_s][u"processed"_s].toBool(), true);
        const QJsonValue summary = sleep[u"summary"_s];
        QCOMPARE(int64In(summary[u"minutesAsleep"_s]), night[u"minutesAsleep"_s].toInteger());
        QCOMPARE(int64In(summary[u"minutesAwake"_s]), night[u"minutesAwake"_s].toInteger());
        QCOMPARE(int64In(summary[u"minutesInSleepPeriod"_s]), night[u"minutesInBed"_s].toInteger());
        QCOMPARE(partOf(summary[u"stagesSummary"_s].toArray(), u"type"_s, u"REM"_s, u"minutes"_s),
                 night[u"stageMinutes"_s][u"rem"_s].toInteger());
        QVERIFY(QDateTime::fromString(sleep[u"updateTime"_s].toString(), Qt::ISODate) >
                QDateTime::fromString(sleep[u"createTime"_s].toString(), Qt::ISODate));
    }

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

    void nightsTellTheTruth()
    {
        const QJsonArray served = googlePoints(
            *m_bench, "sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)));
        const QString base = u"/dataTypes/sleep/dataPoints/"_s;
        qsizetype count = 0;
        for (QDate date = last; date >= first; date = date.addDays(-1)) {
            const QJsonArray known = truth(date).value(u"nights"_s).toArray();
            for (auto number = known.size(); number-- > 0;) {
                const QJsonValue point = served.at(count++);
                QVERIFY(point[u"name"_s].toString().endsWith(
                    base + QString::number(known.at(number)[u"id"_s].toInteger())));
                QCOMPARE(point[u"dataSource"_s][u"recordingMethod"_s].toString(), u"DERIVED"_s);
                compareNight(point, known.at(number));
            }
        }
        QCOMPARE(served.size(), count);
        QVERIFY(count >= 10);
        const QJsonArray reconciled = googlePoints(
            *m_bench, "sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)), true);
        QCOMPARE(reconciled.size(), count);
        QVERIFY(reconciled.at(0)[u"dataSource"_s].isUndefined());
        QCOMPARE(reconciled.at(0)[u"dataPointName"_s], served.at(0)[u"name"_s]);
        QCOMPARE(reconciled.at(0)[u"sleep"_s], served.at(0)[u"sleep"_s]);
    }

    void aNightBelongsToTheDayOfItsEnd()
    {
        const QJsonArray one = googlePoints(
            *m_bench, "sleep", civilRange("sleep.interval.civil_end_time", last, last.addDays(1)));
        QCOMPARE(one.size(), truth(last).value(u"nights"_s).toArray().size());
        const qint64 end = truth(last).value(u"nights"_s)[0][u"end"_s].toInteger();
        const QByteArray at = instantText(end);
        const qint64 midnight = truth(last).value(u"startUtc"_s).toInteger() + 86'400;
        const QByteArray until = instantText(midnight);
        QCOMPARE(googlePoints(*m_bench, "sleep",
                              "sleep.interval.end_time >= \"" + at + "\" AND sleep.interval.end_time < \"" +
                                  until + '"')
                     .size(),
                 one.size());
        const QByteArray after = instantText(end + 1);
        const QJsonArray either =
            googlePoints(*m_bench, "sleep",
                         "sleep.interval.end_time >= \"" + after +
                             "\" OR sleep.interval.end_time < \"2024-01-05T00:00:00Z\"");
        QVERIFY(either.size() >= one.size() - 1);
        for (const QJsonValue &point : either) {
            const qint64 ends = instantIn(point[u"sleep"_s][u"interval"_s][u"endTime"_s]);
            QVERIFY(ends > end ||
                    ends < QDateTime(QDate(2024, 1, 5), QTime(0, 0), Qt::UTC).toSecsSinceEpoch());
        }
    }

    void nightsComeInPagesOfTwentyFive()
    {
        QList<QString> names;
        QByteArray token;
        int pages = 0;
        do {
            const SimAnswer answer =
                m_bench->list("sleep/dataPoints", {{"pageSize", "10000"}, {"pageToken", token}});
            QCOMPARE(answer.status, 200);
            const QJsonArray page = answer.json().value(u"dataPoints"_s).toArray();
            QVERIFY(page.size() <= 25);
            for (const QJsonValue &point : page)
                names.append(point[u"name"_s].toString().section(u'/', -1));
            token = answer.json().value(u"nextPageToken"_s).toString().toLatin1();
        } while (!token.isEmpty() && ++pages < 40);
        QStringList known;
        for (QDate date(2024, 11, 5); date >= QDate(2024, 1, 2); date = date.addDays(-1)) {
            const QJsonArray logs = truth(date).value(u"nights"_s).toArray();
            for (auto number = logs.size(); number-- > 0;) {
                if (logs.at(number)[u"end"_s].toInteger() < m_bench->clock.nowUtc() - 3600)
                    known.append(QString::number(logs.at(number)[u"id"_s].toInteger()));
            }
        }
        QCOMPARE(names, known);
        QVERIFY(pages > 8);
    }

    void aNightIsRevisedUnderItsName()
    {
        const QDate date = last;
        const QByteArray filter = civilRange("sleep.interval.civil_end_time", date, date.addDays(1));
        const auto main = [&] {
            const QJsonArray list = googlePoints(*m_bench, "sleep", filter);
            for (const QJsonValue &point : list) {
                if (point[u"sleep"_s][u"metadata"_s][u"mainSleep"_s].toBool())
                    return point.toObject();
            }
            return QJsonObject();
        };
        const QJsonObject before = main();
        QVERIFY(!before.isEmpty());
        m_bench->control("night", {{u"date"_s, date.toString(Qt::ISODate)}, {u"longer"_s, 30}});
        const QJsonObject after = main();
        m_bench->control("night", {{u"date"_s, date.toString(Qt::ISODate)}, {u"pending"_s, true}});
        const QJsonObject pending = main();
        m_bench->control("night", {{u"date"_s, date.toString(Qt::ISODate)}});
        QCOMPARE(after.value(u"name"_s), before.value(u"name"_s));
        QCOMPARE(instantIn(after[u"sleep"_s][u"interval"_s][u"endTime"_s]),
                 instantIn(before[u"sleep"_s][u"interval"_s][u"endTime"_s]) + 1800);
        QVERIFY(after[u"sleep"_s][u"updateTime"_s].toString() >
                before[u"sleep"_s][u"updateTime"_s].toString());
        QVERIFY(!pending[u"sleep"_s][u"metadata"_s][u"processed"_s].toBool());
        QCOMPARE(pending[u"sleep"_s][u"stages"_s].toArray().size(), 1);
        QCOMPARE(main(), before);
    }

    void theScaleTellsTheTruth()
    {
        const QDate from(2024, 8, 1);
        const QJsonArray weights = googlePoints(
            *m_bench, "weight", civilRange("weight.sample_time.civil_time", from, last.addDays(1)));
        const QJsonArray fats = googlePoints(
            *m_bench, "body-fat", civilRange("body_fat.sample_time.civil_time", from, last.addDays(1)));
        qsizetype count = 0;
        qsizetype fatCount = 0;
        for (QDate date = last; date >= from; date = date.addDays(-1)) {
            const QJsonArray known = truth(date).value(u"weights"_s).toArray();
            for (auto number = known.size(); number-- > 0;) {
                const QJsonValue point = weights.at(count++);
                const QJsonValue time = point[u"weight"_s][u"sampleTime"_s];
                QCOMPARE(qRound(point[u"weight"_s][u"weightGrams"_s].toDouble()),
                         qRound(known.at(number)[1].toDouble() * 1000));
                QCOMPARE(instantIn(time[u"physicalTime"_s]), known.at(number)[0].toInteger());
                QCOMPARE(dateIn(time[u"civilTime"_s][u"date"_s]), date);
                QVERIFY(point[u"name"_s].toString().contains(u"/dataTypes/weight/dataPoints/"_s));
                if (known.at(number)[2].isNull())
                    continue;
                const QJsonValue fat = fats.at(fatCount++);
                QCOMPARE(fat[u"bodyFat"_s][u"percentage"_s].toDouble(), known.at(number)[2].toDouble());
                QCOMPARE(fat[u"bodyFat"_s][u"sampleTime"_s], time);
            }
        }
        QCOMPARE(weights.size(), count);
        QCOMPARE(fats.size(), fatCount);
        QVERIFY(count > 25 && fatCount > 10 && fatCount < count);
        for (const QJsonObject &mean : googleDays(*m_bench, "weight", u"weight"_s, first, last))
            QVERIFY(mean[u"weightGramsAvg"_s].toDouble() > 40'000);
        for (const QJsonObject &mean : googleDays(*m_bench, "body-fat", u"bodyFat"_s, first, last))
            QVERIFY(mean[u"bodyFatPercentageAvg"_s].toDouble() > 8);
    }
};

QTEST_GUILESS_MAIN(TestSimGoogleSleep)
#include "tst_sim_google_sleep.moc"
