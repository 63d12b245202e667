// SPDX-License-Identifier: GPL-3.0-or-later

// Wall-clock rows to instants, against instants worked out by hand.

#include "providers/fitbit/daytimes.h"

#include <QTest>

using namespace wristkeep;

namespace {

Zone zone(const char *id)
{
    return Zone{QTimeZone(id), ZoneSource::Profile};
}

std::vector<QTime> everyMinute(int first, int last)
{
    std::vector<QTime> times;
    for (int minute = first; minute <= last; ++minute)
        times.emplace_back(minute / 60, minute % 60);
    return times;
}

} // namespace

class TstFitbitDayTimes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ordinaryDay();
    void autumnHourAfterHour();
    void autumnInPairs();
    void autumnSingleCopy();
    void autumnOutOfOrder();
    void autumnUnclear_data();
    void autumnUnclear();
    void springHourHasNoInstant();
    void wholeDaysAreGapless();
    void stamps();
    void stampsAreWallClock();
};

// 2024-03-12 00:00 in Berlin is 2024-03-11T23:00Z = 1710198000.
void TstFitbitDayTimes::ordinaryDay()
{
    const auto instants = instantsOf({QTime(0, 0), QTime(23, 59), QTime(0, 1)},
                                     civilDay(QDate(2024, 3, 12), zone("Europe/Berlin")));
    QCOMPARE(instants.size(), size_t(3));
    QCOMPARE(*instants[0], 1710198000);
    QCOMPARE(*instants[1], 1710198000 + 86340);
    QCOMPARE(*instants[2], 1710198060);
}

// On 2024-10-27 Berlin's 02:00 comes at 00:00Z (1729987200) and again at 01:00Z.
void TstFitbitDayTimes::autumnHourAfterHour()
{
    const auto day = civilDay(QDate(2024, 10, 27), zone("Europe/Berlin"));
    const auto instants =
        instantsOf({QTime(2, 0), QTime(2, 59), QTime(2, 0), QTime(2, 59), QTime(3, 0)}, day);
    QCOMPARE(*instants[0], 1729987200);
    QCOMPARE(*instants[1], 1729987200 + 3540);
    QCOMPARE(*instants[2], 1729987200 + 3600);
    QCOMPARE(*instants[3], 1729987200 + 3600 + 3540);
    QCOMPARE(*instants[4], 1729987200 + 7200);
}

void TstFitbitDayTimes::autumnInPairs()
{
    const auto day = civilDay(QDate(2024, 10, 27), zone("Europe/Berlin"));
    const auto instants =
        instantsOf({QTime(2, 0), QTime(2, 0), QTime(2, 1), QTime(2, 1), QTime(2, 2), QTime(3, 0)}, day);
    QCOMPARE(*instants[0], 1729987200);
    QCOMPARE(*instants[1], 1729987200 + 3600);
    QCOMPARE(*instants[2], 1729987200 + 60);
    QCOMPARE(*instants[3], 1729987200 + 3660);
    QCOMPARE(*instants[4], 1729987200 + 120);
    QCOMPARE(*instants[5], 1729987200 + 7200);
}

void TstFitbitDayTimes::autumnSingleCopy()
{
    const auto day = civilDay(QDate(2024, 10, 27), zone("Europe/Berlin"));
    const auto instants = instantsOf({QTime(1, 59), QTime(2, 0), QTime(2, 59), QTime(3, 0)}, day);
    QCOMPARE(*instants[0], 1729987200 - 60);
    QCOMPARE(*instants[1], 1729987200);
    QCOMPARE(*instants[2], 1729987200 + 3540);
    QCOMPARE(*instants[3], 1729987200 + 7200);
}

// Rows that come in any order say nothing of the two hours: each is taken for the first.
void TstFitbitDayTimes::autumnOutOfOrder()
{
    const auto day = civilDay(QDate(2024, 10, 27), zone("Europe/Berlin"));
    const std::vector<QTime> times{QTime(3, 0), QTime(2, 59), QTime(2, 0), QTime(1, 59), QTime(2, 30)};
    QCOMPARE(repeatedHourIn(times, day), RepeatedHour::Untold);
    const auto instants = instantsOf(times, day);
    QCOMPARE(*instants[0], 1729987200 + 7200);
    QCOMPARE(*instants[1], 1729987200 + 3540);
    QCOMPARE(*instants[2], 1729987200);
    QCOMPARE(*instants[3], 1729987200 - 60);
    QCOMPARE(*instants[4], 1729987200 + 1800);
}

void TstFitbitDayTimes::autumnUnclear_data()
{
    QTest::addColumn<QList<QTime>>("times");
    QTest::addColumn<RepeatedHour>("told");
    const QTime one(1, 0);
    const QTime two(2, 0);
    const QTime later(2, 1);
    const QTime three(3, 0);
    QTest::newRow("once") << QList<QTime>{one, two, later, three} << RepeatedHour::Told;
    QTest::newRow("in pairs") << QList<QTime>{one, two, two, later, later, three} << RepeatedHour::Told;
    QTest::newRow("hour after hour") << QList<QTime>{one, two, later, two, later, three}
                                     << RepeatedHour::Told;
    QTest::newRow("pairs, and told twice elsewhere")
        << QList<QTime>{one, one, two, two, later, three} << RepeatedHour::Unclear;
    QTest::newRow("told twice elsewhere alone")
        << QList<QTime>{one, one, two, later, three} << RepeatedHour::Told;
    QTest::newRow("hour after hour, and told twice")
        << QList<QTime>{one, two, two, later, two, later, three} << RepeatedHour::Unclear;
    QTest::newRow("out of order, one twice") << QList<QTime>{three, two, one, two} << RepeatedHour::Unclear;
    QTest::newRow("out of order, another one twice")
        << QList<QTime>{three, one, two, one} << RepeatedHour::Untold;
}

