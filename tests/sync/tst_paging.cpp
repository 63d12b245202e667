// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that cover many days and come in many pages, from the request to the day files.

#include "sync/pagedbench.h"
#include "sync/runtexts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QString Posted = u"beats_1min"_s;
const QString Listed = u"listed_1min"_s;
const QDate First(2026, 3, 1);
const QDate Last(2026, 3, 7);
/// Characters that a URL has to escape.
const QByteArray TokenOfTwo = "Pg+2/secret=token";
const QByteArray TokenOfThree = "Pg3secrettoken";

/// Three pages: the second is empty, the third goes on with the day the first broke off in. No fourth of
/// March.
QByteArrayList pages(int value = 70)
{
    return {pagedAnswer({pagedPoint(First, 0, value), pagedPoint(First.addDays(1), 5, value),
                         pagedPoint(First.addDays(2), 5, value)},
                        TokenOfTwo),
            pagedAnswer({}, TokenOfThree),
            pagedAnswer({pagedPoint(First.addDays(2), 6, value), pagedPoint(First.addDays(4), 1, value),
                         pagedPoint(First.addDays(5), 1, value), pagedPoint(Last, 1, value)})};
}

} // namespace

class TestPaging : public QObject
{
    Q_OBJECT

    static void serve(PagedBench &bench, const QByteArrayList &bodies)
    {
        for (const QByteArray &body : bodies)
            bench.server.enqueue(Script::answer(200, body));
    }

