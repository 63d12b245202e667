// SPDX-License-Identifier: GPL-3.0-or-later
// The tables are what the archive says: made anew they are the same, and where they are not, it is said.

#include "sync/rebuildbench.h"

#include "providers/registry.h"
#include "store/accounts.h"
#include "store/connection.h"
#include "store/keptdatabase.h"
#include "store/leases.h"
#include "store/ledger.h"
#include "store/sql.h"
#include "store/tablecopy.h"
#include "sync/processmark.h"

#include <QCryptographicHash>
#include <QSqlDatabase>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

using Kind = RebuildDifference::Kind;

const QDate March(2026, 3, 10);

QString texts(const RebuildReport &report)
{
    QStringList lines;
    for (const RebuildDifference &each : report.differences)
        lines.append(u"%1 %2 %3 %4: %5 / %6 (%7)"_s
                         .arg(rebuildKindName(each.kind), each.account.participant, each.type,
                              each.date.toString(Qt::ISODate), each.kept, each.rebuilt)
                         .arg(each.count));
    for (const RebuildProblem &each : report.problems)
        lines.append(each.dataType + u' ' + each.first.toString(Qt::ISODate) + u": "_s + each.text);
    return lines.join(u'\n');
}

/// The archived answer's file.
QString archiveFile(const RebuildBench &bench, const QByteArray &body)
{
    const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    return u"%1/.archive/default/%2.json.gz"_s.arg(bench.place.dataDir(), QString::fromLatin1(hash));
}

/// How often this process has the file open.
int timesOpen(const QString &file)
{
    int times = 0;
    const QFileInfoList open = QDir(u"/proc/self/fd"_s).entryInfoList(QDir::System | QDir::Files);
    for (const QFileInfo &each : open)
        times += each.symLinkTarget() == file ? 1 : 0;
    return times;
}

#define QVERIFY_RESULT(result)                                                                               \
    QVERIFY2((result).has_value(), (result) ? "" : qPrintable((result).error().detail))

} // namespace

class TestRebuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheTablesAsTheyShouldBe()
    {
        RebuildBench bench;
        bench.fill();
        const QStringList before = bench.contents();
        const auto report = bench.rebuild();
        QVERIFY_RESULT(report);
        QVERIFY2(report->isEqual(), qPrintable(texts(*report)));
        QVERIFY(report->isArchiveWhole());
        QCOMPARE(report->problems.size(), 1); // the one nobody understands
        QCOMPARE(report->problems.first().first, March.addDays(5));
        QCOMPARE(report->withoutAnswer, 0);
        QVERIFY(report->answers > 15);
        QCOMPARE(bench.contents(), before);
        QCOMPARE(bench.filesBeside(), {u"kept.db"_s});
    }

    void makesEveryRowAnew()
    {
        RebuildBench bench;
        bench.fill();
        const QStringList before = bench.contents();
        runScript(
            bench.place.databaseFile(),
            "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT);"
            "INSERT INTO notes (text) VALUES ('mine'), ('gone'); DELETE FROM notes WHERE id = 2;"
            "DELETE FROM samples; DELETE FROM daily_values; DELETE FROM history; DELETE FROM civil_days;"
            "UPDATE ledger SET points = points + 1 WHERE data_type = 'steps';");
        const auto report = bench.swap();
        QVERIFY_RESULT(report);
        QVERIFY(report->swapped);
        QCOMPARE(report->keptFile, bench.place.databaseFile() + u".before-rebuild"_s);
        // The tries of the ledger and the history of a value that came back as it was are there again, too.
        const QStringList after = bench.contents();
        for (qsizetype i = 0; i < std::max(before.size(), after.size()); ++i)
            QCOMPARE(after.value(i), before.value(i));
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT id, text FROM notes"_s), {u"1|mine"_s});
        QCOMPARE(
            rowsOf(bench.place.databaseFile(), u"SELECT seq FROM sqlite_sequence WHERE name = 'notes'"_s),
            {u"2"_s});
        QCOMPARE(rowsOf(report->keptFile, u"SELECT count(*) FROM samples"_s), {u"0"_s});
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"PRAGMA integrity_check"_s), {u"ok"_s});
        QCOMPARE(QFile::permissions(bench.place.databaseFile()) & 0x77, QFile::Permissions());
        QVERIFY(bench.rebuild()->isEqual());
    }

    void saysWhatIsDifferentAndChangesNothing()
    {
        RebuildBench bench;
        bench.fill();
        runScript(bench.place.databaseFile(),
                  "UPDATE daily_values SET value = 9064 WHERE date = '2026-03-10' AND type = 'steps' "
                  "AND participant = 'default';"
                  "UPDATE samples SET v = 99 WHERE t IN (SELECT t FROM samples ORDER BY t LIMIT 3);"
                  "DELETE FROM ledger WHERE participant = 'P02' AND data_type = 'steps';");
        const QStringList before = bench.contents();
        const auto report = bench.rebuild();
        QVERIFY_RESULT(report);
        QCOMPARE(report->differences.size(), 3);
        const RebuildDifference &state = report->differences.at(0);
        QCOMPARE(state.kind, Kind::State);
        QCOMPARE(state.account.participant, u"P02"_s);
        QCOMPARE(state.kept, QString());
        QCOMPARE(state.rebuilt, u"complete, 1 reading"_s);
        const RebuildDifference &value = report->differences.at(1);
        QCOMPARE(value.kind, Kind::Value);
        QCOMPARE(value.date, March);
        QCOMPARE(value.kept, u"9,064 steps"_s);
        QCOMPARE(value.rebuilt, u"9,120 steps"_s);
        const RebuildDifference &readings = report->differences.at(2);
        QCOMPARE(readings.kind, Kind::Reading);
        QCOMPARE(readings.date, March);
        QCOMPARE(readings.time, u"00:00:00"_s);
        QCOMPARE(readings.kept, u"99 bpm"_s);
        QCOMPARE(readings.rebuilt, u"60 bpm"_s);
        QCOMPARE(readings.count, 3);
        QCOMPARE(report->totals.value(Kind::Reading), 3);
        QCOMPARE(bench.contents(), before);
        QCOMPARE(bench.filesBeside(), {u"kept.db"_s});
    }

    void looksAtOneAccountAlone()
    {
        RebuildBench bench;
        bench.fill();
        runScript(bench.place.databaseFile(), "UPDATE daily_values SET value = 1 WHERE type = 'steps'");
        RebuildRequest request;
        request.scope.participant = u"p02"_s;
        const auto person = bench.rebuild(request);
        QVERIFY_RESULT(person);
        QCOMPARE(person->totals.value(Kind::Value), 1);
        request.scope = {{}, u"google-health"_s};
        QVERIFY(bench.rebuild(request)->isEqual());
        request.scope = {u"nobody"_s, {}};
        QCOMPARE(bench.rebuild(request).error().kind, ErrorKind::BadUsage);
    }

    void keepsWhatDamagedAnswersBrought()
    {
        RebuildBench bench;
        bench.fill();
        const QStringList before = bench.contents();
        QVERIFY(QFile::remove(archiveFile(bench, heartBody(March, 100, 60))));
        putBytes(archiveFile(bench, stepsBody(March, 9120)), "no gzip");
        putBytes(archiveFile(bench, stepsBody(March.addDays(1), 4100)), "no gzip"); // only history knows it
        const auto report = bench.rebuild();
        QVERIFY_RESULT(report);
        QVERIFY2(report->isEqual(), qPrintable(texts(*report)));
        QVERIFY(!report->isArchiveWhole());
        QStringList damaged;
        for (const RebuildProblem &problem : report->problems) {
            if (problem.isDamaged)
                damaged.append(u"%1 %2 %3"_s.arg(problem.dataType, problem.first.toString(Qt::ISODate))
                                   .arg(problem.takenOver));
        }
        QCOMPARE(damaged, (QStringList{u"heartrate_1min 2026-03-10 1"_s, u"steps 2026-03-10 1"_s,
                                       u"steps 2026-03-11 0"_s}));
        // Swapped for another reason: nothing of theirs is lost.
        runScript(bench.place.databaseFile(), "UPDATE daily_values SET value = 5 WHERE participant = 'P02'");
        QVERIFY(bench.swap()->swapped);
        QStringList missing;
        const QStringList after = bench.contents();
        for (const QString &row : before) {
            const bool isCell = row.startsWith(u"cell|"_s); // the day files' makers are not known any more
            if (!isCell && !after.contains(row))
                missing.append(row);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u"\n"_s)));
    }

    void keepsDaysTheArchiveKnowsNothingOf()
    {
        RebuildBench bench;
        bench.fill();
        QVERIFY(QDir(bench.place.path(u"google/.archive"_s)).removeRecursively());
        runScript(bench.place.databaseFile(),
                  "UPDATE ledger SET document = NULL, day_document = NULL WHERE provider = 'google-health';"
                  "UPDATE history SET document = NULL WHERE provider = 'google-health';"
                  "UPDATE daily_values SET document = NULL WHERE provider = 'google-health';"
                  "DELETE FROM documents WHERE provider = 'google-health'");
        const auto report = bench.rebuild();
        QVERIFY_RESULT(report);
        QVERIFY2(report->isEqual(), qPrintable(texts(*report)));
        QCOMPARE(report->withoutAnswer, 1);
    }

    void comesBackFromTheArchiveAlone()
    {
        RebuildBench bench;
        bench.fill();
        const QString values =
            u"SELECT participant, provider, data_type, date, value FROM v_daily ORDER BY 1,2,3,4"_s;
        // That answers came again with the same bytes only the lost tables knew: a page of Google's, and
        // 4,000 steps.
        const QString readings =
            u"SELECT participant, utc, value FROM v_samples WHERE provider = 'fitbit' ORDER BY 1, 2"_s;
        const QStringList before =
            rowsOf(bench.place.databaseFile(), values) + rowsOf(bench.place.databaseFile(), readings);
        for (const QString &name : bench.filesBeside())
            QVERIFY(QFile::remove(bench.place.path(name)));
        const auto report = bench.swap();
        QVERIFY_RESULT(report);
        QVERIFY2(report->swapped, qPrintable(texts(*report)));
        QStringList after = rowsOf(bench.place.databaseFile(), values);
        after.replaceInStrings(u"2026-03-11|4100"_s, u"2026-03-11|4000"_s);
        after += rowsOf(bench.place.databaseFile(), readings);
        QCOMPARE(after, before);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT participant_id FROM participants ORDER BY 1"_s),
                 (QStringList{u"P02"_s, u"default"_s}));
        QCOMPARE(rowsOf(bench.place.databaseFile(),
                        u"SELECT state FROM ledger WHERE date = '2026-03-15' AND data_type = 'steps'"_s),
                 {u"failed"_s});
    }

    void putsACorrectedZoneRight_data()
    {
        QTest::addColumn<int>("source");
        QTest::addColumn<bool>("keepZones");
        QTest::addColumn<qint64>("midnight");
        QTest::addColumn<QString>("zone");
        // 10 March 2026, 00:00: in Berlin 23:00 UTC of the 9th, in New York (summer time since the 8th)
        // 04:00.
        const qint64 berlin = 1773097200;
        const qint64 newYork = 1773115200;
        QTest::newRow("the computer's guess")
            << int(ZoneSource::Computer) << false << newYork << u"America/New_York"_s;
        QTest::newRow("guess, zones kept")
            << int(ZoneSource::Computer) << true << newYork << u"America/New_York"_s;
        QTest::newRow("an older profile")
            << int(ZoneSource::Profile) << false << newYork << u"America/New_York"_s;
        QTest::newRow("an older profile, zones kept")
            << int(ZoneSource::Profile) << true << berlin << u"Europe/Berlin"_s;
        QTest::newRow("told by the data")
            << int(ZoneSource::Delivered) << false << berlin << u"Europe/Berlin"_s;
    }

    void putsACorrectedZoneRight()
    {
        QFETCH(int, source);
        QFETCH(bool, keepZones);
        QFETCH(qint64, midnight);
        QFETCH(QString, zone);
        RebuildBench bench;
        const Zone read{QTimeZone("Europe/Berlin"), ZoneSource(source)};
        auto store = bench.open();
        bench.keep(*store, fitbitAnswer(u"default"_s, u"heartrate_1min"_s, March, QDate(2026, 3, 20),
                                        heartBody(March, 3, 60), read));
        // New York's day of the clock change has 23 hours.
        const QDate change(2026, 3, 8);
        bench.keep(*store, fitbitAnswer(u"default"_s, u"heartrate_1min"_s, change, QDate(2026, 3, 20),
                                        heartBody(change, 1, 60), read));
        QVERIFY(store->accounts().saveProfile(fitbit(), {u"me"_s, zoneOf("America/New_York"), {}, 2}));
        store.reset();
        RebuildRequest request;
        request.swap = true;
        request.keepZones = keepZones;
        const auto report = bench.rebuild(request);
        QVERIFY_RESULT(report);
        const bool isPutRight = zone == "America/New_York"_L1;
        QCOMPARE(report->swapped, isPutRight);
        QCOMPARE(report->zonesPutRight, isPutRight ? 2 : 0);
        QCOMPARE(
            rowsOf(bench.place.databaseFile(), u"SELECT t FROM samples WHERE t > 1773090000 ORDER BY t"_s),
            (QStringList{QString::number(midnight), QString::number(midnight + 60),
                         QString::number(midnight + 120)}));
        QCOMPARE(
            rowsOf(bench.place.databaseFile(),
                   u"SELECT zone, start_utc, seconds FROM civil_days ORDER BY date"_s),
            (isPutRight
                 ? QStringList{u"America/New_York|1772946000|82800"_s, u"America/New_York|1773115200|86400"_s}
                 : QStringList{u"Europe/Berlin|1772924400|86400"_s, u"Europe/Berlin|1773097200|86400"_s}));
    }

    void keepsInstantsOfAnswersAskedInTheWrongZone()
    {
        RebuildBench bench;
        auto store = bench.open();
        // Asked for as the 10th in UTC: in Berlin its last hour is the 11th's first.
        AnswerToKeep work = fitbitAnswer(u"default"_s, u"heartrate_1min"_s, March, QDate(2026, 3, 30),
                                         googleHeartBody(QDateTime(March, QTime(22, 30), Qt::UTC), 60, 62),
                                         Zone{QTimeZone("UTC"), ZoneSource::Computer});
        work.answer.task.account.provider = u"google-health"_s;
        work.answer.origin = u"google-health"_s;
        work.provider = *findProvider(u"google-health"_s);
        bench.keep(*store, work);
        const AccountKey account = work.answer.task.account;
        QVERIFY(store->accounts().saveProfile(account, {u"me"_s, zoneOf("Europe/Berlin"), {}, 2}));
        store.reset();
        const QStringList samples = rowsOf(bench.place.databaseFile(), u"SELECT t, v FROM samples"_s);
        const auto report = bench.swap();
        QVERIFY_RESULT(report);
        QVERIFY2(report->problems.isEmpty(), qPrintable(texts(*report)));
        QVERIFY(report->swapped);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT t, v FROM samples"_s), samples);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"SELECT date, zone FROM civil_days"_s),
                 {u"2026-03-10|Europe/Berlin"_s});
        QCOMPARE(bench.open()->ledger().cell({account, u"heartrate_1min"_s, March})->value().points, 30);
    }

    void refusesWhileOthersAreAtWork()
    {
        RebuildBench bench;
        bench.fill();
        runScript(bench.place.databaseFile(), "UPDATE daily_values SET value = 1 WHERE type = 'steps'");
        auto window = bench.open(); // holds the database, as the window does
        const auto swapped = bench.swap();
        QVERIFY(!swapped);
        QCOMPARE(swapped.error().kind, ErrorKind::Busy);
        QVERIFY(bench.rebuild().has_value()); // looking does no harm
        const qint64 later = bench.place.clock.nowUtc() + 60;
        QVERIFY(window->leases().take(u"run/fitbit/default"_s, processMark() + u"|x"_s, later));
        QCOMPARE(bench.rebuild().error().kind, ErrorKind::Busy);
        QVERIFY(window->leases().release(u"run/fitbit/default"_s, processMark() + u"|x"_s));
        window.reset();
        QVERIFY(bench.swap()->swapped);
        // The earlier file stays, and the next one gets a number.
        runScript(bench.place.databaseFile(), "UPDATE daily_values SET value = 2 WHERE type = 'steps'");
        QCOMPARE(bench.swap()->keptFile, bench.place.databaseFile() + u".before-rebuild-2"_s);
        QCOMPARE(rowsOf(bench.place.databaseFile() + u".before-rebuild"_s,
                        u"SELECT DISTINCT value FROM daily_values WHERE type = 'steps'"_s),
                 {u"1"_s});
    }

    void leavesNothingBehindWhenStopped()
    {
        RebuildBench bench;
        bench.fill();
        const QStringList before = bench.contents();
        RebuildRequest request;
        request.swap = true;
        for (int after = 0; after < 4; ++after) {
            int looks = 0;
            const auto report =
                rebuildTables(bench.options(), request, bench.place.clock,
                              {[](const SyncProgress &) {}, [&] { return looks++ == after; }});
            if (report)
                break;
            QCOMPARE(report.error().kind, ErrorKind::Cancelled);
            QCOMPARE(bench.filesBeside(), {u"kept.db"_s});
            QCOMPARE(bench.contents(), before);
        }
        QVERIFY(bench.rebuild().has_value()); // nor a lease
    }

    void aProgramThatWaitedOpensTheNewFile()
    {
        const RebuildBench bench;
        bench.open().reset();
        const QString file = bench.place.databaseFile();
        KeptDatabase holder;
        QVERIFY(holder.open(file, KeptDatabase::Hold::Alone));
        std::future<bool> late = std::async(std::launch::async, [&file] {
            Connection connection;
            return connection.open(file) && runSql(connection.database(), u"CREATE TABLE mark (x)"_s);
        });
        QTRY_COMPARE(timesOpen(file), 2); // it waits for the lock
        QVERIFY(QFile::rename(file, file + u".old"_s));
        QVERIFY(QFile::copy(file + u".old"_s, file));
        QVERIFY(holder.letGo());
        QVERIFY(late.get());
        const QString marks = u"SELECT count(*) FROM sqlite_master WHERE name = 'mark'"_s;
        QCOMPARE(rowsOf(file, marks), {u"1"_s});
        QCOMPARE(rowsOf(file + u".old"_s, marks), {u"0"_s});
    }

    /// Whoever adds a table decides here: does the archive give its rows, or are they carried along?
    void everyTableIsAccountedFor()
    {
        const QByteArrayList carried{"wristkeep_meta",
                                     "wristkeep_schema",
                                     "participants",
                                     "fitbit_tokens",
                                     "fitbit_tokens_superseded",
                                     "accounts",
                                     "quota",
                                     "runs",
                                     "backfills",
                                     "backfill_tries",
                                     "documents",
                                     "series",
                                     "leases"};
        RebuildBench bench;
        bench.open().reset();
        for (const QString &table :
             rowsOf(bench.place.databaseFile(), u"SELECT name FROM sqlite_master WHERE type = 'table' "
                                                "AND name NOT LIKE 'sqlite%'"_s)) {
            const QByteArray name = table.toUtf8();
            QVERIFY2(carried.contains(name) != rebuiltTables().contains(name), name.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestRebuild)
#include "tst_rebuild.moc"
