// SPDX-License-Identifier: GPL-3.0-or-later
// The truth of nights, weigh-ins and daily figures: repeatable, consistent with the day plan and with wear.

#include "simulator/dayplan.h"
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
const QDate yearEnd(2025, 2, 1);

QByteArray printOf(const SimSleepLog &log)
{
    QByteArray text = QByteArray::number(log.id) + ' ' + QByteArray::number(log.startUtc) + ' ' +
                      QByteArray::number(log.endUtc) + ' ' + log.date.toString(Qt::ISODate).toLatin1();
    for (const QList<SimSleepSpan> &spans : {log.spans, log.awakenings}) {
        for (const SimSleepSpan &span : spans)
            text += ' ' + QByteArray::number(span.utc) + sleepStageName(span.stage);
    }
    return text;
}

QByteArray printOf(const SimUser &user, QDate date)
{
    QByteArray text;
    const QList<SimSleepLog> sleeps = user.sleeps(date);
    for (const SimSleepLog &log : sleeps)
        text += printOf(log) + '\n';
    const QList<SimWeighIn> weights = user.weighIns(date);
    for (const SimWeighIn &weight : weights) {
        text += QByteArray::number(weight.utc) + ' ' + QByteArray::number(weight.grams) + ' ' +
                QByteArray::number(weight.fatPerMille) + '\n';
    }
    const SimDayTotals totals = user.totals(date);
    text += QByteArray::number(totals.millimetres) + ' ' + QByteArray::number(totals.floors) + ' ' +
            QByteArray::number(totals.calories);
    for (const int minutes : totals.levels)
        text += ' ' + QByteArray::number(minutes);
    for (const int minutes : totals.zones)
        text += ' ' + QByteArray::number(minutes);
    return text;
}

int sum(const QList<int> &values)
{
    return std::accumulate(values.begin(), values.end(), 0);
}

} // namespace

