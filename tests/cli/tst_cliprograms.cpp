// SPDX-License-Identifier: GPL-3.0-or-later

// The real wristkeep-cli as a process of its own: the demo from start to end, closed streams, Ctrl-C, and
// what the program is made of. The outcomes of sign-in and sync are told in tests/e2e.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/types.h>

using namespace Qt::StringLiterals;

namespace {

struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

class CliProgramsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] std::unique_ptr<QProcess> prepared() const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"BROWSER"_s, u"XDG_DATA_HOME"_s,
                                    u"XDG_CONFIG_HOME"_s, u"QT_LOGGING_RULES"_s})
            environment.remove(name);
        environment.insert(u"HOME"_s, m_home->path());
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_home->path());
        process->setProgram(QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep-cli"));
        return process;
    }

    [[nodiscard]] Run run(const QStringList &words) const
    {
        const std::unique_ptr<QProcess> process = prepared();
        process->setArguments(words);
        process->start();
        process->closeWriteChannel();
        return finished(*process);
    }

    static Run finished(QProcess &process)
    {
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(60'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static bool waitForText(QProcess &process, const QByteArray &text)
    {
        QByteArray seen;
        while (!seen.contains(text)) {
            if (!process.waitForReadyRead(20'000))
                return false;
            seen += process.readAllStandardOutput();
        }
        return true;
    }

    /// Below the demo's home, in any folder that is not hidden.
    [[nodiscard]] QStringList filesNamed(const QString &pattern) const
    {
        QStringList found;
        QDirIterator files(m_home->filePath(u".local/share/wristkeep"_s), {pattern}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            found.append(files.next());
        return found;
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void theDemoWorksFromStartToEnd()
    {
        const Run connected = run({u"--demo"_s, u"connect"_s});
        QVERIFY2(connected.status == 0, connected.err.constData());
        QVERIFY(connected.out.contains("by itself"));
        const Run synced = run({u"--demo"_s, u"--json"_s, u"sync"_s});
        QVERIFY2(synced.status == 0, synced.err.constData());
        const QList<QByteArray> lines = synced.out.trimmed().split('\n');
        for (const QByteArray &line : lines)
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        QCOMPARE(QJsonDocument::fromJson(lines.last()).object().value(u"exit"_s).toInt(), 0);
        // Whoever tries it sees a day that was worn, whatever day it is.
        QVERIFY(filesNamed(u"*_steps.json"_s).size() == 1);
        QVERIFY(QFileInfo(filesNamed(u"*_heartrate_1min.json"_s).constFirst()).size() > 10'000);
        const Run status = run({u"--demo"_s, u"status"_s});
        QVERIFY2(status.status == 0, status.err.constData());
        QVERIFY2(status.out.contains("default, Google Health: connected"), status.out.constData());
        QCOMPARE(run({u"--demo"_s, u"disconnect"_s}).status, 0);
        QCOMPARE(run({u"--demo"_s, u"status"_s}).status, 3);
        // Nothing outside the demo's own root was made.
        const QDir data(m_home->filePath(u".local/share/wristkeep"_s));
        QCOMPARE(data.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{u"demo"_s});
        QVERIFY(!QFile::exists(m_home->filePath(u".config/wristkeep"_s)));
    }

    void tablesAreMadeAnew()
    {
        QCOMPARE(run({u"--demo"_s, u"connect"_s}).status, 0);
        QCOMPARE(run({u"--demo"_s, u"sync"_s}).status, 0);
        const Run equal = run({u"--demo"_s, u"rebuild"_s});
        QVERIFY2(equal.status == 0, (equal.out + equal.err).constData());
        QVERIFY2(equal.out.contains("as they should be"), equal.out.constData());
        // The database is lost: the archive has it all, but for the sign-in.
        const QStringList databases = filesNamed(u"*.db*"_s);
        QVERIFY(!databases.isEmpty());
        for (const QString &file : databases)
            QVERIFY(QFile::remove(file));
        const Run lost = run({u"--demo"_s, u"--json"_s, u"rebuild"_s});
        QVERIFY2(lost.status == 1, (lost.out + lost.err).constData());
        const QList<QByteArray> lines = lost.out.trimmed().split('\n');
        for (const QByteArray &line : lines)
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        const QJsonObject said = QJsonDocument::fromJson(lines.last()).object();
        QCOMPARE(said.value(u"type"_s).toString(), u"rebuild"_s);
        QCOMPARE(said.value(u"equal"_s).toBool(true), false);
        QCOMPARE(said.value(u"swapped"_s).toBool(true), false);
        QVERIFY(lost.out.contains(R"("type":"difference")"));
        const Run swapped = run({u"--demo"_s, u"rebuild"_s, u"--swap"_s});
        QVERIFY2(swapped.status == 0, (swapped.out + swapped.err).constData());
        QVERIFY2(swapped.out.contains("in use now"), swapped.out.constData());
        QCOMPARE(filesNamed(u"*.before-rebuild"_s).size(), 1);
        QCOMPARE(run({u"--demo"_s, u"rebuild"_s}).status, 0);
        const Run narrowed = run({u"--demo"_s, u"--provider"_s, u"fitbit"_s, u"rebuild"_s, u"--swap"_s});
        QCOMPARE(narrowed.status, 2);
        QVERIFY2(narrowed.err.contains("--swap"), narrowed.err.constData());
    }

    void twoDemosShareOneService()
    {
        QCOMPARE(run({u"--demo"_s, u"connect"_s}).status, 0);
        // Whoever waits here runs the service; the other uses it, and keeps it when the first one leaves.
        const std::unique_ptr<QProcess> first = prepared();
        first->setArguments({u"--demo"_s, u"--json"_s, u"--participant"_s, u"default"_s, u"connect"_s});
        const std::unique_ptr<QProcess> second = prepared();
        second->setArguments({u"--demo"_s, u"sync"_s});
        first->start();
        second->start();
        const Run synced = finished(*second);
        const Run again = finished(*first);
        QVERIFY2(synced.status == 0, (synced.out + synced.err).constData());
        QVERIFY2(again.status == 0, (again.out + again.err).constData());
    }

    void ctrlCEndsWithFive()
    {
        for (const int signal : {SIGINT, SIGTERM}) {
            const std::unique_ptr<QProcess> process = prepared();
            QProcessEnvironment environment = process->processEnvironment();
            environment.insert(u"FITBIT_CLIENT_ID"_s, u"23TEST"_s);
            environment.insert(u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s);
            environment.insert(u"FITBIT_REDIRECT_URI"_s, u"http://127.0.0.1:47315/cb"_s);
            process->setProcessEnvironment(environment);
            process->setArguments({u"connect"_s, u"--no-browser"_s});
            process->start();
            QVERIFY2(waitForText(*process, "Ctrl-C stops."), process->readAllStandardError().constData());
            QCOMPARE(::kill(pid_t(process->processId()), signal), 0);
            const Run ended = finished(*process);
            QCOMPARE(ended.status, 5);
            QVERIFY2(ended.err.contains("Stopped"), ended.err.constData());
        }
    }

    void aReaderThatLeavesEndsNothing()
    {
        QCOMPARE(run({u"--demo"_s, u"connect"_s}).status, 0);
        QProcess shell;
        shell.setProcessEnvironment(prepared()->processEnvironment());
        shell.setWorkingDirectory(m_home->path());
        const QString program = QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep-cli");
        shell.start(u"bash"_s, {u"-c"_s, u"\"$0\" --demo sync | true; exit ${PIPESTATUS[0]}"_s, program});
        QCOMPARE(finished(shell).status, 0);
        shell.start(u"bash"_s, {u"-c"_s, u"\"$0\" --demo status >&- 2>&- <&-"_s, program});
        QCOMPARE(finished(shell).status, 0);
    }

    void filesArePrivate()
    {
        QCOMPARE(run({u"--demo"_s, u"connect"_s}).status, 0);
        const QString root = m_home->filePath(u".local/share/wristkeep/demo"_s);
        const QFileInfoList files = QDir(root).entryInfoList(QDir::Files | QDir::Hidden);
        QVERIFY(files.size() >= 3);
        for (const QFileInfo &file : files)
            QVERIFY2((file.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0,
                     qPrintable(file.filePath()));
        QVERIFY((QFileInfo(root).permissions() & (QFile::ExeGroup | QFile::ExeOther)) == 0);
    }

    void noWindowLibraryIsLinked()
    {
        QProcess ldd;
        ldd.start(u"ldd"_s, {QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep-cli")});
        const Run run = finished(ldd);
        QCOMPARE(run.status, 0);
        QVERIFY(run.out.contains("Qt6Core"));
        for (const char *library : {"Qt6Gui", "Qt6Widgets", "Qt6DBus", "libX11", "libwayland"})
            QVERIFY2(!run.out.contains(library), library);
    }

    void theWindowSaysWhenThereIsNoDisplay()
    {
        const QString window = QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep");
        if (!QFile::exists(window))
            QSKIP("the window is not built");
        const std::unique_ptr<QProcess> process = prepared();
        QProcessEnvironment environment = process->processEnvironment();
        environment.remove(u"QT_QPA_PLATFORM"_s);
        process->setProcessEnvironment(environment);
        process->setProgram(window);
        process->start();
        const Run without = finished(*process);
        QCOMPARE(without.status, 2);
        QVERIFY2(without.err.contains("wristkeep-cli"), without.err.constData());
        process->setArguments({u"--version"_s});
        process->start();
        QCOMPARE(finished(*process).out, QByteArray("wristkeep " WRISTKEEP_VERSION "\n"));
    }
};

QTEST_GUILESS_MAIN(CliProgramsTest)
#include "tst_cliprograms.moc"
