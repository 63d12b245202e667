// SPDX-License-Identifier: GPL-3.0-or-later
// A real SIGKILL at every named point: the next start goes on and nothing is half done.

#include "store/ledger.h"
#include "store/originals.h"
#include "store/storebench.h"
#include "store/tokentable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

void rowsFor(std::initializer_list<const char *> points)
{
    QTest::addColumn<QByteArray>("point");
    for (const char *point : points)
        QTest::newRow(point) << QByteArray(point);
}

QString dayFile(const StorePlace &place)
{
    return place.dataDir() + u"/default/2026-03-10_heartrate_1min.json"_s;
}

} // namespace

class TestStoreCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnAfterAKillOnTheWayOfAnAnswer_data()
    {
        rowsFor({"store.archive.begin",         "store.archive.written",
                 "store.archive.synced",        "store.archive.renamed",
                 "store.archive.kept",          "store.archive.indexed",
                 "store.archive.before-commit", "store.archive.done",
                 "store.commit.begin",          "store.commit.samples",
                 "store.commit.daily",          "store.commit.sessions",
                 "store.commit.withdrawn",      "store.commit.cells",
                 "store.commit.released",       "store.commit.before-commit",
                 "store.commit.committed",      "store.dayfile.written",
                 "store.dayfile.synced",        "store.dayfile.renamed",
                 "store.dayfile.kept",          "store.commit.done"});
    }

    void goesOnAfterAKillOnTheWayOfAnAnswer()
    {
        QFETCH(QByteArray, point);
        StorePlace place;
        const Fetch fetch;
        keep(*place.open(), fetch.heart(1000, 60));
        const VictimEnd end = runVictim(place, {u"heart"_s, u"70"_s}, point);
        QVERIFY2(end.killed, end.output.constData());

        auto store = place.open();
        QVERIFY(store->ingest().healDayFiles());
        // Rows, ledger and day file are of one answer, the old or the new one.
        const Cell cell = store->ledger().cell(fetch.cell(u"heartrate_1min"_s))->value();
        const bool isNew = cell.points == 1440;
        QVERIFY(isNew || cell.points == 1000);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*), sum(v = 70) FROM samples"_s),
                 {isNew ? u"1440|1440"_s : u"1000|0"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"PRAGMA integrity_check"_s), {u"ok"_s});
        const QStringList index =
            QString::fromUtf8(bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s)).split(u'\n');
        QVERIFY(index.size() <= 3);
        // The same work again ends as if nothing had happened.
        const VictimEnd again = runVictim(place, {u"heart"_s, u"70"_s}, {});
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*), sum(v = 70) FROM samples"_s),
                 {u"1440|1440"_s});
        QCOMPARE(bytesOf(dayFile(place)), fetch.heart(1440, 70).answer.body);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM documents"_s), {u"2"_s});
        QCOMPARE(bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s).count('\n'), 2);
        QCOMPARE(*store->ingest().healDayFiles(), 0);
        QCOMPARE(QDir(place.dataDir() + u"/default"_s).entryList({u".*.part"_s}, QDir::Files | QDir::Hidden),
                 QStringList());
    }

    void healsTheDayFileOfACommittedAnswer()
    {
        StorePlace place;
        const VictimEnd end = runVictim(place, {u"heart"_s, u"70"_s}, "store.commit.committed");
        QVERIFY(end.killed);
        QVERIFY(!QFile::exists(dayFile(place)));
        QCOMPARE(*place.open()->ingest().healDayFiles(), 1);
        QCOMPARE(bytesOf(dayFile(place)), Fetch().heart(1440, 70).answer.body);
    }

    void beginsAFetchAnewAfterAKillBetweenItsPages_data()
    {
        QTest::addColumn<bool>("isWhole"); // the answer that was kept before
        for (const QByteArray point :
             {"store.commit.samples", "store.commit.committed", "store.archive.done:2",
              "store.commit.cells:2", "store.commit.committed:2", "store.dayfile.renamed"}) {
            QTest::newRow((point + " after nothing").constData()) << false;
            QTest::newRow((point + " after a whole answer").constData()) << true;
        }
    }

    void beginsAFetchAnewAfterAKillBetweenItsPages()
    {
        QFETCH(bool, isWhole);
        const QByteArray point = QByteArray(QTest::currentDataTag()).split(' ').first();
        StorePlace place;
        const Fetch fetch;
        if (isWhole)
            keepPages(*place.open(), fetch.heartInPages(900, 440, 60));
        const VictimEnd end = runVictim(place, {u"pages"_s, u"70"_s}, point);
        QVERIFY2(end.killed, end.output.constData());

        auto store = place.open();
        const auto cut = [&fetch](const DayCut &) -> Result<DayShares> {
            return DayShares{{fetch.date, fetch.heart(1440, 70).answer.body}};
        };
        QVERIFY(store->ingest().healDayFiles(cut));
        const auto cell = *store->ledger().cell(fetch.cell(u"heartrate_1min"_s));
        const QStringList rows =
            rowsOf(place.databaseFile(), u"SELECT count(*), sum(v = 70), sum(v = 60) FROM samples"_s);
        const bool isNew = cell && cell->points == 1440;
        if (isNew) {
            QCOMPARE(cell->state, CellState::Complete);
            QCOMPARE(rows, {u"1440|1440|0"_s});
        } else if (isWhole) {
            QCOMPARE(cell->state, CellState::Complete);
            QCOMPARE(cell->points, 1340);
            QCOMPARE(rows, {u"1340|0|1340"_s}); // not a row of the half that came
        } else if (cell) {
            QCOMPARE(cell->state, CellState::Partial);
            QCOMPARE(rows, {u"1000|1000|0"_s});
        }
        QCOMPARE(runVictim(place, {u"pages"_s, u"70"_s}, {}).exitCode, 0);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*), sum(v = 70) FROM samples"_s),
                 {u"1440|1440"_s});
        QCOMPARE(bytesOf(dayFile(place)), fetch.heart(1440, 70).answer.body);
        QCOMPARE(*store->ingest().healDayFiles(cut), 0);
    }

    void migratesAfterAKill_data()
    {
        rowsFor({"store.key.written", "store.migrate.begin", "store.migrate.copy-sealed",
                 "store.migrate.copy-written", "store.migrate.copied", "store.migrate.taken-out",
                 "store.migrate.tables", "store.migrate.sealed", "store.migrate.before-commit",
                 "store.migrate.committed", "store.migrate.checkpointed", "store.migrate.vacuumed",
                 "store.migrate.done"});
    }

    void migratesAfterAKill()
    {
        QFETCH(QByteArray, point);
        StorePlace place;
        makeSecondForm(place.databaseFile());
        const VictimEnd end = runVictim(place, {u"open"_s}, point);
        QVERIFY2(end.killed, end.output.constData());
        auto store = place.open();
        QCOMPARE((*store->tokens().load(fitbit(u"p01"_s)))->token.accessToken, u"PLAIN-access-newer"_s);
        QCOMPARE(store->tokens().all()->size(), 3);
        QVERIFY(store->keyProblem().isEmpty());
        store.reset();
        for (const QByteArray &token : plainTokens())
            QCOMPARE(filesHolding(place.path({}), token), QStringList());
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM fitbit_tokens_superseded"_s), {u"1"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM wristkeep_meta"_s), {u"0"_s});
        QVERIFY(QFile::exists(place.databaseFile() + u".before-wristkeep"_s));
    }

    void keepsOneOfTwoTokenPairs_data()
    {
        rowsFor({"store.token.begin", "store.token.refreshed", "store.token.before-commit",
                 "store.token.committed"});
    }

    void keepsOneOfTwoTokenPairs()
    {
        QFETCH(QByteArray, point);
        StorePlace place;
        QVERIFY(*place.open()->tokens().saveConnected(fitbit(), tokenOf(u"old"_s)));
        const VictimEnd end = runVictim(place, {u"refresh"_s}, point);
        QVERIFY2(end.killed, end.output.constData());
        const StoredAccount account = **place.open()->tokens().load(fitbit());
        const QString name = point == "store.token.committed" ? u"new"_s : u"old"_s;
        QVERIFY(account.opened);
        QCOMPARE(account.token.accessToken, u"access-"_s + name);
        QCOMPARE(account.token.refreshToken, u"refresh-"_s + name);
    }
};

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "tst_store_crash.moc"
