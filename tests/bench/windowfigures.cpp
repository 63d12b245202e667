// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/windowfigures.h"

#include "bench/display.h"
#include "bench/floor.h"
#include "support/world.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTextStream>
#include <QThread>

#include <memory>
#include <optional>
#include <vector>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace wristkeep::bench {

namespace {

constexpr int Rounds = 11;
constexpr int EventRounds = 5;
constexpr unsigned long Idle = 5'000;
constexpr qint64 LongestStart = 30'000;

using Variables = QHash<QString, QString>;

void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

QString bin(const char *name)
{
    return QStringLiteral(WRISTKEEP_BIN_DIR "/") + QString::fromLatin1(name);
}

/// A session bus of the benchmark's own: on a desktop there is one, and programs look for it at their start.
class SessionBus
{
public:
    ~SessionBus()
    {
        m_daemon.terminate();
        if (m_daemon.state() != QProcess::NotRunning && !m_daemon.waitForFinished(2'000))
            m_daemon.kill();
    }
    /// An address where nobody listens when there is no dbus-daemon.
    QString start()
    {
        m_daemon.setStandardErrorFile(QProcess::nullDevice());
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        m_daemon.waitForReadyRead(5'000);
        const QString address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        return address.isEmpty() ? u"unix:path=/nonexistent"_s : address;
    }

private:
    QProcess m_daemon;
};

QProcessEnvironment environmentWith(const Variables &variables)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &key : names) {
        if (key.startsWith(u"FITBIT_"_s) || key.startsWith(u"WRISTKEEP_"_s) || key.startsWith(u"GOOGLE_"_s) ||
            key.startsWith(u"QT_"_s))
            environment.remove(key);
    }
    environment.remove(u"WAYLAND_DISPLAY"_s);
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

/// kB of a line such as "Pss:   1234 kB"; none where the file may not be read.
std::optional<double> kilobytes(const QString &file, const QByteArray &label)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = source.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(label + ':'))
            return line.mid(label.size() + 1).simplified().split(' ').first().toDouble();
    }
    return {};
}

struct Figures
{
    QList<double> paintedMs;
    QList<double> rss;
    QList<double> pss;
};

