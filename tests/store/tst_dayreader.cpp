// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen is told about a day: missing is not zero, and the clock on the wall is right.

#include "store/dayreader.h"
#include "store/ledger.h"
#include "store/storebench.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QDate springDay(2026, 3, 29);  // Berlin: 23 hours
const QDate autumnDay(2025, 10, 26); // Berlin: 25 hours

DayRecord dayOf(const StorePlace &place, QDate date, const AccountKey &account = fitbit())
{
    const Result<DayRecord> day = DayReader(place.databaseFile()).day(account, date);
    if (!day)
        qFatal("%s", qUtf8Printable(day.error().detail));
    return *day;
}

QStringList filesIn(const StorePlace &place)
{
    return QDir(place.path({})).entryList(QDir::Files | QDir::Hidden);
}

} // namespace

class TestDayReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEmptilyWithoutADatabase()
    {
        const StorePlace place;
        const Result<SyncedDays> days = DayReader(place.databaseFile()).syncedDays(fitbit());
        QVERIFY(days.has_value());
        QVERIFY(days->days.isEmpty());
        const DayRecord day = dayOf(place, QDate(2026, 3, 10));
        QCOMPARE(day.day.date, QDate(2026, 3, 10));
        QVERIFY(!day.stepsCell && !day.heartCell && !day.steps && !day.heartMinutes);
        QVERIFY(!QFile::exists(place.databaseFile()));
        // Nor with an empty file, which a program killed at its first start may leave.
        putBytes(place.databaseFile(), {});
        QVERIFY(DayReader(place.databaseFile()).syncedDays(fitbit()).has_value());
        QCOMPARE(bytesOf(place.databaseFile()), QByteArray());
    }

    void saysWhenTheFileIsNoDatabase()
    {
        const StorePlace place;
        putBytes(place.databaseFile(), QByteArray(4096, 'x'));
        const Result<DayRecord> day = DayReader(place.databaseFile()).day(fitbit(), QDate(2026, 3, 10));
        QVERIFY(!day.has_value());
        QCOMPARE(day.error().kind, ErrorKind::BadConfiguration);
        QVERIFY2(day.error().detail.contains(place.databaseFile()), qUtf8Printable(day.error().detail));
        QVERIFY2(!day.error().detail.contains("file:"_L1), qUtf8Printable(day.error().detail));
    }

    void leavesADatabaseThatNobodyWritesAsItIs()
    {
        StorePlace place;
        {
            auto store = place.open();
            keep(*store, Fetch().heart(3));
        }
        const QStringList before = filesIn(place);
        const QByteArray bytes = bytesOf(place.databaseFile());
        QCOMPARE(dayOf(place, QDate(2026, 3, 10)).heartMinutes, 3);
        QCOMPARE(filesIn(place), before);
        QCOMPARE(bytesOf(place.databaseFile()), bytes);
    }

    void listsTheDaysWithCells()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(3));
        fetch.date = QDate(2026, 3, 8);
        keep(*store, fetch.steps(9120));
        keep(*store, fetch.heart(3));
        fetch.date = QDate(2026, 3, 9);
        QVERIFY(store->ledger()
                    .markTried(fetch.cell(u"steps"_s), CellState::Failed, u"No answer."_s, 1)
                    .has_value());
        fetch.date = QDate(2026, 3, 1);
        fetch.account = fitbit(u"p01"_s);
        keep(*store, fetch.heart(3));
        const Result<SyncedDays> days = DayReader(place.databaseFile()).syncedDays(fitbit());
        QVERIFY(days.has_value());
        QCOMPARE(days->account, fitbit());
        QCOMPARE(days->days, (QList{QDate(2026, 3, 8), QDate(2026, 3, 9), QDate(2026, 3, 10)}));
    }

    void tellsAFullDay()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        CommitRequest heart = fetch.heart(1440, 61.5);
        heart.batch.daily.append({fetch.date, u"resting_heart_rate"_s, 58, u"bpm"_s, {}});
        keep(*store, heart);
        keep(*store, fetch.steps(9120));
        const DayRecord day = dayOf(place, fetch.date);
        QCOMPARE(day.day, civilDay(fetch.date, fetch.zone));
        QCOMPARE(day.steps, 9120.0);
        QCOMPARE(day.restingHeartRate, 58.0);
        QCOMPARE(day.heartMinutes, 1440);
        QCOMPARE(day.heartRate.size(), size_t(1440));
        QCOMPARE(day.heartRate.front(), (Sample{day.day.startUtc, 61.5}));
        QCOMPARE(day.heartRate.back(), (Sample{day.day.endUtc() - 60, 61.5}));
        QCOMPARE(day.stepsCell->state, CellState::Complete);
        QVERIFY(day.stepsCell->hasData);
        QCOMPARE(day.heartCell->fetchedAtUtc, noon(fetch.fetchedOn).toSecsSinceEpoch());
        QVERIFY(day.hourlySteps.empty());
    }

    void leavesAMissingMinuteOut()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        CommitRequest heart = fetch.heart(10);
        auto &samples = heart.batch.series.first().samples;
        samples.erase(samples.begin() + 4);
        // Two readings in one minute are one minute with heart rate.
        samples.insert(samples.begin() + 1, Sample{samples.front().t + 30, 62});
        keep(*store, heart);
        const DayRecord day = dayOf(place, fetch.date);
        QCOMPARE(day.heartMinutes, 9);
        QCOMPARE(day.heartRate.size(), size_t(10));
        for (const Sample &sample : day.heartRate)
            QVERIFY(sample.t != day.day.startUtc + 4 * 60 && sample.v > 0);
    }

    void tellsARealZeroFromAMissingOne()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(3));
        keep(*store, fetch.steps(0));
        QCOMPARE(dayOf(place, fetch.date).steps, 0.0);

        fetch.date = QDate(2026, 3, 11); // no heart rate: the zero of an unworn day
        keep(*store, fetch.heart(0));
        keep(*store, fetch.steps(0));
        const DayRecord unworn = dayOf(place, fetch.date);
        QVERIFY(!unworn.steps);
        QVERIFY(!unworn.heartMinutes);
        QCOMPARE(unworn.stepsCell->state, CellState::Empty);
        QVERIFY(!unworn.stepsCell->hasData);
        QCOMPARE(unworn.heartCell->state, CellState::Empty);
    }

    void givesTheReason()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        const QString reason = u"No permission for heart rate (scope heartrate). Reconnect to grant it."_s;
        QVERIFY(store->ledger()
                    .markTried(fetch.cell(u"heartrate_1min"_s), CellState::NotPermitted, reason, 77)
                    .has_value());
        const DayRecord day = dayOf(place, fetch.date);
        QCOMPARE(day.heartCell->state, CellState::NotPermitted);
        QCOMPARE(day.heartCell->reason, reason);
        QVERIFY(!day.stepsCell);
        // Other people's cells are not hers.
        QVERIFY(!dayOf(place, fetch.date, fitbit(u"p01"_s)).heartCell);
    }

    void knowsDaysWithAClockChange_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<int>("minutes");
        QTest::newRow("spring") << springDay << 23 * 60;
        QTest::newRow("autumn") << autumnDay << 25 * 60;
    }

    void knowsDaysWithAClockChange()
    {
        QFETCH(QDate, date);
        QFETCH(int, minutes);
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        for (const int step : {-1, 0, 1}) { // the neighbours' minutes must not be counted
            fetch.date = date.addDays(step);
            keep(*store, fetch.heart(step == 0 ? minutes : 1440));
        }
        const DayRecord day = dayOf(place, date);
        QCOMPARE(day.heartMinutes, minutes);
        QCOMPARE(day.day, civilDay(date, fetch.zone));
        QCOMPARE(int(wallHours(day.day).size()), minutes / 60);
        QCOMPARE(wallTime(day.day, day.day.startUtc), QTime(0, 0));
        QCOMPARE(wallTime(day.day, day.day.endUtc() - 60), QTime(23, 59));
    }

    void takesTheZoneOfTheAccountForDaysNeverAsked()
    {
        StorePlace place;
        auto store = place.open();
        runScript(place.databaseFile(), "INSERT INTO accounts (participant, provider, zone, zone_source) "
                                        "VALUES ('default', 'fitbit', 'Europe/Berlin', 'profile')");
        QCOMPARE(dayOf(place, springDay).day, civilDay(springDay, zoneOf("Europe/Berlin")));
    }

    void countsStepsByHourWhereMinutesAreKept()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.date = autumnDay;
        CommitRequest request = fetch.steps(90);
        const qint64 start = civilDay(autumnDay, fetch.zone).startUtc;
        request.batch.series.append({u"steps_1min"_s,
                                     u"1min"_s,
                                     u"steps"_s,
                                     {{start + 60, 10},
                                      {start + 120, 20},
                                      {start + 7200, 25},
                                      {start + 10800, 0},
                                      {start + 14400, 35}}});
        keep(*store, request);
        const std::vector<HourlySteps> hours = dayOf(place, autumnDay).hourlySteps;
        // The hour from two to three comes twice; an hour without readings is left out, a zero is not.
        QCOMPARE(hours, (std::vector<HourlySteps>{{{start, 3600}, 30},
                                                  {{start + 7200, 3600}, 25},
                                                  {{start + 10800, 3600}, 0},
                                                  {{start + 14400, 3600}, 35}}));
    }

    void readsWhileAnotherWrites()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(3));
        const QString name = QUuid::createUuid().toString();
        {
            QSqlDatabase writer = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            writer.setDatabaseName(place.databaseFile());
            QVERIFY(writer.open());
            QSqlQuery query(writer);
            QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
            QVERIFY(query.exec(u"DELETE FROM samples"_s));
            QCOMPARE(dayOf(place, fetch.date).heartMinutes, 3);
            QVERIFY(query.exec(u"COMMIT"_s));
            QVERIFY(!dayOf(place, fetch.date).heartMinutes);
        }
        QSqlDatabase::removeDatabase(name);
    }

    void goesOnFromThePredecessorsDays()
    {
        StorePlace place;
        StoreOptions options = place.options();
        options.dataDirs.insert(u"google-health"_s, place.path(u"google"_s));
        const auto store = Store::open(options, place.clock);
        QVERIFY(store.has_value());
        const AccountKey google{u"default"_s, u"google-health"_s};
        Fetch fetch;
        for (const auto &[account, day, steps] :
             {std::tuple(fitbit(), 1, 9000), std::tuple(fitbit(), 2, 8000), std::tuple(google, 2, 8100),
              std::tuple(google, 3, 7000), std::tuple(fitbit(u"p01"_s), 9, 1)}) {
            fetch.account = account;
            fetch.date = QDate(2026, 3, day);
            keep(**store, fetch.steps(steps));
            keep(**store, fetch.heart(day));
        }
        fetch.account = google;
        fetch.date = QDate(2026, 3, 1);
        keep(**store, fetch.emptySteps()); // asked since, and nothing came: what Fitbit had is shown
        const DayReader reader(place.databaseFile(), {{u"google-health"_s, u"fitbit"_s}});
        const Result<SyncedDays> days = reader.syncedDays(google);
        QVERIFY(days.has_value());
        QCOMPARE(days->days, (QList{QDate(2026, 3, 1), QDate(2026, 3, 2), QDate(2026, 3, 3)}));

        QVERIFY(!days->goesOnFrom.isValid());
        const AccountKey newcomer{u"p01"_s, u"google-health"_s};
        QCOMPARE(reader.syncedDays(newcomer)->goesOnFrom, QDate(2026, 3, 9));
        QVERIFY(!reader.syncedDays(fitbit())->goesOnFrom.isValid());

        const DayRecord before = *reader.day(google, QDate(2026, 3, 1));
        QCOMPARE(before.account, google);
        QCOMPARE(before.keptFrom, u"fitbit"_s);
        QCOMPARE(before.steps, 9000.0);
        QCOMPARE(before.heartMinutes, 1);
        QVERIFY(!before.predecessorSteps);
        const DayRecord both = *reader.day(google, QDate(2026, 3, 2));
        QCOMPARE(both.keptFrom, QString());
        QCOMPARE(both.steps, 8100.0);
        QCOMPARE(both.predecessorSteps, 8000.0);
        const DayRecord after = *reader.day(google, QDate(2026, 3, 3));
        QCOMPARE(after.steps, 7000.0);
        QVERIFY(!after.predecessorSteps);
        // And never the other way round.
        QVERIFY(!reader.day(fitbit(), QDate(2026, 3, 3))->steps);
    }

    void splitsADayWhoseClockMovesByHalfAnHour()
    {
        const CivilDay day = civilDay(QDate(2026, 4, 5), zoneOf("Australia/Lord_Howe"));
        QCOMPARE(day.seconds, 86400 + 1800);
        int whole = 0;
        qint64 next = day.startUtc;
        for (const WallHour &hour : wallHours(day)) {
            QCOMPARE(hour.startUtc, next);
            QVERIFY(hour.seconds > 0 && hour.seconds <= 3600);
            next += hour.seconds;
            whole += hour.seconds == 3600 ? 1 : 0;
        }
        QCOMPARE(next, day.endUtc());
        QCOMPARE(whole, 24);
    }
};

QTEST_MAIN(TestDayReader)
#include "tst_dayreader.moc"
