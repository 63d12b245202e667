// SPDX-License-Identifier: GPL-3.0-or-later
// What is gone from a newer whole answer goes into history; what only looks broken takes nothing away.

#include "store/ledger.h"
#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QString heartRate = u"heartrate_1min"_s;

/// Fetches on one day after the other; `from` to `to` are minutes of the day.
struct Days
{
    Fetch fetch;

    CommitRequest minutes(int from, int to, std::optional<double> resting = 58,
                          const QList<Session> &nights = {}, double bpm = 60)
    {
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        std::vector<Sample> samples;
        for (int i = from; i < to; ++i)
            samples.push_back({day.startUtc + 60 * qint64(i), bpm + i % 7});
        return fetch.mixed(samples, resting, nights, u"1min"_s);
    }

    [[nodiscard]] Session night(const QString &key) const
    {
        return {u"sleep"_s, key, fetch.date, 1000, 5000, {{1000, 60, u"awake"_s}}, u"{}"_s};
    }

    [[nodiscard]] qint64 fetchedAt() const { return noon(fetch.fetchedOn).toSecsSinceEpoch(); }
};

QStringList historyOf(const StorePlace &place, const QString &columns)
{
    return rowsOf(place.databaseFile(),
                  u"SELECT %1 FROM history WHERE withdrawn = 1 ORDER BY id"_s.arg(columns));
}

QStringList countsIn(const StorePlace &place)
{
    return rowsOf(place.databaseFile(), u"SELECT (SELECT count(*) FROM samples), (SELECT count(*) FROM "
                                        u"daily_values), (SELECT count(*) FROM sessions), "
                                        u"(SELECT count(*) FROM stages), (SELECT count(*) FROM history)"_s);
}

} // namespace

