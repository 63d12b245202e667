// SPDX-License-Identifier: GPL-3.0-or-later
// What readings cost on the disk (docs/BENCHMARKS.md).

#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

constexpr int Days = 30;
constexpr int Together = 10; ///< days whose answers wait at the same time, as in a run
constexpr int Every = 5;     ///< seconds

CommitRequest dayOfReadings(Store &store, QDate date)
{
    Fetch fetch;
    fetch.date = date;
    const CivilDay day = civilDay(date, fetch.zone);
    CommitRequest request = fetch.heart(1);
    SampleSeries &series = request.batch.series.first();
    series.resolution = u"raw"_s;
    series.samples.clear();
    for (int second = 0; second < day.seconds; second += Every)
        series.samples.push_back({day.startUtc + second, double(48 + (second / 7) % 80)});
    request.batch.days.first().points = int(series.samples.size());
    request.document = *store.ingest().archive(request.answer);
    return request;
}

} // namespace

class TestStoreSize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReadingTakesFifteenBytes()
    {
        const StorePlace place;
        auto store = place.open();
        keep(*store, Fetch().heart(1)); // so that the series below is not the cheap first one
        const QDate last(2026, 7, 30);
        // The newest days are asked for first.
        for (int newest = 0; newest < Days; newest += Together) {
            QList<CommitRequest> requests;
            for (int i = newest; i < newest + Together; ++i)
                requests.append(dayOfReadings(*store, last.addDays(-i)));
            QVERIFY(store->ingest().commitRows(requests));
        }
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM samples"_s), {u"518401"_s});
        const auto bytesOfTable = [&place](const QString &table) {
            return rowsOf(place.databaseFile(),
                          u"SELECT sum(pgsize) FROM dbstat WHERE name = '%1'"_s.arg(table))
                .first()
                .toDouble();
        };
        const double each = bytesOfTable(u"samples"_s) / 518'401;
        qInfo("%.2f bytes a sample, and %.2f for its levels", each, bytesOfTable(u"levels"_s) / 518'401);
        QVERIFY(each <= 15);
    }
};

QTEST_GUILESS_MAIN(TestStoreSize)
#include "tst_store_size.moc"
