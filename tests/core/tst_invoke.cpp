// SPDX-License-Identifier: GPL-3.0-or-later
// Hops between threads: the answer comes once, on the right thread, or not at all when nobody is there.

#include "core/invoke.h"

#include <QTest>
#include <QThread>

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
