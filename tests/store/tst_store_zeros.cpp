// SPDX-License-Identifier: GPL-3.0-or-later
// Missing is not zero: a zero counts only on a day with samples of its witness.

#include "store/ledger.h"
#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

QStringList visible(const StorePlace &place)
{
    return rowsOf(place.databaseFile(), u"SELECT date, value, state FROM v_daily"_s);
}

/// Readings as heart() makes them, under the name of another data type.
CommitRequest readingsOf(const Fetch &fetch, const QString &dataType)
{
    CommitRequest request = fetch.heart(3);
    request.answer.task.dataType = dataType;
    request.batch.dataType = dataType;
    request.batch.series.first().type = dataType;
    return request;
}

} // namespace

class TestStoreZeros : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withholdsAZeroOfAnUnwornDay()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        const WriteStats stats = keep(*store, fetch.steps(0));
        QCOMPARE(stats.added, 0);
        QCOMPARE(stats.cells.first().state, CellState::Empty);
        QVERIFY(!stats.cells.first().hasData);
        QVERIFY(visible(place).isEmpty());
    }

    void releasesItWhenTheWitnessComes()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.steps(0));
        fetch.date = fetch.date.addDays(1);
        keep(*store, fetch.steps(0));
        fetch.date = fetch.date.addDays(-1);
        const WriteStats stats = keep(*store, fetch.heart(3));
        QCOMPARE(stats.cells.size(), 2);
        QCOMPARE(visible(place), {u"2026-03-10|0|complete"_s});
        const Cell cell = store->ledger().cell(fetch.cell(u"steps"_s))->value();
        QCOMPARE(cell.state, CellState::Complete);
        QVERIFY(cell.hasData);
        QCOMPARE(cell.points, 1);
        // Asked again it is an ordinary value.
        QCOMPARE(keep(*store, fetch.steps(0)).same, 1);
        QVERIFY(!store->ledger().cell(fetch.cell(u"steps"_s))->value().suspicious);
    }

    void aZeroToldBeforeItsDayBeganSaysNothing()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        // By a clock that is ahead, days are asked for that are still to come.
        CommitRequest early = fetch.steps(0);
        early.answer.fetchedAtUtc = civilDay(fetch.date, early.answer.zone).startUtc - 1;
        keep(*store, early);
        keep(*store, fetch.heart(3));
        QVERIFY(visible(place).isEmpty());
        keep(*store, fetch.steps(0));
        QCOMPARE(visible(place), {u"2026-03-10|0|complete"_s});
    }

    void aZeroToldBeforeTheFirstReadingSaysNothing_data()
    {
        QTest::addColumn<bool>("readingsFirst");
        QTest::newRow("the readings come later") << false;
        QTest::newRow("the readings are there, and an older answer is entered") << true;
    }

    void aZeroToldBeforeTheFirstReadingSaysNothing()
    {
        QFETCH(bool, readingsFirst);
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.fetchedOn = fetch.date;
        const qint64 start = civilDay(fetch.date, fetch.zone).startUtc;
        // Asked at eight; the tracker was put on at ten, and the day had its steps after that.
        CommitRequest early = fetch.steps(0);
        early.answer.fetchedAtUtc = start + 8 * 3600;
        CommitRequest readings = fetch.mixed({{start + 11 * 3600, 70}, {start + 10 * 3600, 60}}, {}, {}, {});
        readings.answer.fetchedAtUtc = start + 20 * 3600;
        for (const CommitRequest &request : readingsFirst ? QList{readings, early} : QList{early, readings})
            keep(*store, request);
        QVERIFY(visible(place).isEmpty());
        QVERIFY(!store->ledger().cell(fetch.cell(u"steps"_s))->value().hasData);
        CommitRequest late = fetch.steps(0);
        late.answer.fetchedAtUtc = start + 21 * 3600;
        keep(*store, late);
        QCOMPARE(visible(place), {u"2026-03-10|0|provisional"_s});
    }

    void believesAZeroAtOnceWhenTheWitnessIsThere()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        keep(*store, fetch.heart(3));
        QCOMPARE(keep(*store, fetch.steps(0)).added, 1);
        QCOMPARE(visible(place), {u"2026-03-10|0|complete"_s});
    }

    void readingsOfAnyResolutionAreAWitness_data()
    {
        QTest::addColumn<QString>("dataType");
        QTest::addColumn<bool>("believed");
        QTest::newRow("by the second") << u"heartrate_1s"_s << true;
        QTest::newRow("as they came") << u"heartrate_raw"_s << true;
        QTest::newRow("of another kind") << u"weight"_s << false;
        QTest::newRow("of a kind with the same beginning") << u"heartrate_variability_5min"_s << false;
    }

    void readingsOfAnyResolutionAreAWitness()
    {
        QFETCH(QString, dataType);
        QFETCH(bool, believed);
        const QStringList expected = believed ? QStringList{u"2026-03-10|0|complete"_s} : QStringList();
        const Fetch fetch;
        for (const bool witnessFirst : {true, false}) {
            StorePlace place;
            auto store = place.open();
            if (witnessFirst)
                keep(*store, readingsOf(fetch, dataType));
            keep(*store, fetch.steps(0));
            if (!witnessFirst)
                keep(*store, readingsOf(fetch, dataType));
            QCOMPARE(visible(place), expected);
            QCOMPARE(store->ledger().cell(fetch.cell(u"steps"_s))->value().state,
                     believed ? CellState::Complete : CellState::Empty);
        }
    }

    void theOrderOfZeroAndWitnessDoesNotMatter()
    {
        const Fetch fetch;
        CommitRequest zero = fetch.steps(0);
        zero.batch.days.first().hasData = false; // as a parser says that cannot know
        zero.batch.days.first().points = 0;
        for (const bool witnessFirst : {true, false}) {
            StorePlace place;
            auto store = place.open();
            if (witnessFirst)
                keep(*store, fetch.heart(3));
            keep(*store, zero);
            if (!witnessFirst)
                keep(*store, fetch.heart(3));
            keep(*store, zero);
            const Cell cell = store->ledger().cell(fetch.cell(u"steps"_s))->value();
            QCOMPARE(cell.state, CellState::Complete);
            QVERIFY(cell.hasData && !cell.suspicious);
            QCOMPARE(cell.points, 1);
            QCOMPARE(visible(place), {u"2026-03-10|0|complete"_s});
        }
        // After a real value a zero is doubted, also beside readings.
        StorePlace place;
        auto store = place.open();
        keep(*store, fetch.heart(3));
        keep(*store, fetch.steps(9120));
        keep(*store, zero);
        QCOMPARE(visible(place), {u"2026-03-10|9120|complete"_s});
        QVERIFY(store->ledger().cell(fetch.cell(u"steps"_s))->value().suspicious);
    }

    void takesNoOtherPersonsWitness()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        fetch.account = fitbit(u"p01"_s);
        keep(*store, fetch.heart(3));
        keep(*store, Fetch().steps(0));
        QVERIFY(visible(place).isEmpty());
    }

    void takesNoWitnessOfTheDayBefore()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keep(*store, fetch.heart(1440));
        fetch.date = fetch.date.addDays(1);
        keep(*store, fetch.steps(0));
        QVERIFY(visible(place).isEmpty());
    }

    void distrustsAZeroAfterARealValue()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        keep(*store, fetch.steps(7000));
        const QString file = place.dataDir() + u"/default/2026-03-10_steps.json"_s;
        const QByteArray bytes = bytesOf(file);
        const Cell cell = keep(*store, fetch.steps(0)).cells.first();
        QVERIFY(cell.suspicious);
        QVERIFY(cell.hasData);
        QCOMPARE(visible(place), {u"2026-03-10|7000|complete"_s});
        QCOMPARE(bytesOf(file), bytes);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history"_s), {u"0"_s});
    }

    void alwaysBelievesAZeroWithoutWitnessRule()
    {
        StorePlace place;
        auto store = place.open();
        CommitRequest request = Fetch().steps(0);
        request.batch.daily.first().zeroWitness.clear();
        keep(*store, request);
        QCOMPARE(visible(place), {u"2026-03-10|0|complete"_s});
    }

    void replacesAWithheldZeroByAValue()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        keep(*store, fetch.steps(0));
        QCOMPARE(keep(*store, fetch.steps(12)).added, 1);
        QCOMPARE(visible(place), {u"2026-03-10|12|complete"_s});
        QCOMPARE(bytesOf(place.dataDir() + u"/default/2026-03-10_steps.json"_s), fetch.steps(12).answer.body);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history"_s), {u"0"_s});
    }
};

QTEST_GUILESS_MAIN(TestStoreZeros)
#include "tst_store_zeros.moc"