    static void keepWhole(PagedBench &bench, const QString &type, const QByteArrayList &bodies)
    {
        serve(bench, bodies);
        const LoopEnd end = bench.run({bench.task(type, First, Last)});
        QVERIFY(!end.stop);
        QCOMPARE(bench.jobs.size(), 1);
        QVERIFY2(!bench.jobs.first().error,
                 qUtf8Printable(bench.jobs.first().error.value_or(Error()).detail));
    }

private Q_SLOTS:
    void keepsEachDayOfManyPages_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("POST") << Posted;
        QTest::newRow("GET") << Listed;
    }

    void keepsEachDayOfManyPages()
    {
        QFETCH(QString, type);
        PagedBench bench;
        keepWhole(bench, type, pages());
        QCOMPARE(bench.pagesAsked(),
                 (QStringList{{}, QString::fromLatin1(TokenOfTwo), QString::fromLatin1(TokenOfThree)}));
        QCOMPARE(bench.jobs.first().stats.added, 7);
        QCOMPARE(bench.jobs.first().stats.filesWritten.size(), 6);
        const QDate split = First.addDays(2);
        QCOMPARE(bytesOf(bench.dayFile(type, split)),
                 pagedAnswer({pagedPoint(split, 5, 70), pagedPoint(split, 6, 70)}));
        QCOMPARE(bench.cell(type, split).points, 2);
        QCOMPARE(bench.cell(type, split).state, CellState::Complete);
        QCOMPARE(bench.cell(type, First).state, CellState::Complete);
        QCOMPARE(bench.cell(type, First.addDays(3)).state, CellState::Empty);
        QVERIFY(!QFile::exists(bench.dayFile(type, First.addDays(3))));
        QCOMPARE(QDir(bench.place.dataDir()).exists(), false); // nothing in another provider's folder
    }

    void theIndexNamesPagesByHashAlone()
    {
        PagedBench bench;
        keepWhole(bench, Listed, pages());
        QList<QJsonObject> lines;
        for (const QByteArray &line :
             bytesOf(bench.place.path(u"paged_data/.archive/default/index.jsonl"_s)).trimmed().split('\n'))
            lines << QJsonDocument::fromJson(line).object();
        QCOMPARE(lines.size(), 3);
        QVERIFY(!lines.at(0).contains(u"page"_s));
        QCOMPARE(lines.at(1).value(u"page_number"_s).toInt(), 2);
        QCOMPARE(lines.at(2).value(u"page_number"_s).toInt(), 3);
        for (const auto &[line, token] : {std::pair(1, TokenOfTwo), std::pair(2, TokenOfThree)}) {
            const QByteArray hash = QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex();
            QCOMPARE(lines.at(line).value(u"page"_s).toString().toLatin1(), hash);
            QCOMPARE(lines.at(line).value(u"first"_s).toString(), u"2026-03-01"_s);
            QCOMPARE(lines.at(line).value(u"last"_s).toString(), u"2026-03-07"_s);
            // The bodies, compressed, hold the token the service wrote into them; nothing else does.
            QCOMPARE(filesHolding(bench.place.path({}), token), QStringList());
            QCOMPARE(filesHolding(bench.place.path({}), token.toPercentEncoding()), QStringList());
        }
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT page_number FROM documents ORDER BY id"_s),
                 (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    }

    void theSameAgainWritesNothing()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        const Cell before = bench.cell(Posted, First);
        bench.clock->advance(3600);
        keepWhole(bench, Posted, pages());
        const WriteStats &stats = bench.jobs.first().stats;
        QCOMPARE(stats.added, 0);
        QCOMPARE(stats.changed, 0);
        QCOMPARE(stats.filesWritten, QStringList());
        QCOMPARE(bench.cell(Posted, First).fetchedAtUtc, before.fetchedAtUtc);
        QCOMPARE(bench.cell(Posted, First).points, 1);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT count(*) FROM documents"_s), {u"3"_s});
    }

    void aChangeOnAnEarlierPageReachesRowsAndFile()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        QByteArrayList changed = pages();
        changed[0].replace("\"t\":0,\"v\":70", "\"t\":0,\"v\":99");
        bench.clock->advance(3600);
        keepWhole(bench, Posted, changed);
        QCOMPARE(bench.jobs.first().stats.changed, 1);
        QCOMPARE(bench.jobs.first().stats.filesWritten, {bench.dayFile(Posted, First)});
        QCOMPARE(bytesOf(bench.dayFile(Posted, First)), pagedAnswer({pagedPoint(First, 0, 99)}));
        QCOMPARE(*bench.cell(Posted, First).fetchedAtUtc, bench.clock->nowUtc());
    }

    void whatAFetchTakesBackIsWithdrawnAndSaid()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        QByteArrayList changed = pages();
        const QDate split = First.addDays(2);
        changed[2].replace(pagedPoint(split, 6, 70), pagedPoint(split, 7, 70));
        bench.clock->advance(3600);
        keepWhole(bench, Posted, changed);
        const JobEnd &end = bench.jobs.first();
        QCOMPARE(end.stats.added, 1);
        QCOMPARE(end.stats.withdrawn, 1);
        QCOMPARE(committedText(bench.provider, end.task, end.stats.cells, end.stats),
                 u"beats, 2026-03-01 to 2026-03-07: 6 days with data, 1 without; 1 new, 1 withdrawn."_s);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT withdrawn, old_value FROM history"_s),
                 {u"1|70"_s});
    }

    void aPoorerFetchLeavesItsDaysAlone()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        const QDate split = First.addDays(2);
        // One reading less on the day that lies on two pages, and other values everywhere.
        QByteArrayList poorer = pages(90);
        poorer[2].replace(pagedPoint(split, 6, 90) + ',', "");
        keepWhole(bench, Posted, poorer);
        const Cell cell = bench.cell(Posted, split);
        QVERIFY(cell.suspicious);
        QCOMPARE(cell.points, 2);
        QVERIFY2(cell.lastError.contains(u"(1) than are kept (2)"_s), qUtf8Printable(cell.lastError));
        QCOMPARE(bytesOf(bench.dayFile(Posted, split)),
                 pagedAnswer({pagedPoint(split, 5, 70), pagedPoint(split, 6, 70)}));
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT v, count(*) FROM samples GROUP BY v"_s),
                 (QStringList{u"70|2"_s, u"90|5"_s}));
        QCOMPARE(bench.heal(), 0);
        QVERIFY(QFile::remove(bench.dayFile(Posted, split)));
        QCOMPARE(bench.heal(), 1); // from the pages of the fetch it was made of
        QCOMPARE(bytesOf(bench.dayFile(Posted, split)),
                 pagedAnswer({pagedPoint(split, 5, 70), pagedPoint(split, 6, 70)}));
    }

    void healsWhatIsMissingOrDamaged()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        QCOMPARE(bench.heal(), 0);
        QHash<QDate, QByteArray> good;
        for (QDate day = First; day <= Last; day = day.addDays(1)) {
            good[day] = bytesOf(bench.dayFile(Posted, day));
            QFile::remove(bench.dayFile(Posted, day));
        }
        putBytes(bench.dayFile(Posted, First), "{\"points\":[");
        const auto untold = bench.ask<int>([](Store &store) { return store.ingest().healDayFiles(); });
        QCOMPARE(untold, 0); // the store alone cannot cut
        QCOMPARE(bench.heal(), 6);
        QCOMPARE(bench.cuts, 1); // all of them out of one answer
        for (QDate day = First; day <= Last; day = day.addDays(1))
            QCOMPARE(bytesOf(bench.dayFile(Posted, day)), good.value(day));
        QCOMPARE(bench.heal(), 0);
    }

    void aDayAskedAloneKeepsTheBytesAsTheyCame()
    {
        PagedBench bench;
        const QByteArray body = "{ \"points\" : [" + pagedPoint(First, 1, 60) + "] }";
        bench.server.enqueue(Script::answer(200, body));
        bench.run({bench.task(Posted, First, First)});
        QCOMPARE(bytesOf(bench.dayFile(Posted, First)), body);
    }

    void aPageThatRepeatsFailsTheTask()
    {
        PagedBench bench;
        serve(bench, {pagedAnswer({pagedPoint(First, 0, 70)}, "again"), pagedAnswer({}, "again")});
        bench.run({bench.task(Posted, First, Last)});
        QCOMPARE(bench.server.seen().size(), 2);
        QCOMPARE(bench.jobs.size(), 1);
        QCOMPARE(bench.jobs.first().error.value_or(Error()).kind, ErrorKind::NotUnderstood);
        QCOMPARE(bench.cell(Posted, First).state, CellState::Partial);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT v FROM samples"_s), {u"70"_s});
    }

    void aPageElsewhereIsNotFollowed()
    {
        PagedBench bench;
        TestServer elsewhere;
        const QByteArray link = elsewhere.url(u"/v1/next"_s).toEncoded();
        serve(bench, {pagedAnswer({pagedPoint(First, 0, 70)}, link)});
        bench.run({bench.task(Posted, First, Last)});
        QCOMPARE(bench.jobs.first().error.value_or(Error()).kind, ErrorKind::RequestRefused);
        QCOMPARE(elsewhere.seen().size(), 0);
    }

    void aFailingPageLosesNothingAndTheNextRunBeginsAnew()
    {
        PagedBench bench;
        serve(bench, {pages().first()});
        for (int i = 0; i < 3; ++i)
            bench.server.enqueue(Script::answer(503, "{}"));
        bench.run({bench.task(Posted, First, Last)});
        QCOMPARE(bench.server.seen().size(), 4);
        QCOMPARE(bench.jobs.first().error.value_or(Error()).kind, ErrorKind::ServiceFailing);
        QCOMPARE(bench.cell(Posted, First).state, CellState::Partial);
        QCOMPARE(bench.cell(Posted, Last).state, CellState::Partial);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT count(*) FROM samples"_s), {u"3"_s});
        QVERIFY(!QFile::exists(bench.dayFile(Posted, First)));
        bench.server.forgetSeen();
        keepWhole(bench, Posted, pages());
        QCOMPARE(bench.pagesAsked().first(), QString());
        QCOMPARE(bench.cell(Posted, First.addDays(2)).points, 2);
        QCOMPARE(bench.cell(Posted, First).state, CellState::Complete);
    }

    void aFailingPageDoesNotTouchAWholeAnswer()
    {
        PagedBench bench;
        keepWhole(bench, Posted, pages());
        serve(bench, {pages(90).first()});
        for (int i = 0; i < 3; ++i)
            bench.server.enqueue(Script::answer(503, "{}"));
        bench.run({bench.task(Posted, First, Last)});
        QCOMPARE(bench.cell(Posted, First).state, CellState::Complete);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT DISTINCT v FROM samples"_s), {u"70"_s});
    }

    void aStopBetweenPagesLeavesPartialCells()
    {
        PagedBench bench;
        bench.server.setHandler([&bench](const SeenRequest &) {
            if (bench.server.seen().size() < 2)
                return Script::answer(200, pages().first());
            Error cancelled;
            cancelled.kind = ErrorKind::Cancelled;
            QMetaObject::invokeMethod(
                bench.loop.get(), [&bench, cancelled] { bench.loop->stop(cancelled); }, Qt::QueuedConnection);
            return Script::hang();
        });
        const LoopEnd end = bench.run({bench.task(Posted, First, Last)});
        QCOMPARE(end.untouched.size(), 1);
        QCOMPARE(bench.cell(Posted, First).state, CellState::Partial);
        QCOMPARE(bench.cell(Posted, First).points, 1);
    }

    void aRunThatEndsFollowsNoFurtherPage()
    {
        PagedBench bench;
        bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, pages().first()); });
        FetchJob job(bench.services, bench.session, bench.patience, bench.task(Posted, First, Last), nullptr);
        std::optional<JobEnd> end;
        QObject::connect(&job, &FetchJob::answered, &job, &FetchJob::giveUpTrying);
        QObject::connect(&job, &FetchJob::finished, &bench.context, [&end](const JobEnd &e) { end = e; });
        job.start();
        QTRY_VERIFY(end.has_value());
        QCOMPARE(end->error.value_or(Error()).kind, ErrorKind::Cancelled);
        QCOMPARE(bench.server.seen().size(), 1);
        QCOMPARE(bench.cell(Posted, First).state, CellState::Partial);
    }

    void aPostIsRetriedAndItsTokenReplacedOnce()
    {
        PagedBench bench;
        // A newer token is stored: it takes the place of the refused one without a refresh.
        Token newer = tokenOf(u"newer"_s);
        newer.tokenHost = tokenHostOf(bench.session.client.tokenUrl);
        bench.tokenStore.saveConnected(bench.session.key, newer, &bench.context, [](const Result<bool> &) {});
        bench.server.enqueue(Script::answer(401, "{}"));
        bench.server.enqueue(Script::answer(503, "{}"));
        serve(bench, {pagedAnswer({pagedPoint(First, 0, 70)})});
        bench.run({bench.task(Posted, First, First)});
        QVERIFY(!bench.jobs.first().error);
        const QList<SeenRequest> &seen = bench.server.seen();
        QCOMPARE(seen.size(), 3);
        QCOMPARE(seen.at(0).headers.value("authorization"), "Bearer access-first");
        QCOMPARE(seen.at(1).headers.value("authorization"), "Bearer access-newer");
        for (const SeenRequest &request : seen) {
            QCOMPARE(request.method, "POST");
            QCOMPARE(request.body, seen.first().body);
        }
    }

    void aRedirectIsAnError()
    {
        PagedBench bench;
        bench.server.enqueue(Script::answer(307, "{}", "application/json",
                                            {"Location: " + bench.server.url(u"/other"_s).toEncoded()}));
        bench.run({bench.task(Posted, First, First)});
        QVERIFY(bench.jobs.first().error);
        QCOMPARE(bench.server.seen().size(), 1);
    }

    void theRequestLineNamesMethodAndPathOnly()
    {
        PagedBench bench;
        for (const QString &type : {Posted, Listed}) {
            FetchTask task = bench.task(type, First, Last);
            task.page = u"secret"_s;
            QCOMPARE(requestLine(bench.provider, task, bench.settings, computerZone()),
                     (type == Posted ? u"POST "_s : u"GET "_s) +
                         bench.server.url(u"/v1/%1:read"_s.arg(type)).toString());
        }
    }

    void keepsToThePace()
    {
        PagedBench bench;
        bench.provider.chosenPace = {2, 6};
        int open = 0;
        int mostOpen = 0;
        QElapsedTimer time;
        time.start();
        QList<qint64> begun;
        bench.server.setHandler([&](const SeenRequest &request) {
            begun << time.elapsed();
            mostOpen = std::max(mostOpen, ++open);
            QTimer::singleShot(15, &bench.context, [&open] { --open; });
            // Each task takes three requests: a failure, a first and a last page.
            const QByteArray body = request.body;
            const int tries = int(std::count_if(bench.server.seen().begin(), bench.server.seen().end(),
                                                [&body](const SeenRequest &r) { return r.body == body; }));
            if (body.contains("\"page\":\"\"") && tries < 2)
                return Script::answer(503, "{}").after(25);
            return Script::answer(200, pagedAnswer({}, body.contains("p2") ? "" : "p2")).after(25);
        });
        QList<FetchTask> tasks;
        for (int i = 0; i < 5; ++i)
            tasks << bench.task(Posted, First.addDays(i), First.addDays(i));
        bench.run(tasks);
        QCOMPARE(bench.jobs.size(), 5);
        QCOMPARE(begun.size(), 15);
        QCOMPARE(mostOpen, 2);
        // What is measured here is when they arrive; they were sent a second apart to the nanosecond.
        for (qsizetype i = 6; i < begun.size(); ++i)
            QVERIFY2(begun.at(i) - begun.at(i - 6) >= 900, qPrintable(QString::number(i)));
    }

    void whatThePaceHoldsBackIsNotSentAfterAStop()
    {
        PagedBench bench;
        bench.provider.chosenPace = {4, 1};
        bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
        QList<FetchTask> tasks;
        for (int i = 0; i < 5; ++i)
            tasks << bench.task(Posted, First.addDays(i), First.addDays(i));
        bench.begin(tasks);
        QTRY_COMPARE(bench.server.seen().size(), 1);
        Error cancelled;
        cancelled.kind = ErrorKind::Cancelled;
        bench.loop->stop(cancelled);
        QVERIFY(bench.ended.has_value()); // at once
        QCOMPARE(bench.ended->untouched.size(), 5);
        QTest::qWait(1200);
        QCOMPARE(bench.server.seen().size(), 1);
    }

    void aQuotaStopHoldsBackWhatWasNotSent()
    {
        PagedBench bench;
        bench.provider.chosenPace = {1, 0};
        bench.server.setHandler([&bench](const SeenRequest &) {
            return bench.server.seen().size() == 1 ? Script::answer(200, pagedAnswer({}, "p2"))
                                                   : Script::answer(429, "{}");
        });
        const LoopEnd end = bench.run({bench.task(Posted, First, First), bench.task(Listed, First, First)});
        QCOMPARE(end.stop.value_or(Error()).kind, ErrorKind::RateLimited);
        QCOMPARE(end.untouched.size(), 2);
        QCOMPARE(bench.server.seen().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestPaging)
#include "tst_paging.moc"