class TestSimTruth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameSeedSameTruthInAnyOrder()
    {
        const SimUser one(seed, 0, "Europe/Berlin", since);
        const SimUser two(seed, 0, "Europe/Berlin", since);
        const SimUser other(seed, 1, "Europe/Berlin", since);
        QList<QByteArray> forward;
        for (int day = 0; day < 40; ++day)
            forward.append(printOf(one, QDate(2024, 10, 1).addDays(day)));
        for (int day = 39; day >= 0; --day)
            QCOMPARE(printOf(two, QDate(2024, 10, 1).addDays(day)), forward.at(day));
        QVERIFY(printOf(other, QDate(2024, 10, 3)) != forward.at(2));
    }

    void aYearOfNightsIsBelievable()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        int mains = 0;
        int naps = 0;
        int staged = 0;
        int parts = 0;
        qint64 asleep = 0;
        std::set<qint64> ids;
        qint64 before = 0;
        for (QDate date(2024, 2, 1); date < yearEnd; date = date.addDays(1)) {
            int mainsToday = 0;
            const QList<SimSleepLog> sleeps = user.sleeps(date);
            for (const SimSleepLog &log : sleeps) {
                QVERIFY(ids.insert(log.id).second);
                QVERIFY2(log.startUtc > before, "logs follow each other and never overlap");
                before = log.endUtc;
                QCOMPARE(user.dateAt(log.endUtc), date);
                QCOMPARE(log.date, date);
                mainsToday += log.main ? 1 : 0;
                naps += log.nap ? 1 : 0;
                parts += !log.nap && !log.main ? 1 : 0;
                staged += log.staged() ? 1 : 0;
                if (!log.main)
                    continue;
                ++mains;
                asleep += sumsOf(log).minutesAsleep;
            }
            QVERIFY(mainsToday <= 1);
        }
        QVERIFY2(mains > 280 && mains < 350, qPrintable(QString::number(mains)));
        QVERIFY2(naps > 20 && naps < 60, qPrintable(QString::number(naps)));
        QVERIFY2(parts > 5 && parts < 90, qPrintable(QString::number(parts)));
        QVERIFY2(staged > 250 && staged < mains + parts, qPrintable(QString::number(staged)));
        QVERIFY2(asleep / mains > 300 && asleep / mains < 480, qPrintable(QString::number(asleep / mains)));
    }

    void everySecondOfALogHasOneStage()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        for (QDate date(2024, 9, 1); date < QDate(2024, 12, 1); date = date.addDays(1)) {
            const QList<SimSleepLog> sleeps = user.sleeps(date);
            for (const SimSleepLog &log : sleeps) {
                qint64 at = log.startUtc;
                const int unit = log.staged() ? 30 : 60;
                for (const SimSleepSpan &span : log.spans) {
                    QCOMPARE(span.utc, at);
                    QVERIFY(span.seconds > 0 && span.seconds % unit == 0);
                    QCOMPARE(log.staged(), span.stage <= SimSleepStage::Rem);
                    at += span.seconds;
                }
                QCOMPARE(at, log.endUtc);
                QVERIFY(log.staged() || log.awakenings.isEmpty());
                for (const SimSleepSpan &short_ : log.awakenings) {
                    QVERIFY(short_.seconds >= 30 && short_.seconds <= 180);
                    QVERIFY(short_.utc > log.startUtc && short_.utc + short_.seconds < log.endUtc);
                }
                const SimSleepSums sums = sumsOf(log);
                QCOMPARE(std::accumulate(sums.minutes.begin(), sums.minutes.end(), 0), log.minutesInBed());
                QCOMPARE(sums.minutesAsleep + sums.minutesAwake, log.minutesInBed());
                if (log.seconds() < 180 * 60)
                    QVERIFY(!log.staged());
            }
        }
    }

    void shortAwakeningsAreTakenOffTheStages()
    {
        SimSleepLog log;
        log.startUtc = 1'000'020;
        log.endUtc = log.startUtc + 1800;
        log.spans = {{log.startUtc, 600, SimSleepStage::Light},
                     {log.startUtc + 600, 1200, SimSleepStage::Deep}};
        log.awakenings = {{log.startUtc + 540, 120, SimSleepStage::Wake},
                          {log.startUtc + 900, 60, SimSleepStage::Wake}};
        const SimSleepSums sums = sumsOf(log);
        QCOMPARE(sums.of(SimSleepStage::Light), 9);
        QCOMPARE(sums.of(SimSleepStage::Deep), 18);
        QCOMPARE(sums.of(SimSleepStage::Wake), 3);
        QCOMPARE(sums.count(SimSleepStage::Light), 1);
        QCOMPARE(sums.count(SimSleepStage::Deep), 2);
        QCOMPARE(sums.count(SimSleepStage::Wake), 2);
        QCOMPARE(sums.minutesAsleep, 27);
    }

    void sleepersWearTheTrackerAndLieStill()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        for (QDate date(2024, 9, 1); date < QDate(2024, 11, 20); date = date.addDays(1)) {
            const QList<SimSleepLog> sleeps = user.sleeps(date);
            for (const SimSleepLog &log : sleeps) {
                int measured = 0;
                int asleep = 0;
                for (qint64 utc = log.startUtc - log.startUtc % 60; utc + 60 <= log.endUtc; utc += 60) {
                    const DayData &data = user.day(user.dateAt(utc));
                    const auto minute = (utc - data.day.startUtc) / 60;
                    measured += data.minuteRates.at(minute) > 0 ? 1 : 0;
                    asleep += data.measured.at(minute).level == SimActivityLevel::Asleep ? 1 : 0;
                }
                QVERIFY(measured * 100 >= log.minutesInBed() * 70);
                QVERIFY(asleep * 100 >= log.minutesInBed() * 70);
            }
        }
    }

    void withoutWearThereIsNoNight()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        const QDate date(2024, 9, 11);
        user.setWear(date.addDays(-1), date, Wear::Worn);
        user.setWear(date, date, Wear::Unworn);
        QVERIFY(user.sleeps(date).isEmpty());
        user.setWear(date, date, Wear::Worn);
        user.setWear(date.addDays(-1), date.addDays(-1), Wear::Unworn);
        const bool toBedBefore = planDay(user.traits(), date.addDays(-1)).doing.back() == Doing::Asleep;
        bool main = false;
        const QList<SimSleepLog> sleeps = user.sleeps(date);
        for (const SimSleepLog &log : sleeps)
            main = main || log.main;
        QCOMPARE(main, !toBedBefore && planDay(user.traits(), date).asleepOnWrist(200));
        QVERIFY(user.sleeps(since.addDays(-1)).isEmpty());
        QVERIFY(user.weighIns(since.addDays(-1)).isEmpty());
    }

    void nightsOfClockChangesLastAsLongAsTheyDo()
    {
        for (const QDate date : {QDate(2024, 3, 31), QDate(2024, 10, 27)}) {
            const qint64 shift = date.month() == 3 ? 3600 : -3600;
            int found = 0;
            for (int person = 0; person < 6; ++person) {
                SimUser user(seed, person, "Europe/Berlin", since);
                user.setWear(date.addDays(-1), date, Wear::Worn);
                const QList<SimSleepLog> sleeps = user.sleeps(date);
                for (const SimSleepLog &log : sleeps) {
                    if (!log.main || log.startOffset == log.endOffset)
                        continue;
                    ++found;
                    QCOMPARE(log.endOffset - log.startOffset, shift);
                    qint64 seconds = 0;
                    for (const SimSleepSpan &span : log.spans)
                        seconds += span.seconds;
                    QCOMPARE(seconds, log.endUtc - log.startUtc);
                }
            }
            QVERIFY(found > 0);
        }
    }

    void travellersSleepOnceAtATime_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("west") << QByteArray("Europe/Berlin") << QByteArray("America/New_York");
        QTest::newRow("east") << QByteArray("America/New_York") << QByteArray("Europe/Berlin");
    }

    void travellersSleepOnceAtATime()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        for (int person = 0; person < 4; ++person) {
            SimUser user(seed, person, from, since);
            const QDate flight(2024, 7, 10);
            QVERIFY(user.setZone(to, flight));
            user.setWear(flight.addDays(-3), flight.addDays(3), Wear::Worn);
            qint64 before = 0;
            int count = 0;
            for (QDate date = flight.addDays(-2); date < flight.addDays(3); date = date.addDays(1)) {
                const CivilDay day = user.civilDayOf(date);
                const QList<SimSleepLog> sleeps = user.sleeps(date);
                for (const SimSleepLog &log : sleeps) {
                    QVERIFY(log.startUtc >= before);
                    before = log.endUtc;
                    QVERIFY(log.endUtc >= day.startUtc && log.endUtc < day.endUtc());
                    QCOMPARE(log.endOffset, day.offsetS);
                    ++count;
                }
            }
            QVERIFY(count >= 3);
        }
    }

    void aNightComesBackLongerUnderTheSameId()
    {
        SimUser user(seed, 0, "Europe/Berlin", since);
        const QDate date(2024, 9, 11);
        user.setWear(date.addDays(-1), date, Wear::Worn);
        const SimSleepLog first = user.sleeps(date).constFirst();
        QVERIFY(first.main);
        const int revision = user.revision();
        user.setNight(date, {35, false});
        const SimSleepLog second = user.sleeps(date).constFirst();
        QVERIFY(user.revision() > revision);
        QCOMPARE(second.id, first.id);
        QCOMPARE(second.startUtc, first.startUtc);
        QCOMPARE(second.endUtc, first.endUtc + 35 * 60);
        QCOMPARE(sumsOf(second).minutesAsleep, sumsOf(first).minutesAsleep + 35);
        user.setNight(date, {0, true});
        QVERIFY(!user.sleeps(date).constFirst().staged());
        QCOMPARE(user.sleeps(date).constFirst().id, first.id);
        user.clearNights();
        QCOMPARE(printOf(user.sleeps(date).constFirst()), printOf(first));
    }

    void figuresFollowFromTheMinutes()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        int floors = 0;
        int unworn = 0;
        for (QDate date(2024, 9, 1); date < QDate(2024, 12, 1); date = date.addDays(1)) {
            const DayData &data = user.day(date);
            const SimDayTotals totals = user.totals(date);
            QCOMPARE(std::accumulate(totals.levels.begin(), totals.levels.end(), 0), data.minutes());
            HeartZones zones(user.traits(), date);
            for (const int rate : data.minuteRates) {
                if (rate > 0)
                    zones.add(rate);
            }
            for (int zone = 0; zone < 4; ++zone)
                QCOMPARE(totals.zones.at(std::size_t(zone)), zones.minutes(zone));
            QCOMPARE(totals.zoneMinutes(), zones.minutes(1) + 2 * zones.minutes(2) + 2 * zones.minutes(3));
            floors += totals.floors;
            const int basal = user.traits().basalRate(date);
            if (!data.worn) {
                ++unworn;
                QCOMPARE(totals.kcal(), basal * data.minutes() / 1440);
                QCOMPARE(totals.minutesAt(SimActivityLevel::Sedentary), data.minutes());
                QCOMPARE(totals.millimetres + totals.floors + totals.zoneMinutes() + totals.wornSedentary, 0);
                continue;
            }
            QVERIFY(totals.kcal() > basal && totals.kcal() < 3 * basal);
            const auto stride = double(totals.millimetres) / qMax(1, sum(data.steps));
            QVERIFY2(stride > 600 && stride < 1200, qPrintable(QString::number(stride)));
            QVERIFY(totals.wornSedentary <= totals.minutesAt(SimActivityLevel::Sedentary));
            QVERIFY(totals.minutesAt(SimActivityLevel::Light) > 40);
        }
        QVERIFY(unworn > 0);
        QVERIFY2(floors / 90 > 2 && floors / 90 < 40, qPrintable(QString::number(floors)));
    }

    void figuresGrowMinuteByMinute()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        const DayData &data = user.day(QDate(2024, 9, 11));
        const SimDayTotals noon = totalsUntil(data, 12 * 3600);
        const SimDayTotals later = totalsUntil(data, 12 * 3600 + 59);
        QCOMPARE(noon.levels, later.levels);
        QCOMPARE(std::accumulate(noon.levels.begin(), noon.levels.end(), 0), 720);
        QVERIFY(noon.calories < totalsUntil(data, 12 * 3600 + 60).calories);
    }

    void theScaleTellsASlowDrift()
    {
        const SimUser user(seed, 0, "Europe/Berlin", since);
        int count = 0;
        int fat = 0;
        int last = 0;
        int least = 1'000'000;
        int most = 0;
        for (QDate date(2024, 2, 1); date < yearEnd; date = date.addDays(1)) {
            const QList<SimWeighIn> weights = user.weighIns(date);
            for (const SimWeighIn &weight : weights) {
                QCOMPARE(user.dateAt(weight.utc), date);
                QCOMPARE(weight.grams % 100, 0);
                QVERIFY(last == 0 || qAbs(weight.grams - last) < 2500);
                last = weight.grams;
                least = qMin(least, last);
                most = qMax(most, last);
                ++count;
                fat += weight.fatPerMille > 0 ? 1 : 0;
                QVERIFY(weight.fatPerMille == 0 || (weight.fatPerMille > 80 && weight.fatPerMille < 400));
            }
        }
        QVERIFY2(count > 120 && count < 220, qPrintable(QString::number(count)));
        QVERIFY(fat > count / 2 && fat < count);
        QVERIFY(most - least > 1000);
    }
};

QTEST_GUILESS_MAIN(TestSimTruth)
#include "tst_sim_truth.moc"
