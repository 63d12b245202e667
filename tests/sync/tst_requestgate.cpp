// SPDX-License-Identifier: GPL-3.0-or-later
// An account's pace: so many requests at once, so many begun in any second, and no wait outlives its request.

#include "sync/requestgate.h"

#include <QElapsedTimer>
#include <QTest>

#include <vector>

using namespace wristkeep;

class TestRequestGate : public QObject
{
    Q_OBJECT

    using Passes = std::vector<std::unique_ptr<RequestGate::Pass>>;

private Q_SLOTS:
    void letsInAsManyAsThereIsRoomFor()
    {
        RequestGate gate({2, 0});
        QList<int> in;
        Passes passes;
        for (int i = 0; i < 4; ++i)
            passes.push_back(gate.enter([&in, i] { in << i; }));
        QCOMPARE(in, (QList<int>{0, 1})); // at once, inside the call
        passes[0].reset();
        QCOMPARE(in.size(), 2); // and the others from the event loop only
        QTRY_COMPARE(in, (QList<int>{0, 1, 2}));
        passes[1].reset();
        passes[2].reset();
        QTRY_COMPARE(in, (QList<int>{0, 1, 2, 3}));
    }

    void whoLeavesTheQueueIsNotLetIn()
    {
        RequestGate gate({1, 0});
        QList<int> in;
        Passes passes;
        for (int i = 0; i < 3; ++i)
            passes.push_back(gate.enter([&in, i] { in << i; }));
        passes[1].reset();
        passes[0].reset();
        QTRY_COMPARE(in, (QList<int>{0, 2}));
    }

    void whoStopsEverythingLetsNobodyIn()
    {
        RequestGate gate({1, 0});
        int in = 0;
        Passes passes;
        for (int i = 0; i < 3; ++i)
            passes.push_back(gate.enter([&in] { ++in; }));
        passes.clear();
        QTest::qWait(20);
        QCOMPARE(in, 1);
    }

    void aShutGateLetsNobodyIn()
    {
        RequestGate gate({1, 0});
        int in = 0;
        Passes passes;
        for (int i = 0; i < 3; ++i)
            passes.push_back(gate.enter([&in] { ++in; }));
        gate.shut();
        passes[0].reset();
        QTest::qWait(20);
        QCOMPARE(in, 1);
    }

    void beginsSoManyInAnySecond()
    {
        constexpr int perSecond = 5;
        RequestGate gate({4, perSecond});
        QElapsedTimer time;
        time.start();
        QList<qint64> begun;
        Passes passes(13);
        for (std::unique_ptr<RequestGate::Pass> &pass : passes) {
            pass = gate.enter([&] {
                begun << time.nsecsElapsed();
                QMetaObject::invokeMethod(
                    &gate, [&pass] { pass.reset(); }, Qt::QueuedConnection);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(begun.size(), 13, 10'000);
        for (qsizetype i = perSecond; i < begun.size(); ++i)
            QVERIFY(begun.at(i) - begun.at(i - perSecond) >= 999'000'000);
        // Nor much slower than it may: the 13th belongs to the third second.
        QVERIFY(begun.last() < 5'000'000'000);
    }

    void aPassOutlivesItsGate()
    {
        auto gate = std::make_unique<RequestGate>(RequestPace{1, 0});
        auto first = gate->enter([] {});
        auto second = gate->enter([] {});
        gate.reset();
    }
};

QTEST_GUILESS_MAIN(TestRequestGate)
#include "tst_requestgate.moc"
