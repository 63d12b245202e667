// SPDX-License-Identifier: GPL-3.0-or-later
// The commit: rows and cells move together, unchanged data writes nothing, and nothing poorer replaces data.

#include "store/ledger.h"
#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QString heart = u"heartrate_1min"_s;

/// Everything but the ledger and the connection's own tables.
QStringList dataRows(const StorePlace &place)
{
    QStringList rows;
    for (const char *table : {"samples", "daily_values", "sessions", "stages", "series", "civil_days",
                              "documents", "history", "arrivals", "levels"})
        rows += rowsOf(place.databaseFile(), u"SELECT * FROM "_s + QLatin1StringView(table));
    return rows;
}

/// The resting rate of a day, as two data types say it.
CommitRequest restingRate(const Fetch &fetch, const QString &dataType, double bpm)
{
    CommitRequest request = fetch.mixed({}, bpm, {}, {});
    request.answer.task.dataType = dataType;
    request.answer.body += ' ' + dataType.toUtf8();
    request.batch.dataType = dataType;
    return request;
}

} // namespace

class TestStoreCommit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsADayAndSaysSo()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        const WriteStats stats = keep(*store, fetch.heart(1440, 61.5));
        QCOMPARE(stats.added, 1440);
        QCOMPARE(stats.changed + stats.same, 0);
        QCOMPARE(stats.cells.size(), 1);
        QCOMPARE(stats.cells.first().state, CellState::Complete);
        QCOMPARE(stats.cells.first().points, 1440);
        QCOMPARE(stats.filesWritten.size(), 1);
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        const auto samples = store->ingest().samples(fitbit(), heart, day.startUtc, day.endUtc());
        QCOMPARE(samples->size(), 1440);
        QCOMPARE(samples->first(), (Sample{day.startUtc, 61.5}));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT * FROM v_ledger"_s),
                 {u"default|fitbit|heartrate_1min|2026-03-10|complete||%1"_s.arg(
                     noon(fetch.fetchedOn).toSecsSinceEpoch())});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT * FROM v_samples ORDER BY utc LIMIT 1"_s),
                 {u"default|fitbit|heartrate_1min|%1|3600|61.5"_s.arg(day.startUtc)});
    }

    void aDayToldTwiceIsOneCell()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest request = Fetch().heart(10, 61.5);
        request.batch.days.append(request.batch.days.first());
        keep(*store, request);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT date, state FROM ledger"_s).size(), 1);
    }

    void cellsComeByDayAndThenByType()
    {
        StorePlace place;
        auto store = place.open();
        for (const int day : {12, 10, 11}) {
            Fetch fetch;
            fetch.date = QDate(2026, 3, day);
            if (day != 11)
                keep(*store, fetch.steps(100 + day));
            if (day != 12)
                keep(*store, fetch.heart(10, 61.5));
        }
        const auto cells = store->ledger().cells(fitbit(), {u"steps"_s, heart, u"steps"_s, u"sleep"_s},
                                                 QDate(2026, 3, 10), QDate(2026, 3, 12));
        QVERIFY(cells);
        QStringList told;
        for (const Cell &cell : *cells)
            told << u"%1 %2"_s.arg(cell.key.date.day()).arg(cell.key.dataType);
        QCOMPARE(told,
                 (QStringList{u"10 heartrate_1min"_s, u"10 steps"_s, u"11 heartrate_1min"_s, u"12 steps"_s}));
    }

    void whatTwoDataTypesSayStaysWithTheFirst()
    {
        const QString daily = u"heartrate_daily"_s;
        const Fetch fetch;
        for (const auto &[first, second] : {std::pair(heart, daily), std::pair(daily, heart)}) {
            StorePlace place;
            auto store = place.open();
            keep(*store, restingRate(fetch, first, 58));
            keep(*store, restingRate(fetch, second, 58));
            const QStringList rows = dataRows(place);
            for (const QString &asked : {first, second, first}) {
                const WriteStats again = keep(*store, restingRate(fetch, asked, 58));
                QCOMPARE(again.added + again.changed + again.withdrawn, 0);
                QCOMPARE(again.same, 1);
                QCOMPARE(dataRows(place), rows);
            }
            QCOMPARE(rowsOf(place.databaseFile(), u"SELECT data_type, value FROM daily_values"_s),
                     {first + u"|58"_s});
            // Who says something else owns it.
            QCOMPARE(keep(*store, restingRate(fetch, second, 57)).changed, 1);
            QCOMPARE(rowsOf(place.databaseFile(), u"SELECT data_type, value FROM daily_values"_s),
                     {second + u"|57"_s});
        }
    }

    void whatTwoDataTypesSayGoesOverToTheOneThatSettled()
    {
        const QString daily = u"heartrate_daily"_s;
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        const QDate settled = fetch.fetchedOn;
        fetch.fetchedOn = fetch.date.addDays(1);
        keep(*store, restingRate(fetch, daily, 58));
        keep(*store, restingRate(fetch, heart, 58));
        const QString state = u"SELECT d.data_type, v.state FROM daily_values d JOIN v_daily v"_s;
        QCOMPARE(rowsOf(place.databaseFile(), state), {daily + u"|provisional"_s});
        fetch.fetchedOn = settled;
        QCOMPARE(keep(*store, restingRate(fetch, heart, 58)).same, 1);
        QCOMPARE(rowsOf(place.databaseFile(), state), {heart + u"|complete"_s});
        const QStringList rows = dataRows(place);
        keep(*store, restingRate(fetch, daily, 58));
        QCOMPARE(dataRows(place), rows);
    }

    void writesNothingForTheSameAnswer()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(100));
        keep(*store, fetch.steps(7000));
        const QStringList before = dataRows(place);
        const QString file = place.dataDir() + u"/default/2026-03-10_steps.json"_s;
        const QDateTime written = QFileInfo(file).lastModified();
        const QByteArray index = bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s);
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        const WriteStats stats = keep(*store, fetch.heart(100));
        QCOMPARE(stats.same, 100);
        QCOMPARE(stats.added + stats.changed, 0);
        QVERIFY(stats.filesWritten.isEmpty());
        QVERIFY(keep(*store, fetch.steps(7000)).filesWritten.isEmpty());
        QCOMPARE(dataRows(place), before);
        QCOMPARE(QFileInfo(file).lastModified(), written);
        QCOMPARE(bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s), index);
        QCOMPARE(store->ledger().cell(fetch.cell(heart))->value().lastTryUtc,
                 noon(fetch.fetchedOn).toSecsSinceEpoch());
    }

    void remembersWhatAValueWasBefore()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(10, 60));
        keep(*store, fetch.steps(7000));
        const qint64 first = noon(fetch.fetchedOn).toSecsSinceEpoch();
        fetch.fetchedOn = fetch.fetchedOn.addDays(2);
        const qint64 second = noon(fetch.fetchedOn).toSecsSinceEpoch();
        CommitRequest changed = fetch.heart(10, 60);
        changed.answer.body += ' ';
        changed.batch.series.first().samples[3].v = 99;
        const WriteStats stats = keep(*store, changed);
        QCOMPARE(stats.changed, 1);
        QCOMPARE(stats.same, 9);
        QCOMPARE(keep(*store, fetch.steps(7001)).changed, 1);
        QCOMPARE(
            rowsOf(
                place.databaseFile(),
                u"SELECT kind, type, old_value, old_fetched_at, new_fetched_at FROM history ORDER BY id"_s),
            (QStringList{u"sample|heartrate_1min|60|%1|%2"_s.arg(first).arg(second),
                         u"daily|steps|7000|%1|%2"_s.arg(first).arg(second)}));
    }

    void keepsWhatItHasWhenTheAnswerIsPoorer_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("poorer") << 99;
        QTest::newRow("empty") << 0;
    }

    void keepsWhatItHasWhenTheAnswerIsPoorer()
    {
        QFETCH(int, count);
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(100, 60));
        const Cell before = store->ledger().cell(fetch.cell(heart))->value();
        const QString file = place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s;
        const QByteArray bytes = bytesOf(file);
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        const WriteStats stats = keep(*store, fetch.heart(count, 70));
        QCOMPARE(stats.added + stats.changed, 0);
        const Cell cell = stats.cells.first();
        QVERIFY(cell.suspicious);
        QVERIFY(!cell.lastError.isEmpty());
        QCOMPARE(cell.lastTryUtc, noon(fetch.fetchedOn).toSecsSinceEpoch());
        QCOMPARE(cell.state, before.state);
        QCOMPARE(cell.fetchedAtUtc, before.fetchedAtUtc);
        QCOMPARE(cell.points, 100);
        QCOMPARE(bytesOf(file), bytes);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*), min(v), max(v) FROM samples"_s),
                 {u"100|60|60"_s});
        // A good answer afterwards takes the suspicion away.
        QVERIFY(!keep(*store, fetch.heart(101, 60)).cells.first().suspicious);
        QVERIFY(bytesOf(file) != bytes);
    }

    void settlesSevenDaysAfterTheDaysEnd_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<qint64>("secondsFromSettling");
        QTest::addColumn<bool>("withData");
        QTest::addColumn<CellState>("state");
        for (const char *zone : {"Europe/Berlin", "Pacific/Chatham", "America/Los_Angeles"}) {
            QTest::addRow("%s before", zone)
                << QByteArray(zone) << qint64(-1) << true << CellState::Provisional;
            QTest::addRow("%s before, empty", zone)
                << QByteArray(zone) << qint64(-1) << false << CellState::Provisional;
            QTest::addRow("%s at", zone) << QByteArray(zone) << qint64(0) << true << CellState::Complete;
            QTest::addRow("%s at, empty", zone) << QByteArray(zone) << qint64(0) << false << CellState::Empty;
        }
    }

    void settlesSevenDaysAfterTheDaysEnd()
    {
        QFETCH(QByteArray, zone);
        QFETCH(qint64, secondsFromSettling);
        QFETCH(bool, withData);
        QFETCH(CellState, state);
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.zone = zoneOf(zone.constData());
        fetch.date = QDate(2026, 3, 25); // Berlin's clock changes before it settles.
        CommitRequest request = fetch.heart(withData ? 5 : 0);
        const QDateTime settled(QDate(2026, 4, 2), QTime(0, 0), fetch.zone.zone);
        request.answer.fetchedAtUtc = settled.toSecsSinceEpoch() + secondsFromSettling;
        request.today = QDate(2026, 4, 2);
        QCOMPARE(keep(*store, request).cells.first().state, state);
    }

    void keepsTodayProvisional()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        CommitRequest request = fetch.heart(5);
        request.today = fetch.date;
        request.settleDays = -30;
        QCOMPARE(keep(*store, request).cells.first().state, CellState::Provisional);
    }

    void completesAProvisionalCellWithTheSameBytes()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.fetchedOn = QDate(2026, 3, 12);
        QCOMPARE(keep(*store, fetch.heart(5)).cells.first().state, CellState::Provisional);
        fetch.fetchedOn = QDate(2026, 3, 30);
        const Cell cell = keep(*store, fetch.heart(5)).cells.first();
        QCOMPARE(cell.state, CellState::Complete);
        QCOMPARE(cell.fetchedAtUtc, noon(fetch.fetchedOn).toSecsSinceEpoch());
    }

    void marksFailedTries()
    {
        StorePlace place;
        auto store = place.open();
        Ledger &ledger = store->ledger();
        const Fetch fetch;
        QVERIFY(!*ledger.cell(fetch.cell(heart)));
        QCOMPARE(ledger.markTried(fetch.cell(heart), CellState::Failed, u"timed out"_s, 5)->state,
                 CellState::Failed);
        QCOMPARE(ledger.markTried(fetch.cell(heart), CellState::NotPermitted, u"no scope"_s, 6)->state,
                 CellState::NotPermitted);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT state, reason FROM v_ledger"_s),
                 {u"not permitted|no scope"_s});
        keep(*store, fetch.heart(5));
        const Cell cell = *ledger.markTried(fetch.cell(heart), CellState::Failed, u"timed out"_s, 2000000000);
        QCOMPARE(cell.state, CellState::Complete);
        QCOMPARE(cell.lastError, u"timed out"_s);
        QCOMPARE(cell.lastTryUtc, 2000000000);
        QVERIFY(cell.reason.isEmpty());
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT state, reason FROM v_ledger"_s),
                 {u"complete|timed out"_s});
        const auto cells = ledger.cells(fitbit(), {heart, u"steps"_s}, fetch.date, fetch.date.addDays(1));
        QCOMPARE(cells->size(), 1);
        QVERIFY(ledger.cells(fitbit(), {heart}, fetch.date.addDays(1), fetch.date.addDays(9))->isEmpty());
    }

    void givesEachSampleTheOffsetOfItsInstant_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("date");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QStringList>("offsets");
        QTest::newRow("25 hours") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25) << 1500
                                  << QStringList{u"3600|1320"_s, u"7200|180"_s};
        QTest::newRow("23 hours") << QByteArray("Europe/Berlin") << QDate(2026, 3, 29) << 1380
                                  << QStringList{u"3600|120"_s, u"7200|1260"_s};
        QTest::newRow("half an hour") << QByteArray("Australia/Lord_Howe") << QDate(2026, 4, 5) << 1470
                                      << QStringList{u"37800|1350"_s, u"39600|120"_s};
    }

    void givesEachSampleTheOffsetOfItsInstant()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, date);
        QFETCH(int, minutes);
        QFETCH(QStringList, offsets);
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.zone = zoneOf(zone.constData());
        fetch.date = date;
        fetch.fetchedOn = QDate(2026, 12, 1);
        keep(*store, fetch.heart(minutes));
        QCOMPARE(rowsOf(place.databaseFile(),
                        u"SELECT offset_s, count(*) FROM v_samples GROUP BY offset_s ORDER BY offset_s"_s),
                 offsets);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT seconds, zone_source FROM civil_days"_s),
                 {u"%1|profile"_s.arg(minutes * 60)});
    }

    void takesTheLastReadingOfASecond()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        CommitRequest request = fetch.heart(2);
        auto &samples = request.batch.series.first().samples;
        samples.push_back({samples.front().t, 88});
        const WriteStats stats = keep(*store, request);
        QCOMPARE(stats.added, 2);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT v FROM samples ORDER BY t"_s),
                 (QStringList{u"88"_s, u"60"_s}));
    }

    void keepsSessionsWithTheirStages()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        CommitRequest request = fetch.emptySteps();
        request.answer.body = "{\"sleep\":1}";
        request.answer.task.dataType = request.batch.dataType = u"sleep"_s;
        request.batch.days = {{fetch.date, true, 1}};
        Session night{u"sleep"_s,
                      u"42"_s,
                      fetch.date,
                      1000,
                      5000,
                      {{1000, 60, u"awake"_s}, {1060, 90, u"deep"_s}},
                      u"{\"efficiency\":93}"_s};
        request.batch.sessions = {night};
        QCOMPARE(keep(*store, request).added, 1);
        QCOMPARE(keep(*store, request).same, 1);
        request.batch.sessions.first().stages.append({1150, 30, u"rem"_s});
        QCOMPARE(keep(*store, request).changed, 1);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT stage FROM stages ORDER BY n"_s),
                 (QStringList{u"awake"_s, u"deep"_s, u"rem"_s}));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT kind, key FROM history"_s), {u"session|42"_s});
    }

    void staysPartialUntilTheLastPage()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        CommitRequest first = fetch.heart(10);
        first.batch.nextPage = u"2"_s;
        QCOMPARE(keep(*store, first).cells.first().state, CellState::Partial);
        CommitRequest second = fetch.heart(20);
        second.answer.task.page = u"2"_s;
        second.batch.series.first().samples.erase(second.batch.series.first().samples.begin(),
                                                  second.batch.series.first().samples.begin() + 10);
        second.batch.days.first().points = 10;
        const Cell cell = keep(*store, second).cells.first();
        QCOMPARE(cell.state, CellState::Complete);
        QCOMPARE(cell.points, 20);
    }

    void aPartialCellCountsTheFetchThatBroughtMost()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest page = Fetch().heart(30);
        page.batch.nextPage = u"2"_s;
        keep(*store, page);
        // Begun again, and broken off earlier: what is in stays in, and is counted.
        CommitRequest again = Fetch().heart(10);
        again.batch.nextPage = u"2"_s;
        QCOMPARE(keep(*store, again).cells.first().points, 30);
        QCOMPARE(keep(*store, Fetch().heart(40)).cells.first().points, 40);
    }

    void aTryThatFailsBetweenPagesSaysWhy()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest page = Fetch().heart(30);
        page.batch.nextPage = u"2"_s;
        keep(*store, page);
        const CellKey key = Fetch().cell(u"heartrate_1min"_s);
        const Cell cell = *store->ledger().markTried(key, CellState::Failed, u"The second page broke."_s, 5);
        QCOMPARE(cell.state, CellState::Partial);
        QCOMPARE(cell.reason, u"The second page broke."_s);
    }

    void rowsOfAWholeAnswerWaitForTheLastPageOfTheNext()
    {
        StorePlace place;
        auto store = place.open();
        keep(*store, Fetch().heart(20, 60));
        CommitRequest first = Fetch().heart(10, 70);
        first.batch.nextPage = u"2"_s;
        const WriteStats begun = keep(*store, first);
        QCOMPARE(begun.changed, 0);
        QCOMPARE(begun.cells.first().state, CellState::Complete);
        QCOMPARE(begun.cells.first().points, 20);
        CommitRequest last = Fetch().heart(20, 70);
        auto &samples = last.batch.series.first().samples;
        samples.erase(samples.begin(), samples.begin() + 10);
        last.batch.days.first().points = 10;
        last.answer.task.page = u"2"_s;
        last.earlier.append({0, first.batch});
        last.dayBodies.insert(Fetch().date, Fetch().heart(20, 70).answer.body);
        QCOMPARE(keep(*store, last).changed, 20);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT DISTINCT v FROM samples"_s), {u"70"_s});
    }
};

QTEST_GUILESS_MAIN(TestStoreCommit)
#include "tst_store_commit.moc"
