// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/memoryfigures.h"

#include "support/world.h"

#include <QFile>
#include <QTextStream>

#include <optional>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace wristkeep::bench {

namespace {

constexpr int LookEveryMs = 2;
constexpr double Goal = 60; // MiB

struct Load
{
    QString what;
    QString dataTypes;
    int days = 0;
};

void tellMemory(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// MiB; the kernel's own high-water mark, which only grows, so that looking now and then loses little.
std::optional<double> highWater(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1024.0;
    }
    return {};
}

/// None if the program fails.
std::optional<double> peakOf(World &world, const QStringList &words)
{
    const std::unique_ptr<QProcess> process = world.launch(words);
    double peak = 0;
    do {
        peak = std::max(peak, highWater(process->processId()).value_or(0.0));
    } while (!process->waitForFinished(LookEveryMs) && process->state() != QProcess::NotRunning);
    const CliRun run = World::finish(*process);
    if (run.exitCode != 0) {
        tellMemory(QString::fromUtf8(run.all().right(2000)));
        return {};
    }
    return peak;
}

} // namespace

bool memoryFigures()
{
    World world;
    if (!world.start({u"--quota"_s, u"1000000"_s}) || world.connect().exitCode != 0)
        return false;
    const std::optional<double> idle = peakOf(world, {u"status"_s});
    if (!idle)
        return false;
    const QDate last = QDate::currentDate().addDays(-20);
    const QList<Load> loads{{u"a month of heart rate by the minute"_s, u"heartrate"_s, 30},
                            {u"ten years of it"_s, u"heartrate"_s, 3652},
                            {u"two months of heart rate every 5 seconds"_s, u"heartrate_1s"_s, 60},
                            {u"ten years of steps"_s, u"steps"_s, 3652}};
    for (const Load &load : loads) {
        const std::optional<double> peak = peakOf(world, {u"sync"_s, u"--data"_s, load.dataTypes, u"--from"_s,
                                                          last.addDays(1 - load.days).toString(Qt::ISODate),
                                                          u"--to"_s, last.toString(Qt::ISODate)});
        if (!peak)
            return false;
        tellMemory(u"memory   %1: %2 MiB beyond the %3 of `status` (goal: at most %4)"_s.arg(load.what)
                       .arg(*peak - *idle, 0, 'f', 1)
                       .arg(*idle, 0, 'f', 1)
                       .arg(Goal));
    }
    return true;
}

} // namespace wristkeep::bench
