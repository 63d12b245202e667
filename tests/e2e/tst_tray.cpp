// SPDX-License-Identifier: GPL-3.0-or-later
// The real window program on a desktop with a tray: out of the way, synced from there, brought back, ended.

#include "e2e/desktop.h"
#include "support/world.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/types.h>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int startMs = 30'000;

QByteArray outputOf(const QString &program, const QStringList &words)
{
    QProcess process;
    process.start(program, words);
    process.waitForFinished();
    return process.readAllStandardOutput().trimmed();
}

/// Ids of the program's windows that can be seen.
QList<QByteArray> visibleWindows()
{
    const QByteArray found =
        outputOf(u"xdotool"_s, {u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"^Wristkeep(: Demo)?$"_s});
    return found.isEmpty() ? QList<QByteArray>() : found.split('\n');
}

} // namespace

class TestTray : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Desktop> m_desktop;
    std::unique_ptr<QProcess> m_program;

    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"WAYLAND_DISPLAY"_s,
                                    u"QT_QPA_PLATFORM"_s, u"QT_LOGGING_RULES"_s})
            environment.remove(name);
        environment.insert(u"HOME"_s, m_home->path());
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_home->path());
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        return environment;
    }

    [[nodiscard]] std::unique_ptr<QProcess> started(const QStringList &words,
                                                    const QHash<QString, QString> &variables = {}) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment given = environment();
        for (auto it = variables.cbegin(); it != variables.cend(); ++it)
            given.insert(it.key(), it.value());
        process->setProcessEnvironment(given);
        process->setWorkingDirectory(m_home->path());
        process->start(QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep"), words);
        return process;
    }

    /// The demo's account, connected beforehand by the terminal program, which consents by itself.
    void connectDemo() const
    {
        QProcess process;
        QProcessEnvironment given = environment();
        given.remove(u"DISPLAY"_s);
        process.setProcessEnvironment(given);
        process.setWorkingDirectory(m_home->path());
        process.start(QStringLiteral(WRISTKEEP_BIN_DIR "/wristkeep-cli"), {u"--demo"_s, u"connect"_s});
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    [[nodiscard]] QString preferencesFile() const
    {
        return m_home->filePath(u".local/share/wristkeep/demo/window.ini"_s);
    }

    /// As the settings dialog would leave it.
    void chooseSchedule() const
    {
        QFile preferences(preferencesFile());
        QVERIFY(preferences.open(QIODevice::WriteOnly));
        preferences.write("[sync]\nschedule_hours=24\n");
    }

    [[nodiscard]] QStringList dayFiles() const
    {
        return QDir(m_home->filePath(u".local/share/wristkeep/demo/google_health_data/default"_s))
            .entryList({u"*.json"_s}, QDir::Files);
    }

    void startInTray()
    {
        m_program = started({u"--demo"_s, u"--tray"_s});
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->tray.items().size(), 1, startMs);
    }

    [[nodiscard]] bool offers(const QString &label) const
    {
        const std::optional<MenuLine> line = m_desktop->tray.line(label);
        return line && line->enabled;
    }

    void choose(const QString &label) const
    {
        const std::optional<MenuLine> line = m_desktop->tray.line(label);
        QVERIFY(line);
        QVERIFY(line->enabled);
        m_desktop->tray.choose(*line);
    }

    /// As a person closes a window: by the window manager. Not by Alt+F4: the first key of a new display
    /// makes openbox read its key bindings anew, and the second may fall into that gap.
    static void closeWindow()
    {
        const QList<QByteArray> windows = visibleWindows();
        QCOMPARE(windows.size(), 1);
        outputOf(u"wmctrl"_s, {u"-i"_s, u"-c"_s, QString::fromLatin1(windows.first())});
    }

    void ends()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_program->state(), QProcess::NotRunning, startMs);
        QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_program->exitCode(), 0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = desktopMissing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_desktop = std::make_unique<Desktop>();
        QVERIFY(m_desktop->stands());
    }

    void cleanup()
    {
        if (m_program && m_program->state() != QProcess::NotRunning) {
            m_program->kill();
            m_program->waitForFinished();
        }
        m_program.reset();
        m_desktop.reset();
    }

    void aSyncFromTheTrayFetchesData()
    {
        connectDemo();
        startInTray();
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Sync now"_s), startMs);
        QCOMPARE(visibleWindows().size(), 0);
        QVERIFY(m_desktop->tray.line(u"Nothing synced yet"_s));
        QVERIFY(!offers(u"Nothing synced yet"_s));
        QCOMPARE(dayFiles().size(), 0);

        choose(u"Sync now"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dayFiles().size() >= 2, startMs);
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Sync now"_s), startMs);
        QVERIFY(!m_desktop->tray.line(u"Nothing synced yet"_s));
        QCOMPARE(m_desktop->board.shown.size(), 0); // a success calls for nobody
        QCOMPARE(visibleWindows().size(), 0);

        choose(u"Quit"_s);
        ends();
    }

    void closingKeepsItInTheTrayAndSaysSoOnce()
    {
        startInTray();
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Open"_s), startMs);
        choose(u"Open"_s);
        QTRY_COMPARE_WITH_TIMEOUT(visibleWindows().size(), 1, startMs);
        closeWindow();
        QTRY_COMPARE(visibleWindows().size(), 0);
        QTRY_COMPARE(m_desktop->board.shown.size(), 1);
        QVERIFY(m_desktop->board.shown.first().body.contains(u"Quit"_s));

        m_desktop->tray.click();
        QTRY_COMPARE(visibleWindows().size(), 1);
        closeWindow();
        QTRY_COMPARE(visibleWindows().size(), 0);
        QCOMPARE(m_program->state(), QProcess::Running);
        ::kill(pid_t(m_program->processId()), SIGTERM);
        ends();
        QCOMPARE(m_desktop->board.shown.size(), 1);
    }

    void aSecondStartOpensTheFirst()
    {
        startInTray();
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Open"_s), startMs);
        QCOMPARE(visibleWindows().size(), 0);
        const std::unique_ptr<QProcess> second = started({u"--demo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, startMs);
        QCOMPARE(second->exitCode(), 0);
        QCOMPARE(second->readAllStandardOutput(), "Wristkeep is running already; its window was opened.\n");
        QTRY_COMPARE(visibleWindows().size(), 1);
        QTRY_COMPARE(outputOf(u"xdotool"_s, {u"getactivewindow"_s}), visibleWindows().first());
        outputOf(u"xdotool"_s, {u"key"_s, u"ctrl+q"_s});
        ends();
    }

    void theScheduleSyncsTheWeekByItself()
    {
        connectDemo();
        chooseSchedule();
        startInTray();
        // Steps and heart rate of seven days.
        QTRY_VERIFY_WITH_TIMEOUT(dayFiles().size() >= 14, 2 * startMs);
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Sync now"_s), startMs);
        QFile preferences(preferencesFile());
        QVERIFY(preferences.open(QIODevice::ReadOnly));
        QVERIFY(preferences.readAll().contains("last_scheduled_utc="));
        QCOMPARE(m_desktop->board.shown.size(), 0);
        choose(u"Quit"_s);
        ends();
    }

    void aLostPermissionIsToldAndAClickOpensTheWindow()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        const CliRun connected = world.connect();
        QVERIFY2(connected.exitCode == 0, connected.all().constData());
        m_program = started({u"--tray"_s}, world.variables);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->tray.items().size(), 1, startMs);
        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Sync now"_s), startMs);
        QVERIFY(world.control(u"revoke"_s).contains(u"count"_s));
        choose(u"Sync now"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->board.shown.size(), 1, startMs);
        QCOMPARE(m_desktop->board.shown.first().title, u"Reconnect Fitbit"_s);
        QVERIFY(!offers(u"Sync now"_s));
        QCOMPARE(visibleWindows().size(), 0);

        Q_EMIT m_desktop->board.ActionInvoked(1U, u"default"_s);
        QTRY_COMPARE_WITH_TIMEOUT(visibleWindows().size(), 1, startMs);
        QCOMPARE(m_desktop->board.shown.size(), 1);
        choose(u"Quit"_s);
        ends();
    }

    void aHistoryThatStopsIsToldOnceAndASyncDoesNotRepeatIt()
    {
        World world;
        QVERIFY2(world.start({u"--quota"_s, u"100000"_s}), qPrintable(world.problem));
        const CliRun connected = world.connect();
        QVERIFY2(connected.exitCode == 0, connected.all().constData());
        const QString first = QDate::currentDate().addDays(-60).toString(Qt::ISODate);
        const CliRun killed = world.run({u"backfill"_s, u"start"_s, u"--from"_s, first},
                                        {{u"WRISTKEEP_FAIL_AT"_s, u"backfill.noted"_s}});
        QVERIFY2(killed.killed, killed.all().constData());
        world.control(u"fault"_s,
                      {{u"kind"_s, u"gone"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        m_program = started({u"--tray"_s}, world.variables);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->tray.items().size(), 1, startMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop->board.shown.size(), 1, 3 * startMs);
        const ShownMessage &told = m_desktop->board.shown.first();
        QCOMPARE(told.title, u"The history needs you"_s);
        QVERIFY2(told.body.contains(u"Connect Google Health instead."_s), qPrintable(told.body));

        QTRY_VERIFY_WITH_TIMEOUT(offers(u"Sync now"_s), startMs);
        choose(u"Sync now"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_desktop->tray.line(u"0 of 2 done, then: Service shut down"_s), startMs);
        QCOMPARE(m_desktop->board.shown.size(), 1);
        QCOMPARE(visibleWindows().size(), 0);
        choose(u"Quit"_s);
        ends();
    }

    void withoutATrayClosingEndsItUnlessThereIsASchedule()
    {
        m_desktop->leaveTray();
        m_program = started({u"--demo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(visibleWindows().size(), 1, startMs);
        closeWindow();
        ends();

        chooseSchedule();
        m_program = started({u"--demo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(visibleWindows().size(), 1, startMs);
        closeWindow();
        QTRY_COMPARE(visibleWindows().size(), 0);
        QCOMPARE(m_program->state(), QProcess::Running);
        // Nothing but the window manager's list and a second start lead back.
        const std::unique_ptr<QProcess> second = started({u"--demo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, startMs);
        QTRY_COMPARE(visibleWindows().size(), 1);
        ::kill(pid_t(m_program->processId()), SIGINT);
        ends();
    }

    void theOlderKindOfTrayWorksToo()
    {
        if (QStandardPaths::findExecutable(u"trayer"_s).isEmpty())
            QSKIP("trayer is not installed");
        m_desktop->leaveTray();
        QProcess trayer;
        trayer.start(u"trayer"_s, {u"--edge"_s, u"bottom"_s, u"--align"_s, u"right"_s, u"--width"_s, u"20"_s,
                                   u"--height"_s, u"32"_s, u"--SetDockType"_s, u"false"_s});
        QVERIFY(trayer.waitForStarted());
        m_program = started({u"--demo"_s, u"--tray"_s});
        // The icon is a small window of the program inside the tray's.
        QByteArray icon;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(icon = outputOf(u"xdotool"_s, {u"search"_s, u"--onlyvisible"_s, u"--class"_s, u"wristkeep"_s}))
                 .isEmpty(),
            startMs);
        QCOMPARE(icon.split('\n').size(), 1);
        QCOMPARE(visibleWindows().size(), 0);
        const QStringList click{u"mousemove"_s, u"--window"_s, QString::fromLatin1(icon), u"12"_s, u"12"_s,
                                u"click"_s,     u"1"_s};
        outputOf(u"xdotool"_s, click);
        QTRY_COMPARE(visibleWindows().size(), 1);
        ::kill(pid_t(m_program->processId()), SIGINT);
        ends();
        trayer.kill();
        trayer.waitForFinished();
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const std::optional<int> status = insideDesktop(QCoreApplication::arguments()))
        return *status;
    TestTray test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_tray.moc"
