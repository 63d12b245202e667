// SPDX-License-Identifier: GPL-3.0-or-later
// Google's half: roll-ups of the daily figures, nights, weigh-ins and zone bounds, compared with the truth
// day by day.

#include "simulator/googlebench.h"

#include <QTest>

#include <cmath>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QDate first(2024, 10, 22);
const QDate last(2024, 11, 4); ///< 14 days: the shortest cap
const QDate unworn(2024, 10, 24);

QDate dateIn(const QJsonValue &date)
{
    return {date[u"year"_s].toInt(), date[u"month"_s].toInt(), date[u"day"_s].toInt()};
}

qint64 instant(const QJsonValue &text)
{
    return QDateTime::fromString(text.toString(), Qt::ISODate).toSecsSinceEpoch();
}

/// int64 members are text.
qint64 int64In(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : -1;
}

QByteArray civilRange(const QByteArray &member, QDate from, QDate to)
{
    return member + " >= \"" + from.toString(Qt::ISODate).toLatin1() + "\" AND " + member + " < \"" +
           to.toString(Qt::ISODate).toLatin1() + '"';
}

/// The duration of one zone or the minutes of one level.
qint64 partOf(const QJsonArray &parts, const QString &key, const QString &name, const QString &value)
{
    for (const QJsonValue &part : parts) {
        if (part[key].toString() == name) {
            QString text = part[value].toString();
            return text.endsWith(u's') ? text.chopped(1).toLongLong() : text.toLongLong();
        }
    }
    return 0;
}

} // namespace

class TestSimGoogleTypes : public QObject
{
    Q_OBJECT

    std::unique_ptr<GoogleBench> m_bench;
    QHash<QDate, QJsonObject> m_truth;

