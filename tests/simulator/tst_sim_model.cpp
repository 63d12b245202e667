// SPDX-License-Identifier: GPL-3.0-or-later
// The made-up person: repeatable, consistent in itself, right on the days of a clock change.

#include "simulator/dayplan.h"
#include "simulator/dayrows.h"
#include "simulator/heartzones.h"
#include "simulator/simusers.h"

#include <QTest>

#include <numeric>
#include <set>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr quint64 seed = 20240310;
const QDate since(2024, 1, 2);

int sum(const QList<int> &values)
{
    return std::accumulate(values.begin(), values.end(), 0);
}

int rowSum(const QList<DayRow> &rows)
{
    return std::accumulate(rows.begin(), rows.end(), 0,
                           [](int s, const DayRow &row) { return s + row.value; });
}

DayHorizon wholeDay(const DayData &data)
{
    return {data.day.seconds, data.day.seconds};
}

QByteArray fingerprint(const DayData &data)
{
    return dataSetJson(stepRows(data, u"1min"_s, wholeDay(data), FallBack::BothCopies), u"1min"_s, false) +
           dataSetJson(heartRows(data, u"1sec"_s, wholeDay(data), FallBack::BothCopies), u"1sec"_s, false);
}

} // namespace

class TestSimModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameSeedSameDays()
    {
        const SimUser one(seed, 0, "Europe/Berlin", since);
        const SimUser two(seed, 0, "Europe/Berlin", since);
        QList<QByteArray> forward;
        for (int day = 0; day < 60; ++day)
            forward.append(fingerprint(one.day(QDate(2024, 9, 1).addDays(day))));
        for (int day = 59; day >= 0; --day)
            QCOMPARE(fingerprint(two.day(QDate(2024, 9, 1).addDays(day))), forward.at(day));
        QCOMPARE(std::set<QByteArray>(forward.begin(), forward.end()).size() > 55, true);
    }

    void othersHaveOtherDays()
    {
        const SimUser one(seed, 0, "Europe/Berlin", since);
        const SimUser neighbour(seed, 1, "Europe/Berlin", since);
        const SimUser elsewhere(seed + 1, 0, "Europe/Berlin", since);
        const QDate date(2024, 9, 11);
        QVERIFY(one.id() != neighbour.id() && one.id() != elsewhere.id());
        QVERIFY(fingerprint(one.day(date)) != fingerprint(neighbour.day(date)));
        QVERIFY(fingerprint(one.day(date)) != fingerprint(elsewhere.day(date)));
    }

    void aYearIsBelievable()
    {
        int unworn = 0;
        int steps = 0;
        int worn = 0;
        bool trained = false;
        const SimUser user(seed, 0, "Europe/Berlin", since);
        for (QDate date(2024, 2, 1); date < QDate(2025, 2, 1); date = date.addDays(1)) {
            const DayData &data = user.day(date);
            if (!data.worn) {
                ++unworn;
                QCOMPARE(sum(data.steps), 0);
                QVERIFY(data.readings.isEmpty());
                continue;
            }
            ++worn;
            steps += sum(data.steps);
            QVERIFY2(sum(data.steps) > 500 && sum(data.steps) < 40'000, qPrintable(date.toString()));
            QVERIFY(data.readings.size() > 2000 && data.readings.size() < 17'500);
            const auto missing = std::count(data.minuteRates.begin(), data.minuteRates.end(), 0);
            QVERIFY(missing >= 8);
            QVERIFY(data.restingRate >= 40 && data.restingRate <= 80);
            for (const HeartReading &reading : data.readings) {
                QVERIFY(reading.rate >= 38 && reading.rate < 220);
                trained = trained || reading.rate > 140;
            }
        }
        QVERIFY(trained);
        QVERIFY2(unworn >= 8 && unworn <= 40, qPrintable(QString::number(unworn)));
        QVERIFY2(steps / worn > 5000 && steps / worn < 14'000, qPrintable(QString::number(steps / worn)));
    }

    void sleepIsCalmerThanTheDay()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        for (int day = 0; day < 20; ++day) {
            const DayData &data = user.day(QDate(2024, 5, 1).addDays(day));
            const auto mean = [&data](int from, int to) {
                int total = 0;
                int count = 0;
                for (int minute = from; minute < to; ++minute) {
                    total += data.minuteRates.at(minute);
                    count += data.minuteRates.at(minute) > 0 ? 1 : 0;
                }
                return count > 60 ? total / count : 0;
            };
            if (mean(120, 300) > 0 && mean(600, 1080) > 0)
                QVERIFY(mean(120, 300) + 5 < mean(600, 1080));
        }
    }

    void minutesAreTheMeanOfTheirReadings()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        const DayData &data = user.day(QDate(2024, 9, 11));
        QVERIFY(data.worn);
        QList<int> total(data.minutes());
        QList<int> count(data.minutes());
        int previous = -1;
        for (const HeartReading &reading : data.readings) {
            QVERIFY(reading.second > previous);
            previous = reading.second;
            total[reading.second / 60] += reading.rate;
            ++count[reading.second / 60];
        }
        for (int minute = 0; minute < data.minutes(); ++minute) {
            if (count.at(minute) == 0)
                QCOMPARE(data.minuteRates.at(minute), 0);
            else
                QVERIFY(qAbs(data.minuteRates.at(minute) * count.at(minute) - total.at(minute)) * 2 <=
                        count.at(minute));
        }
    }

    void springHasNoRowsInTheSkippedHour()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        user.setWear(QDate(2024, 3, 31), QDate(2024, 3, 31), Wear::Worn);
        const DayData &data = user.day(QDate(2024, 3, 31));
        QCOMPARE(data.minutes(), 1380);
        const QList<DayRow> rows = stepRows(data, u"1min"_s, wholeDay(data), FallBack::SingleCopy);
        QCOMPARE(rows.size(), 1380);
        for (const DayRow &row : rows)
            QVERIFY(row.wallSecond / 3600 != 2);
        QCOMPARE(rowSum(rows), sum(data.steps));
    }

    void autumnRepeatsOrJoinsTheHour()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        user.setWear(QDate(2024, 10, 27), QDate(2024, 10, 27), Wear::Worn);
        DayData data = user.day(QDate(2024, 10, 27));
        QCOMPARE(data.minutes(), 1500);
        data.steps.fill(7); // nobody walks at three in the morning, but the sum must hold if somebody does
        const QList<DayRow> single = stepRows(data, u"1min"_s, wholeDay(data), FallBack::SingleCopy);
        const QList<DayRow> both = stepRows(data, u"1min"_s, wholeDay(data), FallBack::BothCopies);
        QCOMPARE(single.size(), 1440);
        QCOMPARE(both.size(), 1500);
        QCOMPARE(single.at(2 * 60 + 30).value, 14);
        QCOMPARE(rowSum(single), sum(data.steps));
        QCOMPARE(rowSum(both), sum(data.steps));
        const QList<DayRow> rates = heartRows(data, u"1sec"_s, wholeDay(data), FallBack::SingleCopy);
        for (qsizetype i = 1; i < rates.size(); ++i)
            QVERIFY(rates.at(i).wallSecond > rates.at(i - 1).wallSecond);
        const QList<DayRow> all = heartRows(data, u"1sec"_s, wholeDay(data), FallBack::BothCopies);
        QCOMPARE(all.size(), data.readings.size());
        QVERIFY(rates.size() < all.size());
    }

    void binsKeepSumsAndMeans()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        const DayData &data = user.day(QDate(2024, 9, 11));
        for (const QString &detail : {u"5min"_s, u"15min"_s}) {
            const QList<DayRow> steps = stepRows(data, detail, wholeDay(data), FallBack::SingleCopy);
            QCOMPARE(steps.size(), detail == u"5min"_s ? 288 : 96);
            QCOMPARE(rowSum(steps), sum(data.steps));
            const QList<DayRow> rates = heartRows(data, detail, wholeDay(data), FallBack::SingleCopy);
            QVERIFY(rates.size() <= steps.size());
            for (const DayRow &row : rates)
                QVERIFY(row.value > 35 && row.value < 220);
        }
    }

    void todayEndsAtTheLastSync()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        const QDate date(2024, 9, 11);
        user.setWear(date, date, Wear::Worn);
        const DayData &data = user.day(date);
        const DayHorizon horizon =
            horizonOf(data.day, data.day.startUtc + 15 * 3600, data.day.startUtc + 16 * 3600);
        const QList<DayRow> steps = stepRows(data, u"1min"_s, horizon, FallBack::SingleCopy);
        QCOMPARE(steps.size(), 16 * 60);
        for (const DayRow &row : steps) {
            if (row.wallSecond >= 15 * 3600)
                QCOMPARE(row.value, 0);
        }
        QCOMPARE(rowSum(steps), data.stepsUntil(horizon.syncedSecond));
        const QList<DayRow> rates = heartRows(data, u"1sec"_s, horizon, FallBack::SingleCopy);
        QVERIFY(!rates.isEmpty() && rates.last().wallSecond < 15 * 3600);
    }

    void utcDaysAreCutFromTheCivilOnes()
    {
        const SimUser user(seed, 0, "Pacific/Chatham", since);
        const QDate date(2024, 6, 12);
        const DayData utc = user.dayInUtc(date);
        QCOMPARE(utc.minutes(), 1440);
        qsizetype found = 0;
        for (int back = -1; back <= 1; ++back) {
            const DayData &civil = user.day(date.addDays(back));
            for (int minute = 0; minute < civil.minutes(); ++minute) {
                const qint64 at = (civil.utcOf(minute * 60) - utc.day.startUtc) / 60;
                if (civil.utcOf(minute * 60) < utc.day.startUtc || at >= 1440)
                    continue;
                QCOMPARE(utc.steps.at(at), civil.steps.at(minute));
                ++found;
            }
        }
        QCOMPARE(found, 1440);
    }

    void zonesCoverEveryRate()
    {
        const PersonTraits person = makePerson(seed, 0);
        HeartZones zones(person, QDate(2024, 9, 11));
        for (int rate = 30; rate < 230; ++rate)
            zones.add(rate);
        QCOMPARE(zones.minutes(0) + zones.minutes(1) + zones.minutes(2) + zones.minutes(3), 200);
        for (int zone = 0; zone < 4; ++zone)
            QVERIFY(zones.minutes(zone) > 0);
        QVERIFY(!zones.bareJson().contains("minutes"));
        zones.clear();
        zones.addUnmeasured();
        QVERIFY(zones.json().startsWith(R"([{"caloriesOut":)"));
        QVERIFY(zones.json().contains(R"("caloriesOut":0,)"));
    }

    void zonesOfADateFollowTheirPlan()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        QVERIFY(user.setZone("America/New_York", QDate(2024, 7, 1)));
        QVERIFY(!user.setZone("Mars/Olympus", std::nullopt));
        QCOMPARE(user.day(QDate(2024, 6, 30)).day.zone, u"Europe/Berlin"_s);
        QCOMPARE(user.day(QDate(2024, 7, 1)).day.zone, u"America/New_York"_s);
        QCOMPARE(user.dateAt(QDateTime(QDate(2024, 7, 4), QTime(2, 0), Qt::UTC).toSecsSinceEpoch()),
                 QDate(2024, 7, 3));
    }
};

QTEST_GUILESS_MAIN(TestSimModel)
#include "tst_sim_model.moc"
