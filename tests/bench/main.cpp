// SPDX-License-Identifier: GPL-3.0-or-later
// wristkeep-bench: how fast a year arrives, how fast the terminal program answers and what the window costs,
// as ratios to the floor of the same run (docs/BENCHMARKS.md). It prints figures and judges nothing but its
// own failure.

#include "bench/floor.h"
#include "bench/ingestfigures.h"
#include "bench/memoryfigures.h"
#include "bench/rebuildfigures.h"
#include "bench/windowfigures.h"
#include "support/world.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

using namespace wristkeep::bench;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int StartRounds = 11;

void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

bool startUp()
{
    World world;
    if (!world.start() || world.connect().exitCode != 0)
        return false;
    QList<double> status;
    QList<double> version;
    const auto time = [&world](const QStringList &arguments) {
        QElapsedTimer watch;
        watch.start();
        world.run(arguments);
        return double(watch.nsecsElapsed()) / 1e6;
    };
    for (int i = 0; i <= StartRounds; ++i) {
        const double a = time({u"--version"_s});
        const double b = time({u"status"_s});
        if (i > 0) {
            version << a;
            status << b;
        }
    }
    say(u"start   wristkeep-cli status: median %1 ms; --version: %2 ms; ratio %3"_s
            .arg(median(status), 0, 'f', 1)
            .arg(median(version), 0, 'f', 1)
            .arg(median(status) / median(version), 0, 'f', 2));
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList wanted = application.arguments().mid(1);
    bool good = true;
    const QList<Ingest> ingests = allIngests();
    for (const Ingest &one : ingests) {
        if (wanted.isEmpty() || wanted.contains(one.word))
            good = ingestFigures(one) && good;
    }
    if (wanted.isEmpty() || wanted.contains(u"memory"_s))
        good = memoryFigures() && good;
    if (wanted.isEmpty() || wanted.contains(u"rebuild"_s))
        good = rebuildFigures() && good;
    if (wanted.isEmpty() || wanted.contains(u"start"_s))
        good = startUp() && good;
    if (wanted.isEmpty() || wanted.contains(u"window"_s)) {
        good = windowStart() && good;
        good = windowEvents() && good;
    }
    if (!good)
        say(u"a benchmark could not be carried out"_s);
    return good ? 0 : 1;
}