    QJsonObject truth(QDate date)
    {
        if (!m_truth.contains(date)) {
            m_truth.insert(date, m_bench->control("truth", {{u"date"_s, date.toString(Qt::ISODate)},
                                                            {u"minutes"_s, false}}));
        }
        return m_truth.value(date);
    }
    /// The value of each civil day with a window.
    QHash<QDate, QJsonObject> daily(const QByteArray &type, const QString &key)
    {
        const SimAnswer answer =
            m_bench->rollUp(type + "/dataPoints:dailyRollUp", GoogleBench::dailyBody(first, last.addDays(1)));
        if (answer.status != 200)
            QTest::qFail((type + ": " + answer.body.left(300)).constData(), __FILE__, __LINE__);
        QHash<QDate, QJsonObject> days;
        const QJsonArray windows = answer.json().value(u"rollupDataPoints"_s).toArray();
        for (const QJsonValue &window : windows)
            days.insert(dateIn(window[u"civilStartTime"_s][u"date"_s]), window[key].toObject());
        return days;
    }
    QJsonArray points(const QByteArray &type, const QByteArray &filter, bool reconcile = false)
    {
        const SimAnswer answer = m_bench->list(type + (reconcile ? "/dataPoints:reconcile" : "/dataPoints"),
                                               {{"filter", filter}, {"pageSize", "10000"}});
        if (answer.status != 200)
            QTest::qFail((type + ": " + answer.body.left(300)).constData(), __FILE__, __LINE__);
        return answer.json().value(u"dataPoints"_s).toArray();
    }
    void compareSpans(const QJsonArray &served, const QJsonArray &known)
    {
        static const QHash<QString, QString> types = {
            {u"wake"_s, u"AWAKE"_s},       {u"awake"_s, u"AWAKE"_s}, {u"light"_s, u"LIGHT"_s},
            {u"deep"_s, u"DEEP"_s},        {u"rem"_s, u"REM"_s},     {u"asleep"_s, u"ASLEEP"_s},
            {u"restless"_s, u"RESTLESS"_s}};
        QCOMPARE(served.size(), known.size());
        for (int part = 0; part < served.size(); ++part) {
            const QJsonValue span = served.at(part);
            QCOMPARE(instant(span[u"startTime"_s]), known.at(part)[0].toInteger());
            QCOMPARE(instant(span[u"endTime"_s]),
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
        QCOMPARE(instant(interval.value(u"startTime"_s)), night[u"start"_s].toInteger());
        QCOMPARE(instant(interval.value(u"endTime"_s)), night[u"end"_s].toInteger());
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
        const QHash<QDate, QJsonObject> days = daily(type, key);
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
        const auto levels = daily("active-minutes", u"activeMinutes"_s);
        const auto burn = daily("active-zone-minutes", u"activeZoneMinutes"_s);
        const auto zones = daily("time-in-heart-rate-zone", u"timeInHeartRateZone"_s);
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
        const auto distance = daily("distance", u"distance"_s);
        const auto kilometres = series("distance");
        const auto calories = daily("total-calories", u"totalCalories"_s);
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
        const QJsonArray nights =
            points("sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)));
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
        const QJsonArray listed =
            points("distance", civilRange("distance.interval.civil_start_time", last, last.addDays(1)));
        sum = 0;
        for (const QJsonValue &point : listed)
            sum += int64In(point[u"distance"_s][u"millimeters"_s]);
        QCOMPARE(sum, qRound64(day.value(u"distance"_s).toDouble() * 1000));
        const QJsonArray floors =
            points("floors", civilRange("floors.interval.civil_start_time", last, last.addDays(1)), true);
        sum = 0;
        for (const QJsonValue &point : floors)
            sum += int64In(point[u"floors"_s][u"count"_s]);
        QCOMPARE(sum, day.value(u"floors"_s).toInteger());
    }

    void recordsOfLevelsAndZonesHaveTheirShapes()
    {
        const auto of = [this](const QByteArray &type, const QByteArray &name, const QString &key) {
            const QJsonArray list =
                points(type, civilRange(name + ".interval.civil_start_time", last, last.addDays(1)));
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
            points("active-zone-minutes",
                   civilRange("active_zone_minutes.interval.civil_start_time", first, last.addDays(1)));
        QVERIFY(!burn.isEmpty());
        for (const QJsonValue &point : burn) {
            const QJsonValue minutes = point[u"activeZoneMinutes"_s];
            QCOMPARE(int64In(minutes[u"activeZoneMinutes"_s]),
                     minutes[u"heartRateZone"_s].toString() == u"FAT_BURN"_s ? 1 : 2);
        }
    }

    void nightsTellTheTruth()
    {
        const QJsonArray served =
            points("sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)));
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
        const QJsonArray reconciled =
            points("sleep", civilRange("sleep.interval.civil_end_time", first, last.addDays(1)), true);
        QCOMPARE(reconciled.size(), count);
        QVERIFY(reconciled.at(0)[u"dataSource"_s].isUndefined());
        QCOMPARE(reconciled.at(0)[u"dataPointName"_s], served.at(0)[u"name"_s]);
        QCOMPARE(reconciled.at(0)[u"sleep"_s], served.at(0)[u"sleep"_s]);
    }

    void aNightBelongsToTheDayOfItsEnd()
    {
        const QJsonArray one =
            points("sleep", civilRange("sleep.interval.civil_end_time", last, last.addDays(1)));
        QCOMPARE(one.size(), truth(last).value(u"nights"_s).toArray().size());
        const qint64 end = truth(last).value(u"nights"_s)[0][u"end"_s].toInteger();
        const QByteArray at = QDateTime::fromSecsSinceEpoch(end, Qt::UTC).toString(Qt::ISODate).toLatin1();
        const qint64 midnight = truth(last).value(u"startUtc"_s).toInteger() + 86'400;
        const QByteArray until =
            QDateTime::fromSecsSinceEpoch(midnight, Qt::UTC).toString(Qt::ISODate).toLatin1();
        QCOMPARE(points("sleep", "sleep.interval.end_time >= \"" + at +
                                     "\" AND sleep.interval.end_time < \"" + until + '"')
                     .size(),
                 one.size());
        const QByteArray after =
            QDateTime::fromSecsSinceEpoch(end + 1, Qt::UTC).toString(Qt::ISODate).toLatin1();
        const QJsonArray either =
            points("sleep", "sleep.interval.end_time >= \"" + after +
                                "\" OR sleep.interval.end_time < \"2024-01-05T00:00:00Z\"");
        QVERIFY(either.size() >= one.size() - 1);
        for (const QJsonValue &point : either) {
            const qint64 ends = instant(point[u"sleep"_s][u"interval"_s][u"endTime"_s]);
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
            const QJsonArray list = points("sleep", filter);
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
        QCOMPARE(instant(after[u"sleep"_s][u"interval"_s][u"endTime"_s]),
                 instant(before[u"sleep"_s][u"interval"_s][u"endTime"_s]) + 1800);
        QVERIFY(after[u"sleep"_s][u"updateTime"_s].toString() >
                before[u"sleep"_s][u"updateTime"_s].toString());
        QVERIFY(!pending[u"sleep"_s][u"metadata"_s][u"processed"_s].toBool());
        QCOMPARE(pending[u"sleep"_s][u"stages"_s].toArray().size(), 1);
        QCOMPARE(main(), before);
    }

    void theScaleTellsTheTruth()
    {
        const QDate from(2024, 8, 1);
        const QJsonArray weights =
            points("weight", civilRange("weight.sample_time.civil_time", from, last.addDays(1)));
        const QJsonArray fats =
            points("body-fat", civilRange("body_fat.sample_time.civil_time", from, last.addDays(1)));
        qsizetype count = 0;
        qsizetype fatCount = 0;
        for (QDate date = last; date >= from; date = date.addDays(-1)) {
            const QJsonArray known = truth(date).value(u"weights"_s).toArray();
            for (auto number = known.size(); number-- > 0;) {
                const QJsonValue point = weights.at(count++);
                const QJsonValue time = point[u"weight"_s][u"sampleTime"_s];
                QCOMPARE(qRound(point[u"weight"_s][u"weightGrams"_s].toDouble()),
                         qRound(known.at(number)[1].toDouble() * 1000));
                QCOMPARE(instant(time[u"physicalTime"_s]), known.at(number)[0].toInteger());
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
        for (const QJsonObject &mean : daily("weight", u"weight"_s))
            QVERIFY(mean[u"weightGramsAvg"_s].toDouble() > 40'000);
        for (const QJsonObject &mean : daily("body-fat", u"bodyFat"_s))
            QVERIFY(mean[u"bodyFatPercentageAvg"_s].toDouble() > 8);
    }

    void zoneBoundsAreThoseOfFitbit()
    {
        const QJsonArray days = points("daily-heart-rate-zones",
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
