// SPDX-License-Identifier: GPL-3.0-or-later

// What may happen while a refresh is under way: other callers, another process with the lease, a new
// connection or none any more, a cancel, the end of the manager.

#include "net/refreshbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestTokenManagerRaces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void manyCallersOneRefresh();
    void aRejectedTokenReplacedByOthersIsNotRefreshed();
    void invalidGrantButConnectedAnewMeanwhile();
    void conflictReadsAgain();
    void conflictWonByAnother();
    void disconnectDuringTheRefreshWins();
    void connectDuringTheRefreshWins();
    void anotherProcessIsRefreshing();
    void anotherProcessDied();
    void cancelledWhileSentStillSaves();
    void cancelledWhileSentIsNotSentAgain();
    void cancelledWhileWaitingForTheLease();
    void destroyedMidway();
};

void TestTokenManagerRaces::manyCallersOneRefresh()
{
    RefreshBench bench;
    bench.server.setHandler(
        [](const SeenRequest &) { return Script::answer(200, pairBody("new")).after(50); });
    QList<std::shared_ptr<Heard>> all;
    for (int i = 0; i < 20; ++i)
        all.append(i % 2 ? bench.ask() : bench.ask(u"access-old"_s));
    for (const auto &heard : all) {
        QTRY_COMPARE(heard->calls, 1);
        QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
    }
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManagerRaces::aRejectedTokenReplacedByOthersIsNotRefreshed()
{
    RefreshBench bench;
    bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
    const auto heard = bench.ask(u"access-older"_s);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManagerRaces::invalidGrantButConnectedAnewMeanwhile()
{
    RefreshBench bench;
    bench.server.setHandler([&](const SeenRequest &) {
        bench.store.put(bench.key, bench.token(u"anew"_s, 20000));
        return Script::answer(400, fitbitError("invalid_grant"));
    });
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QVERIFY(*heard->result);
    QCOMPARE((*heard->result)->accessToken, u"access-anew"_s);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
}

void TestTokenManagerRaces::conflictReadsAgain()
{
    RefreshBench bench;
    bench.server.enqueue(Script::answer(409, "{}"));
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);

    bench.store.put(bench.key, bench.token(u"old"_s, 10));
    bench.server.forgetSeen();
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(409, "{}"); });
    const auto twice = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(twice->calls, 1, 10'000);
    QCOMPARE(twice->kind(), ErrorKind::ServiceFailing);
    QCOMPARE(bench.server.seen().size(), 2);
}

void TestTokenManagerRaces::conflictWonByAnother()
{
    RefreshBench bench;
    bench.server.setHandler([&](const SeenRequest &) {
        bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
        return Script::answer(409, "{}");
    });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManagerRaces::disconnectDuringTheRefreshWins()
{
    RefreshBench bench;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    bench.store.beforeSave = [&] { bench.store.rows.clear(); };
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::NotConnected);
    QVERIFY(bench.store.rows.isEmpty());
}

void TestTokenManagerRaces::connectDuringTheRefreshWins()
{
    RefreshBench bench;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    bench.store.beforeSave = [&] { bench.store.put(bench.key, bench.token(u"anew"_s, 20000)); };
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-anew"_s);
    QCOMPARE(bench.row().account.token.accessToken, u"access-anew"_s);
}

void TestTokenManagerRaces::anotherProcessIsRefreshing()
{
    RefreshBench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 60;
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.count(u"lease"_s) >= 3);
    QCOMPARE(heard->calls, 0);
    QCOMPARE(bench.server.connections(), 0);
    bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManagerRaces::anotherProcessDied()
{
    RefreshBench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 5;
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, pairBody("new")); });
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.count(u"lease"_s) >= 2);
    QCOMPARE(heard->calls, 0);
    bench.clock.advance(6);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
}

void TestTokenManagerRaces::cancelledWhileSentStillSaves()
{
    RefreshBench bench;
    bench.server.setHandler(
        [](const SeenRequest &) { return Script::answer(200, pairBody("new")).after(200); });
    const auto heard = bench.ask();
    QTRY_COMPARE(bench.server.seen().size(), 1);
    bench.manager->cancelAll();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    QVERIFY(bench.manager->isRefreshing());
    const QSignalSpy rested(bench.manager.get(), &TokenManager::rested);
    QTRY_COMPARE(rested.size(), 1);
    QVERIFY(!bench.manager->isRefreshing());
    QCOMPARE(bench.row().account.token.accessToken, u"access-new"_s);
    QVERIFY(bench.row().leaseOwner.isEmpty());
    QCOMPARE(heard->calls, 1);
}

void TestTokenManagerRaces::cancelledWhileSentIsNotSentAgain()
{
    RefreshBench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(503, "{}").after(200); });
    const auto heard = bench.ask();
    QTRY_COMPARE(bench.server.seen().size(), 1);
    const QSignalSpy rested(bench.manager.get(), &TokenManager::rested);
    bench.manager->cancelAll();
    QTRY_COMPARE(rested.size(), 1);
    QCOMPARE(bench.server.seen().size(), 1);
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManagerRaces::cancelledWhileWaitingForTheLease()
{
    RefreshBench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 60;
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.contains(u"lease"_s));
    bench.manager->cancelAll();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    const auto polls = bench.store.calls.count(u"lease"_s);
    QTest::qWait(600); // two polls' time in which nothing may happen
    QCOMPARE(bench.store.calls.count(u"lease"_s), polls);
}

void TestTokenManagerRaces::destroyedMidway()
{
    RefreshBench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    const auto heard = bench.ask();
    const auto loading = bench.ask();
    QTRY_COMPARE(bench.server.seen().size(), 1);
    bench.manager.reset();
    QTRY_COMPARE(heard->calls, 1);
    QTRY_COMPARE(loading->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    QTRY_VERIFY(bench.row().leaseOwner.isEmpty());
}

QTEST_GUILESS_MAIN(TestTokenManagerRaces)
#include "tst_tokenmanager_races.moc"
