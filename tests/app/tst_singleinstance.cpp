// SPDX-License-Identifier: GPL-3.0-or-later
// One window: the second start finds the first, also one that ends, and nobody is stopped by a dead one.

#include "app/singleinstance.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/types.h>

using namespace wristkeep;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Start
{
    SingleInstance instance;
    QSignalSpy first{&instance, &SingleInstance::first};
    QSignalSpy handedOver{&instance, &SingleInstance::handedOver};
    QSignalSpy unanswered{&instance, &SingleInstance::unanswered};
    QSignalSpy failed{&instance, &SingleInstance::failed};
    QSignalSpy asked{&instance, &SingleInstance::asked};

    explicit Start(const QString &folder, const QString &name = u"one"_s) : instance(folder, name) {}
};

/// This program once more, as a process that holds the place until it is killed.
constexpr auto holdVariable = "WRISTKEEP_TEST_HOLD";

} // namespace

class TestSingleInstance : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    void hold(QProcess &process) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(holdVariable), m_folder->path());
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {});
        QVERIFY(process.waitForReadyRead());
        QCOMPARE(process.readLine(), "held\n");
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theSecondHandsOverToTheFirst()
    {
        Start first(m_folder->path());
        first.instance.start({});
        QCOMPARE(first.first.size(), 1);
        Start second(m_folder->path());
        second.instance.start("token-1_TIME42");
        QTRY_COMPARE(second.handedOver.size(), 1);
        QCOMPARE(first.asked.size(), 1);
        QCOMPARE(first.asked.first().first().toByteArray(), "token-1_TIME42");
        QCOMPARE(second.first.size() + second.unanswered.size() + second.failed.size(), 0);
    }

    void aTokenThatIsNoneIsDropped()
    {
        Start first(m_folder->path());
        first.instance.start({});
        Start second(m_folder->path());
        second.instance.start("a\nb");
        QTRY_COMPARE(second.handedOver.size(), 1);
        QCOMPARE(first.asked.first().first().toByteArray(), QByteArray());
    }

    void otherNamesDoNotMeet()
    {
        Start first(m_folder->path());
        first.instance.start({});
        Start demo(m_folder->path(), u"demo"_s);
        demo.instance.start({});
        QCOMPARE(demo.first.size(), 1);
    }

    void whoeverStartsWhileTheFirstEndsTakesItsPlace()
    {
        auto first = std::make_unique<Start>(m_folder->path());
        first->instance.start({});
        first->instance.stopAnswering();
        Start second(m_folder->path());
        second.instance.start({}, 60s);
        QTest::qWait(0);
        QCOMPARE(second.first.size(), 0);
        first.reset();
        QTRY_COMPARE(second.first.size(), 1);
        Start third(m_folder->path());
        third.instance.start({});
        QTRY_COMPARE(third.handedOver.size(), 1);
    }

    void aFirstThatDoesNotAnswerIsSaid()
    {
        Start first(m_folder->path());
        first.instance.start({});
        first.instance.stopAnswering();
        Start second(m_folder->path());
        second.instance.start({}, 300ms);
        QTRY_COMPARE(second.unanswered.size(), 1);
        QCOMPARE(second.first.size() + second.handedOver.size(), 0);
    }

    void anotherProcessIsMet()
    {
        QProcess process;
        hold(process);
        Start second(m_folder->path());
        second.instance.start({});
        QTRY_COMPARE(second.handedOver.size(), 1);
        process.kill();
        QVERIFY(process.waitForFinished());
    }

    void aKilledProcessStopsNobody()
    {
        QProcess process;
        hold(process);
        ::kill(pid_t(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QVERIFY(QFile::exists(m_folder->filePath(u"one.socket"_s))); // it left its socket
        Start next(m_folder->path());
        next.instance.start({});
        QCOMPARE(next.first.size(), 1);
        Start second(m_folder->path());
        second.instance.start({});
        QTRY_COMPARE(second.handedOver.size(), 1);
    }

    void aHungProcessIsNotWaitedForWithoutEnd()
    {
        QProcess process;
        hold(process);
        ::kill(pid_t(process.processId()), SIGSTOP);
        Start second(m_folder->path());
        second.instance.start({}, 400ms);
        QTRY_COMPARE(second.unanswered.size(), 1);
        process.kill();
        QVERIFY(process.waitForFinished());
    }

    void nobodyElseMayConnect()
    {
        Start first(m_folder->path());
        first.instance.start({});
        struct stat info
        {
        };
        QCOMPARE(::stat(QFile::encodeName(m_folder->filePath(u"one.socket"_s)).constData(), &info), 0);
        QCOMPARE(int(info.st_mode & 077), 0);
    }

    void aFolderThatIsNotThereIsSaid()
    {
        Start first(m_folder->filePath(u"missing"_s));
        first.instance.start({});
        QCOMPARE(first.failed.size(), 1);
        QCOMPARE(first.first.size(), 0);
    }

    void theFolderIsOursAlone()
    {
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toLocal8Bit());
        QCOMPARE(*privateRuntimeFolder(), m_folder->path());

        // One that others can enter is not taken, nor is a link to one.
        ::chmod(QFile::encodeName(m_folder->path()).constData(), 0755);
        qputenv("TMPDIR", m_folder->path().toLocal8Bit());
        const Result<QString> made = privateRuntimeFolder();
        QVERIFY(made);
        QVERIFY(made->startsWith(m_folder->path() + u"/wristkeep-"_s));
        QCOMPARE(*privateRuntimeFolder(), *made);
        QVERIFY(QDir(*made).removeRecursively());
        QVERIFY(QFile::link(m_folder->path(), *made));
        QVERIFY(!privateRuntimeFolder());
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString folder = qEnvironmentVariable(holdVariable); !folder.isEmpty()) {
        SingleInstance instance(folder, u"one"_s);
        QObject::connect(&instance, &SingleInstance::first, [] {
            std::fputs("held\n", stdout);
            std::fflush(stdout);
        });
        instance.start({});
        return QCoreApplication::exec();
    }
    TestSingleInstance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_singleinstance.moc"
