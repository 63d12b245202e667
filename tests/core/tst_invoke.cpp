// SPDX-License-Identifier: GPL-3.0-or-later
// Hops between threads: the answer comes once, on the right thread, or not at all when nobody is there.

#include "core/invoke.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <utility>

using namespace wristkeep;

class TestInvoke : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheThreadOfTheContext()
    {
        QThread thread;
        thread.start();
        QObject worker;
        worker.moveToThread(&thread);
        QObject context;
        int answers = 0;
        QThread *workedOn = nullptr;
        runOn<int>(
            &worker, &context,
            [&workedOn]() -> Result<int> {
                workedOn = QThread::currentThread();
                return 7;
            },
            [&](const Result<int> &answer) {
                QCOMPARE(QThread::currentThread(), context.thread());
                answers += answer.value_or(0);
            });
        QTRY_COMPARE(answers, 7);
        QCOMPARE(workedOn, &thread);
        thread.quit();
        QVERIFY(thread.wait(5000));
    }

    void forgetsAContextThatIsGone()
    {
        auto context = std::make_unique<QObject>();
        int answers = 0;
        const auto tell = relayTo<int>(context.get(), [&answers](const Result<int> &) { ++answers; });
        tell(1);
        context.reset();
        QCoreApplication::processEvents();
        QCOMPARE(answers, 0);
    }

    /// The last answer of a thread may come when it has ended: nothing of it may stay behind.
    void anAnswerToAnEndedThreadGoesWithItsContext()
    {
        QThread thread;
        auto context = std::make_unique<QObject>();
        context->moveToThread(&thread);
        thread.start();
        auto kept = std::make_shared<int>(0);
        auto tell = relayTo<int>(context.get(), [kept](const Result<int> &) { ++*kept; });
        const std::weak_ptr<int> watched = std::exchange(kept, nullptr);
        thread.quit();
        QVERIFY(thread.wait(5000));
        tell(1);
        tell = nullptr;
        QVERIFY(!watched.expired()); // queued where nobody reads
        context.reset();
        QVERIFY(watched.expired());
    }

    void manyThreadsTellWhileTheContextGoes()
    {
        for (int round = 0; round < 200; ++round) {
            auto context = std::make_unique<QObject>();
            std::atomic<int> answers = 0;
            QList<Callback<int>> tells;
            for (int i = 0; i < 50; ++i)
                tells << relayTo<int>(context.get(), [&answers](const Result<int> &) { ++answers; });
            std::unique_ptr<QThread> teller(QThread::create([tells = std::move(tells)]() mutable {
                while (!tells.isEmpty())
                    tells.takeLast()(1);
            }));
            teller->start();
            QCoreApplication::processEvents();
            context.reset();
            const int heard = answers;
            QVERIFY(teller->wait(5000));
            QCoreApplication::processEvents();
            QCOMPARE(answers.load(), heard);
        }
    }
};

/// An answer nobody fetched any more must not keep a program from ending: this would hang.
static void endWithAnAnswerQueued(int argc, char **argv)
{
    QObject context;
    const QCoreApplication application(argc, argv);
    relayTo<int>(&context, [](const Result<int> &) {})(1);
}

int main(int argc, char **argv)
{
    endWithAnAnswerQueued(argc, argv);
    const QCoreApplication application(argc, argv);
    TestInvoke test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_invoke.moc"