/// Starts the program, waits for its window and for five idle seconds, and writes down what it saw.
bool observe(const QString &program, const QStringList &arguments, const Variables &variables,
             const Display &display, Figures *figures)
{
    QProcess process;
    process.setProcessEnvironment(environmentWith(variables));
    process.setWorkingDirectory(variables.value(u"HOME"_s));
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer watch;
    watch.start();
    process.start(program, arguments);
    const bool seen = !display.name().isEmpty();
    while (seen && !display.isPainted()) {
        if (watch.elapsed() > LongestStart) {
            say(program + u" shows no window: "_s + QString::fromUtf8(process.readAllStandardError()));
            process.kill();
            process.waitForFinished();
            return false;
        }
        QThread::usleep(200);
    }
    const double painted = double(watch.nsecsElapsed()) / 1e6;
    if (figures != nullptr) {
        QThread::msleep(Idle);
        const QString folder = u"/proc/%1/"_s.arg(process.processId());
        figures->paintedMs << painted;
        figures->rss << kilobytes(folder + u"status"_s, "VmRSS").value_or(0) / 1024;
        // Readable for root alone: the program forbids everybody else to look into its memory.
        if (const std::optional<double> pss = kilobytes(folder + u"smaps_rollup"_s, "Pss"))
            figures->pss << *pss / 1024;
    } else {
        QThread::msleep(1'000);
    }
    process.terminate();
    if (!process.waitForFinished(10'000)) {
        say(program + u" does not end"_s);
        process.kill();
        process.waitForFinished();
        return false;
    }
    // The screen is black again before the next one starts.
    while (seen && display.isPainted() && watch.elapsed() < 2 * LongestStart)
        QThread::msleep(1);
    return true;
}

void compare(const QString &what, const QString &unit, const QList<double> &ours, const QList<double> &floor,
             const QList<double> &text)
{
    say(u"window  %1: median %2 %5, an empty QMainWindow %3 %5 (with one line of text %6 %5), ratio %4 "
        u"(goal: at most "
        "1.3, bar 2.0)"_s.arg(what)
            .arg(median(ours), 0, 'f', 1)
            .arg(median(floor), 0, 'f', 1)
            .arg(median(ours) / median(floor), 0, 'f', 2)
            .arg(unit)
            .arg(median(text), 0, 'f', 1));
}

} // namespace

bool windowStart()
{
    QTemporaryDir home;
    SessionBus bus;
    Display display;
    const bool seen = display.start();
    Variables variables{{u"HOME"_s, home.path()},
                        {u"XDG_CONFIG_HOME"_s, home.filePath(u".config"_s)},
                        {u"XDG_DATA_HOME"_s, home.filePath(u".local/share"_s)},
                        {u"XDG_CACHE_HOME"_s, home.filePath(u".cache"_s)},
                        {u"DBUS_SESSION_BUS_ADDRESS"_s, bus.start()},
                        {u"FITBIT_CLIENT_ID"_s, u"23TEST"_s},
                        {u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s},
                        {u"WRISTKEEP_PROVIDER"_s, u"fitbit"_s}};
    if (seen) {
        variables.insert(u"DISPLAY"_s, display.name());
        variables.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    } else {
        variables.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        say(u"window  there is no Xvfb: memory on Qt's offscreen platform, and no time to the first paint"_s);
    }
    Figures ours;
    Figures floor;
    Figures text;
    for (int round = 0; round <= Rounds; ++round) {
        // The first round warms the caches and makes the database, as every start after the first finds them.
        const auto noted = [round](Figures *figures) { return round > 0 ? figures : nullptr; };
        const QString empty = bin("wristkeep-emptywindow");
        if (!observe(empty, {}, variables, display, noted(&floor)) ||
            !observe(bin("wristkeep"), {}, variables, display, noted(&ours)) ||
            !observe(empty, {u"text"_s}, variables, display, noted(&text)))
            return false;
    }
    if (seen)
        compare(u"from the start of the process to the first painted window"_s, u"ms"_s, ours.paintedMs,
                floor.paintedMs, text.paintedMs);
    compare(u"resident memory after five idle seconds (RSS)"_s, u"MB"_s, ours.rss, floor.rss, text.rss);
    if (ours.pss.size() == ours.rss.size())
        compare(u"its share of that memory (PSS)"_s, u"MB"_s, ours.pss, floor.pss, text.pss);
    else
        say(u"window  PSS is told to root alone"_s);
    return true;
}

bool windowEvents()
{
    Display display;
    const bool seen = display.start();
    if (!seen)
        say(u"window  there is no Xvfb: events on Qt's offscreen platform"_s);
    QList<double> longest;
    std::vector<std::unique_ptr<World>> worlds;
    for (int round = 0; round < EventRounds; ++round) {
        World &world = *worlds.emplace_back(std::make_unique<World>());
        if (!world.start({u"--quota"_s, u"1000000"_s}) || world.connect().exitCode != 0) {
            say(world.problem);
            return false;
        }
        Variables variables = world.variables;
        variables.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
        if (seen)
            variables.insert(u"DISPLAY"_s, display.name());
        variables.insert(u"QT_QPA_PLATFORM"_s, seen ? u"xcb"_s : u"offscreen"_s);
        QProcess process;
        process.setProcessEnvironment(environmentWith(variables));
        process.setWorkingDirectory(world.folder());
        process.start(bin("wristkeep-windowevents"), {});
        const bool ended = process.waitForFinished(120'000);
        const QString said = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
            process.kill();
            process.waitForFinished();
            say(said + QString::fromUtf8(process.readAllStandardError()));
            return false;
        }
        world.stopService();
        // The first line is the figure, what follows says where it came from.
        longest << said.section(u'\n', 0, 0).toDouble();
        say(u"window  30 days sync: longest event %1 ms"_s.arg(longest.last(), 0, 'f', 1));
        if (round == EventRounds - 1)
            say(said.section(u'\n', 1));
    }
    say(u"window  longest event while 30 days sync: median %1 ms, worst %2 ms of thread CPU time in %3 "
        u"rounds (goal: at "
        "most 16, bar 50)"_s.arg(median(longest), 0, 'f', 1)
            .arg(*std::max_element(longest.cbegin(), longest.cend()), 0, 'f', 1)
            .arg(longest.size()));
    return true;
}

} // namespace wristkeep::bench
