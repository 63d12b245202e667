// SPDX-License-Identifier: GPL-3.0-or-later
// A real SIGKILL at every point of a swap: the database is the old one or the new one, whole, and the next
// call begins anew.

#include "sync/rebuildbench.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

class TestRebuildCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDatabaseIsWholeAfterAKill_data()
    {
        QTest::addColumn<bool>("isNew");
        for (const char *point :
             {"store.rebuild.created", "store.rebuild.copied", "store.commit.cells:3", "sync.rebuild.group:2",
              "sync.rebuild.replayed", "store.rebuild.finished", "store.rebuild.named"})
            QTest::newRow(point) << false;
        QTest::newRow("store.rebuild.renamed") << true;
    }

    void theDatabaseIsWholeAfterAKill()
    {
        QFETCH(bool, isNew);
        const RebuildBench bench;
        bench.fill();
        const QStringList good = bench.contents();
        runScript(bench.place.databaseFile(), "UPDATE daily_values SET value = 1; DELETE FROM samples");
        const QStringList tampered = bench.contents();

        QProcess victim;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"WRISTKEEP_FAIL_AT"_s, QString::fromLatin1(QTest::currentDataTag()));
        victim.setProcessEnvironment(environment);
        victim.setProcessChannelMode(QProcess::MergedChannels);
        victim.start(QStringLiteral(WRISTKEEP_BIN_DIR "/rebuild_victim"), {bench.place.path({})});
        QVERIFY(victim.waitForFinished(60'000));
        QVERIFY2(victim.exitStatus() == QProcess::CrashExit, victim.readAll().constData());

        QCOMPARE(bench.contents(), isNew ? good : tampered);
        QCOMPARE(rowsOf(bench.place.databaseFile(), u"PRAGMA integrity_check"_s), {u"ok"_s});
        const QString before = bench.place.databaseFile() + u".before-rebuild"_s;
        if (!isNew) {
            const auto again = bench.swap();
            QVERIFY2(again && again->swapped, again ? "equal" : qPrintable(again.error().detail));
            QCOMPARE(again->keptFile, before);
        }
        QVERIFY(bench.rebuild()->isEqual());
        QCOMPARE(bench.contents(), good);
        QCOMPARE(bench.contents(before), tampered);
        QCOMPARE(bench.filesBeside(), (QStringList{u"kept.db"_s, u"kept.db.before-rebuild"_s}));
    }
};

QTEST_GUILESS_MAIN(TestRebuildCrash)
#include "tst_rebuildcrash.moc"
