// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes and threads at one database: no commit fails, no lease is given twice.

#include "store/originals.h"
#include "store/storebench.h"
#include "store/tokentable.h"

#include <QProcess>
#include <QTest>
#include <QThread>

#include <atomic>
#include <vector>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

std::vector<std::unique_ptr<QProcess>> startVictims(const StorePlace &place, const QList<QStringList> &works)
{
    std::vector<std::unique_ptr<QProcess>> victims;
    for (const QStringList &work : works) {
        victims.push_back(std::make_unique<QProcess>());
        victims.back()->setProcessChannelMode(QProcess::MergedChannels);
        victims.back()->start(QStringLiteral(WRISTKEEP_BIN_DIR "/store_victim"),
                              QStringList{place.path({})} + work);
    }
    return victims;
}

} // namespace

class TestStoreTogether : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoProcessesWriteAtOnce()
    {
        StorePlace place;
        const auto victims =
            startVictims(place, {{u"days"_s, u"p01"_s}, {u"days"_s, u"p02"_s}, {u"days"_s, u"p01"_s}});
        for (const auto &victim : victims) {
            QVERIFY(victim->waitForFinished(100000));
            QVERIFY2(victim->exitStatus() == QProcess::NormalExit && victim->exitCode() == 0,
                     victim->readAll().constData());
        }
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM samples"_s), {u"6000"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*), sum(state = 'complete') FROM ledger"_s),
                 {u"120|120"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM documents"_s), {u"120"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history"_s), {u"0"_s});
    }

    void oneOfManyMigrates()
    {
        StorePlace place;
        makeSecondForm(place.databaseFile());
        const auto victims = startVictims(place, {{u"open"_s}, {u"open"_s}, {u"open"_s}, {u"open"_s}});
        for (const auto &victim : victims) {
            QVERIFY(victim->waitForFinished(60000));
            QVERIFY2(victim->exitCode() == 0, victim->readAll().constData());
        }
        auto store = place.open();
        QCOMPARE(store->tokens().all()->size(), 3);
        QVERIFY(store->keyProblem().isEmpty());
        store.reset();
        for (const QByteArray &token : plainTokens())
            QCOMPARE(filesHolding(place.path({}), token), QStringList());
        QVERIFY(!QFile::exists(place.databaseFile() + u".before-wristkeep-2"_s));
    }

    void oneOfManyRefreshes()
    {
        StorePlace place;
        QVERIFY(*place.open()->tokens().saveConnected(fitbit(), tokenOf(u"old"_s)));
        const auto victims = startVictims(
            place, {{u"lease"_s, u"a"_s}, {u"lease"_s, u"b"_s}, {u"lease"_s, u"c"_s}, {u"lease"_s, u"d"_s}});
        int granted = 0;
        for (const auto &victim : victims) {
            QVERIFY(victim->waitForFinished(60000));
            granted += victim->readAll() == "1" ? 1 : 0;
        }
        QCOMPARE(granted, 1);
    }

    void twoThreadsHaveAStoreEach()
    {
        StorePlace place;
        std::atomic<int> done{0};
        std::vector<std::unique_ptr<QThread>> threads;
        for (const QString &participant : {u"p01"_s, u"p02"_s}) {
            threads.emplace_back(QThread::create([&place, &done, participant] {
                auto store = place.open();
                Fetch fetch;
                fetch.account = fitbit(participant);
                for (int i = 0; i < 20; ++i) {
                    fetch.date = fetch.date.addDays(1);
                    done += keep(*store, fetch.heart(50)).added;
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60000));
        QCOMPARE(done.load(), 2000);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM samples"_s), {u"2000"_s});
    }
};

QTEST_GUILESS_MAIN(TestStoreTogether)
#include "tst_store_together.moc"