class TestStoreWithdrawal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCorrectedDayLosesWhatItsNewAnswerLacks()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 100, 58, {days.night(u"a"_s), days.night(u"b"_s)}));
        const qint64 first = days.fetchedAt();
        const WriteStats stats = keep(*store, days.minutes(2, 100, {}, {days.night(u"b"_s)}));
        QCOMPARE(stats.withdrawn, 4);
        QCOMPARE(stats.added + stats.changed, 0);
        QCOMPARE(stats.same, 99);
        QVERIFY(!stats.cells.first().suspicious);
        QCOMPARE(stats.cells.first().points, 99);
        QCOMPARE(countsIn(place), {u"98|0|1|1|4"_s});
        QCOMPARE(historyOf(place, u"kind, old_value, old_fetched_at, new_fetched_at"_s),
                 (QStringList{u"sample|60|%1|%2"_s, u"sample|61|%1|%2"_s, u"daily|58|%1|%2"_s,
                              u"session|NULL|%1|%2"_s})
                     .replaceInStrings(u"%1"_s, QString::number(first))
                     .replaceInStrings(u"%2"_s, QString::number(days.fetchedAt())));
        QCOMPARE(
            rowsOf(place.databaseFile(), u"SELECT count(*) FROM v_samples_known WHERE known_from <= %1 AND "
                                         u"(known_until IS NULL OR known_until > %1)"_s.arg(first)),
            {u"100"_s});
        QCOMPARE(bytesOf(place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s).count('='), 99);
        // What comes back is new again.
        QCOMPARE(keep(*store, days.minutes(0, 100, 58, {days.night(u"b"_s)})).added, 3);
        QCOMPARE(countsIn(place), {u"100|1|1|1|4"_s});
    }

    void anAnswerWithAsManyReadingsElsewhereIsBelieved()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 100));
        const WriteStats stats = keep(*store, days.minutes(10, 110));
        QCOMPARE(stats.added, 10);
        QCOMPARE(stats.withdrawn, 10);
        QCOMPARE(countsIn(place), {u"100|1|0|0|10"_s});
    }

    void belowNineInTenItTakesASecondAnswer()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 99));
        const QString file = place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s;
        const QByteArray bytes = bytesOf(file);
        WriteStats stats = keep(*store, days.minutes(11, 99));
        QVERIFY(stats.cells.first().suspicious);
        QCOMPARE(stats.withdrawn, 0);
        QCOMPARE(countsIn(place), {u"99|1|0|0|0"_s});
        // Asked again at once it says nothing more; another poor answer is another doubt.
        CommitRequest again = days.minutes(11, 99);
        again.answer.fetchedAtUtc -= 24 * 3600 - 60;
        QVERIFY(keep(*store, again).cells.first().suspicious);
        QVERIFY(keep(*store, days.minutes(12, 99)).cells.first().suspicious);
        QVERIFY(keep(*store, days.minutes(11, 99)).cells.first().suspicious);
        QCOMPARE(countsIn(place), {u"99|1|0|0|0"_s});
        QCOMPARE(bytesOf(file), bytes);

        stats = keep(*store, days.minutes(11, 99));
        QVERIFY(!stats.cells.first().suspicious);
        QVERIFY(stats.cells.first().lastError.isEmpty());
        QCOMPARE(stats.withdrawn, 11);
        QCOMPARE(countsIn(place), {u"88|1|0|0|11"_s});
        QVERIFY(bytesOf(file) != bytes);
    }

    void fewerReadingsWithOtherValuesAreNoConfirmation()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 100));
        const WriteStats stats = keep(*store, days.minutes(0, 99, 58, {}, 90));
        QVERIFY(stats.cells.first().suspicious);
        QCOMPARE(stats.changed + stats.withdrawn, 0);
    }

    void anEmptyAnswerTakesNothingHoweverOften()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 3));
        for (int i = 0; i < 4; ++i) {
            const WriteStats stats = keep(*store, days.minutes(0, 0, {}));
            QCOMPARE(stats.withdrawn, 0);
            QVERIFY(stats.cells.first().suspicious);
        }
        QCOMPARE(countsIn(place), {u"3|1|0|0|0"_s});
    }

    void anOlderAnswerEnteredLateTakesNothing()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        keep(*store, days.minutes(0, 10));
        CommitRequest older = days.minutes(5, 20);
        older.answer.fetchedAtUtc -= 30 * 24 * 3600;
        QCOMPARE(keep(*store, older).withdrawn, 0);
        QCOMPARE(countsIn(place), {u"20|1|0|0|0"_s});
    }

    void otherDaysAndOtherDataStay()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        Days next;
        next.fetch.date = days.fetch.date.addDays(1);
        Days other;
        other.fetch.account = fitbit(u"p01"_s);
        keep(*store, next.minutes(0, 10));
        keep(*store, other.minutes(0, 10));
        keep(*store, days.fetch.steps(7000));
        keep(*store, days.minutes(0, 10));
        QCOMPARE(keep(*store, days.minutes(1, 11)).withdrawn, 1);
        QCOMPARE(countsIn(place), {u"30|4|0|0|1"_s});
    }

    void ofAnUnfinishedDayNothingIsRemembered()
    {
        const StorePlace place;
        auto store = place.open();
        Days days;
        CommitRequest morning = days.minutes(0, 10, 58, {days.night(u"a"_s)});
        morning.answer.fetchedAtUtc = civilDay(days.fetch.date, days.fetch.zone).startUtc + 600;
        keep(*store, morning);
        QCOMPARE(keep(*store, days.minutes(1, 20, {})).withdrawn, 3);
        QCOMPARE(countsIn(place), {u"19|0|0|0|0"_s});
    }

    void pagesAreJudgedTogether()
    {
        const StorePlace place;
        auto store = place.open();
        Fetch fetch;
        keepPages(*store, fetch.heartInPages(60, 40, 60));
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        const WriteStats stats = keepPages(*store, fetch.heartInPages(55, 40, 60));
        QCOMPARE(stats.withdrawn, 5);
        QCOMPARE(stats.cells.first().points, 95);
        QCOMPARE(countsIn(place), {u"95|0|0|0|5"_s});
    }

    void whatAFetchThatBrokeOffLeftIsPutRightByTheNext()
    {
        const StorePlace place;
        auto store = place.open();
        Fetch fetch;
        CommitRequest page = fetch.heart(8, 60);
        page.batch.nextPage = u"2"_s;
        auto &samples = page.batch.series.first().samples;
        samples.front().t += 7; // the service thought better of it
        keep(*store, page);
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        QCOMPARE(keepPages(*store, fetch.heartInPages(6, 6, 60)).withdrawn, 1);
        QCOMPARE(countsIn(place), {u"12|0|0|0|1"_s});
    }

    void withoutItsEarlierPagesTheLastOneTakesNothing()
    {
        const StorePlace place;
        auto store = place.open();
        keepPages(*store, Fetch().heartInPages(5, 5, 60));
        CommitRequest last = Fetch().heartInPages(5, 5, 60).last();
        last.batch.days.first().points = 10;
        QCOMPARE(keep(*store, last).withdrawn, 0);
        QCOMPARE(countsIn(place), {u"10|0|0|0|0"_s});
    }
};

QTEST_GUILESS_MAIN(TestStoreWithdrawal)
#include "tst_store_withdrawal.moc"
