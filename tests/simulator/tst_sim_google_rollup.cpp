// SPDX-License-Identifier: GPL-3.0-or-later
// The windows of roll-ups, without a socket: where they begin, what falls into them, what is missing.

#include "simulator/google/googlerollup.h"
#include "simulator/google/googleswitches.h"

#include <QTest>

#include <numeric>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 late = 1'800'000'000; ///< long after every day of these tests

struct Bench
{
    SimUser user{20240310, 0, "Europe/Berlin", QDate(2024, 1, 2)};
    GoogleSwitches switches;
    SimRequest request;

    [[nodiscard]] QMap<qint64, GoogleSums> windows(const QString &type, const GoogleRollUpQuery &query,
                                                   qint64 lastSync = late) const
    {
        const GoogleCall call{request, user, switches, *findGoogleType(type), late, lastSync};
        return rollUpWindows(call, query);
    }
    [[nodiscard]] int steps(QDate date) const
    {
        const DayData &data = user.day(date);
        return std::accumulate(data.steps.begin(), data.steps.end(), 0);
    }
};

GoogleRollUpQuery physical(qint64 start, qint64 end, qint64 windowS)
{
    GoogleRollUpQuery query;
    query.startMs = start * 1000;
    query.endMs = end * 1000;
    query.windowMs = windowS * 1000;
    return query;
}

GoogleRollUpQuery daily(QDate first, QDate end, int days = 1)
{
    GoogleRollUpQuery query;
    query.daily = true;
    query.first = first;
    query.end = end;
    query.windowDays = days;
    return query;
}

qint64 total(const QMap<qint64, GoogleSums> &windows)
{
    return std::accumulate(windows.begin(), windows.end(), qint64(0),
                           [](qint64 sum, const GoogleSums &window) { return sum + window.sum; });
}

} // namespace

