// SPDX-License-Identifier: GPL-3.0-or-later
// Civil days and wall-clock times against hand-computed truth, clock changes included.

#include "core/civilday.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

Zone zoneOf(const char *id)
{
    return Zone{QTimeZone(id), ZoneSource::Profile};
}

qint64 utc(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toSecsSinceEpoch();
}

} // namespace

class TestCivilDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void daysAreAsLongAsTheWallClockSays_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("date");
        QTest::addColumn<qint64>("start");
        QTest::addColumn<int>("seconds");
        QTest::newRow("ordinary") << QByteArray("Europe/Berlin") << QDate(2024, 3, 10)
                                  << utc("2024-03-09T23:00:00Z") << 86400;
        QTest::newRow("spring, 23 h")
            << QByteArray("Europe/Berlin") << QDate(2024, 3, 31) << utc("2024-03-30T23:00:00Z") << 82800;
        QTest::newRow("autumn, 25 h")
            << QByteArray("Europe/Berlin") << QDate(2024, 10, 27) << utc("2024-10-26T22:00:00Z") << 90000;
        QTest::newRow("autumn, west")
            << QByteArray("America/New_York") << QDate(2024, 11, 3) << utc("2024-11-03T04:00:00Z") << 90000;
        QTest::newRow("half an hour")
            << QByteArray("Australia/Lord_Howe") << QDate(2024, 4, 7) << utc("2024-04-06T13:00:00Z") << 88200;
        QTest::newRow("midnight skipped")
            << QByteArray("America/Santiago") << QDate(2024, 9, 8) << utc("2024-09-08T04:00:00Z") << 82800;
        QTest::newRow("UTC") << QByteArray("UTC") << QDate(2024, 2, 29) << utc("2024-02-29T00:00:00Z")
                             << 86400;
    }

    void daysAreAsLongAsTheWallClockSays()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, date);
        const CivilDay day = civilDay(date, zoneOf(zone.constData()));
        QTEST(day.startUtc, "start");
        QTEST(day.seconds, "seconds");
        QCOMPARE(civilDate(day.startUtc, zoneOf(zone.constData())), date);
        QCOMPARE(civilDate(day.startUtc - 1, zoneOf(zone.constData())), date.addDays(-1));
        QCOMPARE(civilDate(day.endUtc() - 1, zoneOf(zone.constData())), date);
    }

    void daysFollowEachOtherWithoutGap()
    {
        for (const char *id : {"Europe/Berlin", "America/New_York", "Pacific/Chatham", "America/Santiago"}) {
            const Zone zone = zoneOf(id);
            CivilDay day = civilDay(QDate(2023, 1, 1), zone);
            for (int i = 0; i < 800; ++i) {
                const CivilDay next = civilDay(day.date.addDays(1), zone);
                QCOMPARE(next.startUtc, day.endUtc());
                day = next;
            }
        }
    }

    void theSkippedHourHasNoInstant()
    {
        WallClock clock(civilDay(QDate(2024, 3, 31), zoneOf("Europe/Berlin")));
        QCOMPARE(clock.toUtc(QTime(1, 59)), std::optional(utc("2024-03-31T00:59:00Z")));
        QCOMPARE(clock.toUtc(QTime(2, 30)), std::nullopt);
        QCOMPARE(clock.toUtc(QTime(3, 0)), std::optional(utc("2024-03-31T01:00:00Z")));
    }

    void aTimeThatStepsBackTakesTheSecondPass()
    {
        WallClock clock(civilDay(QDate(2024, 10, 27), zoneOf("Europe/Berlin")));
        QCOMPARE(clock.toUtc(QTime(2, 0)), std::optional(utc("2024-10-27T00:00:00Z")));
        QCOMPARE(clock.toUtc(QTime(2, 59)), std::optional(utc("2024-10-27T00:59:00Z")));
        QCOMPARE(clock.toUtc(QTime(2, 0)), std::optional(utc("2024-10-27T01:00:00Z")));
        QCOMPARE(clock.toUtc(QTime(2, 1)), std::optional(utc("2024-10-27T01:01:00Z")));
        QCOMPARE(clock.toUtc(QTime(3, 0)), std::optional(utc("2024-10-27T02:00:00Z")));
    }

    void aSingleCopyOfTheRepeatedHourIsTheFirst()
    {
        WallClock clock(civilDay(QDate(2024, 10, 27), zoneOf("Europe/Berlin")));
        QCOMPARE(clock.toUtc(QTime(2, 30)), std::optional(utc("2024-10-27T00:30:00Z")));
        QCOMPARE(clock.toUtc(QTime(3, 0)), std::optional(utc("2024-10-27T02:00:00Z")));
    }

    void offsetsAreThoseBeforeAndAfterTheChange()
    {
        const CivilDay day = civilDay(QDate(2024, 10, 27), zoneOf("Europe/Berlin"));
        QCOMPARE(day.offsetS, 7200);
        QCOMPARE(day.offsetAfterS, 3600);
        QCOMPARE(day.changeUtc, std::optional(utc("2024-10-27T01:00:00Z")));
        QCOMPARE(civilDay(QDate(2024, 10, 28), zoneOf("Europe/Berlin")).changeUtc, std::nullopt);
    }

    void sourcesHaveTheirNames()
    {
        for (const ZoneSource source : {ZoneSource::Delivered, ZoneSource::Profile, ZoneSource::Computer})
            QCOMPARE(zoneSourceFromName(zoneSourceName(source)), std::optional(source));
        QCOMPARE(zoneSourceFromName(u"elsewhere"_s), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestCivilDay)
#include "tst_civilday.moc"