void TstFitbitDayTimes::autumnUnclear()
{
    QFETCH(QList<QTime>, times);
    QFETCH(RepeatedHour, told);
    const auto day = civilDay(QDate(2024, 10, 27), zone("Europe/Berlin"));
    QCOMPARE(repeatedHourIn({times.begin(), times.end()}, day), told);
}

void TstFitbitDayTimes::springHourHasNoInstant()
{
    const auto day = civilDay(QDate(2024, 3, 31), zone("Europe/Berlin"));
    const auto instants = instantsOf({QTime(1, 59), QTime(2, 0), QTime(2, 59), QTime(3, 0)}, day);
    QCOMPARE(*instants[0], 1711846740); // 00:59Z
    QVERIFY(!instants[1]);
    QVERIFY(!instants[2]);
    QCOMPARE(*instants[3], 1711846800); // 01:00Z
}

// A fully worn day has as many distinct instants as minutes, one after the other, in every kind of day.
void TstFitbitDayTimes::wholeDaysAreGapless()
{
    const auto check = [](const CivilDay &day, const std::vector<QTime> &times) {
        auto instants = instantsOf(times, day);
        QCOMPARE(qint64(instants.size()) * 60, qint64(day.seconds));
        std::sort(instants.begin(), instants.end());
        for (size_t i = 0; i < instants.size(); ++i)
            QCOMPARE(instants[i].value_or(0), day.startUtc + qint64(i) * 60);
    };
    const Zone berlin = zone("Europe/Berlin");
    check(civilDay(QDate(2024, 3, 12), berlin), everyMinute(0, 1439));

    auto spring = everyMinute(0, 119);
    const auto afterSkip = everyMinute(180, 1439);
    spring.insert(spring.end(), afterSkip.begin(), afterSkip.end());
    check(civilDay(QDate(2024, 3, 31), berlin), spring);

    auto autumn = everyMinute(0, 179);
    const auto again = everyMinute(120, 1439);
    autumn.insert(autumn.end(), again.begin(), again.end());
    check(civilDay(QDate(2024, 10, 27), berlin), autumn);

    std::sort(autumn.begin(), autumn.end());
    check(civilDay(QDate(2024, 10, 27), berlin), autumn); // the same day, in pairs

    auto chatham = everyMinute(0, 225); // 03:45 becomes 02:45
    chatham.pop_back();
    const auto chathamAgain = everyMinute(165, 1439);
    chatham.insert(chatham.end(), chathamAgain.begin(), chathamAgain.end());
    check(civilDay(QDate(2024, 4, 7), zone("Pacific/Chatham")), chatham);
}

void TstFitbitDayTimes::stamps()
{
    const Zone berlin = zone("Europe/Berlin");
    const auto stamp = [](int month, int day, int hour, int minute) {
        return QDateTime(QDate(2024, month, day), QTime(hour, minute), Qt::UTC);
    };
    QCOMPARE(instantsOf(stamp(3, 12, 0, 0), berlin), QList<qint64>{1710198000});
    QCOMPARE(instantsOf(stamp(10, 27, 2, 0), berlin), (QList<qint64>{1729987200, 1729987200 + 3600}));
    QCOMPARE(instantOf(stamp(10, 27, 2, 0), berlin), 1729987200);
    QCOMPARE(instantsOf(stamp(10, 27, 3, 0), berlin), QList<qint64>{1729987200 + 2 * 3600});
    // On 2024-03-31 the clock goes from 02:00 to 03:00 at 01:00Z = 1711846800.
    QVERIFY(instantsOf(stamp(3, 31, 2, 30), berlin).isEmpty());
    QCOMPARE(instantOf(stamp(3, 31, 2, 30), berlin), 1711846800);
    QCOMPARE(instantOf(stamp(3, 31, 3, 0), berlin), 1711846800);
}

void TstFitbitDayTimes::stampsAreWallClock()
{
    const auto read = [](const QJsonValue &value) { return wallClockStamp(JsonNode(value)); };
    QCOMPARE(*read(QStringLiteral("2024-03-09T23:32:30.000")),
             QDateTime(QDate(2024, 3, 9), QTime(23, 32, 30), Qt::UTC));
    QVERIFY(read(QStringLiteral("2024-03-09T23:32:30")));
    for (const char *other : {"2024-03-09T23:32:30.000Z", "2024-03-09T23:32:30.000+01:00", "09.03.2024 23:32",
                              "2024-02-30T23:32:30.000", ""})
        QVERIFY2(!read(QString::fromLatin1(other)), other);
    QVERIFY(!read(7));
    // Also in the hour this computer's zone skips: tests run where that is 02:45 to 03:45 on 29 September
    // 2024.
    for (int quarter = 0; quarter < 96; ++quarter) {
        const QDateTime stamp(QDate(2024, 9, 29), QTime(quarter / 4, quarter % 4 * 15), Qt::UTC);
        const auto again =
            read(stamp.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + QStringLiteral(".000"));
        QVERIFY2(again && *again == stamp, qPrintable(stamp.toString()));
    }
}

QTEST_GUILESS_MAIN(TstFitbitDayTimes)
#include "tst_fitbit_daytimes.moc"
