// SPDX-License-Identifier: GPL-3.0-or-later
// When an answer came, and what follows for the day when this computer's clock is ahead.

#include "core/http.h"
#include "sync/answertime.h"
#include "sync/syncbench.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Told = 784'111'777; // Sun, 06 Nov 1994 08:49:37 GMT

HttpResponse answerWith(const QByteArray &date)
{
    HttpResponse response;
    if (!date.isNull())
        response.headers = {{"date", date}};
    return response;
}

} // namespace

class TestAnswerTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServicesClockIsTheLatest_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<qint64>("answered");
        const QByteArray good = "Sun, 06 Nov 1994 08:49:37 GMT";
        QTest::newRow("equal") << good << Told << Told;
        QTest::newRow("ours is ahead") << good << Told + 864'000 << Told;
        QTest::newRow("ours is behind") << good << Told - 3600 << Told - 3600;
        QTest::newRow("ours is a little ahead") << good << Told + 300 << Told + 300;
        QTest::newRow("ours is five minutes ahead") << good << Told + 301 << Told;
        QTest::newRow("nothing told") << QByteArray() << Told + 5 << Told + 5;
        QTest::newRow("nonsense") << QByteArray("yesterday") << Told + 5 << Told + 5;
        QTest::newRow("another form") << QByteArray("1994-11-06T08:49:37Z") << Told + 5 << Told + 5;
    }

    void theServicesClockIsTheLatest()
    {
        QFETCH(QByteArray, date);
        QFETCH(qint64, now);
        QFETCH(qint64, answered);
        QCOMPARE(answeredAtUtc(answerWith(date), now), answered);
    }

    void aClockThatIsAheadSettlesNothing()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const QDate first(2026, 3, 1);
        const QDate last(2026, 3, 3);
        bench.control(u"wear"_s,
                      {{u"date"_s, u"2026-03-01"_s}, {u"to"_s, u"2026-03-03"_s}, {u"state"_s, u"worn"_s}});

        // By this computer's clock these days are long over; for the service it is the evening of the second.
        bench.control(u"clock"_s, {{u"now"_s, u"2026-03-02T20:00:00Z"_s}});
        const SyncReport early = bench.sync(SyncBench::days(first, last));
        QCOMPARE(early.cells.size(), 6);
        for (const ReportCell &cell : early.cells)
            QCOMPARE(cell.state, CellState::Provisional);

        bench.control(u"clock"_s, {{u"offset"_s, 0}});
        const SyncReport later = bench.sync(SyncBench::days(first, last));
        for (const ReportCell &cell : later.cells)
            QCOMPARE(cell.state, CellState::Complete);
        QVERIFY(later.added > 1'000); // the third day and the end of the second
    }
};

QTEST_GUILESS_MAIN(TestAnswerTime)
#include "tst_answertime.moc"