class TestSimGoogleRollUp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void windowsAreAnchoredAtTheStart()
    {
        Bench bench;
        const CivilDay day = bench.user.civilDayOf(QDate(2024, 11, 2));
        const auto aligned = bench.windows(u"heart-rate"_s, physical(day.startUtc, day.endUtc(), 60));
        const auto shifted = bench.windows(u"heart-rate"_s, physical(day.startUtc + 30, day.endUtc(), 60));
        const DayData &data = bench.user.day(day.date);
        for (int minute = 0; minute < data.minutes(); ++minute) {
            QCOMPARE(aligned.contains(minute), data.minuteRates.at(minute) > 0);
            if (aligned.contains(minute)) {
                const GoogleSums sums = aligned.value(minute);
                QCOMPARE(qRound(double(sums.sum) / double(sums.count)), data.minuteRates.at(minute));
            }
        }
        qint64 readings = 0;
        for (const HeartReading &reading : data.readings) {
            if (reading.second >= 630 && reading.second < 690)
                ++readings;
        }
        QCOMPARE(shifted.value(10).count, readings);
        QVERIFY(readings > 0);
    }

    void lastWindowEndsWithTheRange()
    {
        Bench bench;
        const CivilDay day = bench.user.civilDayOf(QDate(2024, 11, 2));
        const auto windows =
            bench.windows(u"steps"_s, physical(day.startUtc, day.startUtc + 5400 * 8, 3600 * 5));
        QVERIFY(windows.lastKey() <= 2);
        qint64 sum = 0;
        for (int minute = 0; minute < 90 * 8; ++minute)
            sum += bench.user.day(day.date).steps.at(minute);
        QCOMPARE(total(windows), sum);
    }

    void dailyWindowsAreCivilDays_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::newRow("24 hours") << QDate(2024, 11, 2);
        QTest::newRow("23 hours") << QDate(2024, 3, 31);
        QTest::newRow("25 hours") << QDate(2024, 10, 27);
    }

    void dailyWindowsAreCivilDays()
    {
        QFETCH(QDate, date);
        Bench bench;
        bench.user.setWear(date.addDays(-1), date.addDays(1), Wear::Worn);
        const auto windows = bench.windows(u"steps"_s, daily(date.addDays(-1), date.addDays(2)));
        QCOMPARE(windows.size(), 3);
        QCOMPARE(windows.value(1).sum, bench.steps(date));
        const CivilDay day = bench.user.civilDayOf(date);
        const auto byMinute = bench.windows(u"steps"_s, physical(day.startUtc, day.endUtc(), 60));
        QCOMPARE(total(byMinute), bench.steps(date));
        const auto whole = bench.windows(u"steps"_s, daily(date.addDays(-1), date.addDays(2), 2));
        QCOMPARE(whole.size(), 2);
        QCOMPARE(whole.value(0).sum, bench.steps(date.addDays(-1)) + bench.steps(date));
    }

    void missingIsNotZero()
    {
        Bench bench;
        const QDate date(2024, 11, 2);
        bench.user.setWear(date, date, Wear::Unworn);
        const CivilDay day = bench.user.civilDayOf(date);
        QVERIFY(bench.windows(u"steps"_s, daily(date, date.addDays(1))).isEmpty());
        QVERIFY(bench.windows(u"steps"_s, physical(day.startUtc, day.endUtc(), 60)).isEmpty());
        bench.user.setWear(date, date, Wear::Worn);
        const DayData data = bench.user.day(date);
        const auto windows = bench.windows(u"steps"_s, physical(day.startUtc, day.endUtc(), 60));
        int zeros = 0;
        for (int minute = 0; minute < data.minutes(); ++minute) {
            // Worn is what has a reading; a worn minute without a step is a true zero.
            QCOMPARE(windows.contains(minute), data.minuteRates.at(minute) > 0);
            QCOMPARE(windows.value(minute).sum, data.steps.at(minute));
            zeros += windows.contains(minute) && data.steps.at(minute) == 0 ? 1 : 0;
        }
        QVERIFY(zeros > 100);
    }

    void nothingIsKnownAfterTheLastSync()
    {
        Bench bench;
        const CivilDay day = bench.user.civilDayOf(QDate(2024, 11, 2));
        const qint64 noon = day.startUtc + 12 * 3600 + 30;
        const auto windows = bench.windows(u"steps"_s, physical(day.startUtc, day.endUtc(), 60), noon);
        QVERIFY(windows.lastKey() < 720);
        QVERIFY(bench.windows(u"steps"_s, daily(day.date, day.date.addDays(1)), day.startUtc).isEmpty());
    }

    void nothingIsCountedTwiceAfterAFlightEast()
    {
        Bench bench;
        const QDate flight(2024, 11, 2);
        bench.user.setWear(flight.addDays(-1), flight.addDays(1), Wear::Worn);
        bench.user.setZone("Asia/Tokyo", flight);
        const CivilDay before = bench.user.civilDayOf(flight.addDays(-1));
        const CivilDay day = bench.user.civilDayOf(flight);
        QVERIFY(day.startUtc < before.endUtc());
        const auto windows = bench.windows(u"heart-rate"_s, physical(before.startUtc, day.endUtc(), 60));
        const DayData &data = bench.user.day(flight);
        for (int minute = 0; minute < data.minutes(); ++minute) {
            const GoogleSums sums = windows.value((day.startUtc - before.startUtc) / 60 + minute);
            const int rate = sums.count > 0 ? qRound(double(sums.sum) / double(sums.count)) : 0;
            QCOMPARE(rate, data.minuteRates.at(minute));
        }
        QCOMPARE(bench.windows(u"steps"_s, daily(flight, flight.addDays(1))).value(0).sum,
                 bench.steps(flight));
    }

    void notNumbersStandWhereReadingsStop()
    {
        Bench bench;
        bench.switches.nan = true;
        const QDate date(2024, 11, 2);
        const CivilDay day = bench.user.civilDayOf(date);
        const auto windows = bench.windows(u"heart-rate"_s, physical(day.startUtc, day.endUtc(), 60));
        int empty = 0;
        for (auto window = windows.begin(); window != windows.end(); ++window) {
            const bool read = bench.user.day(date).minuteRates.at(window.key()) > 0;
            QCOMPARE(window.value().count > 0, read);
            empty += read ? 0 : 1;
        }
        QVERIFY(empty > 0);
    }
};

QTEST_GUILESS_MAIN(TestSimGoogleRollUp)
#include "tst_sim_google_rollup.moc"
