// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rebuildfigures.h"

#include "bench/floor.h"
#include "bench/tablerows.h"
#include "support/world.h"

#include <QElapsedTimer>
#include <QTextStream>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace wristkeep::bench {

namespace {

constexpr int Rounds = 5;

void tell(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

bool fetch(World &world, const QString &type, QDate first, QDate last)
{
    const CliRun run = world.run({u"sync"_s, u"--data"_s, type, u"--from"_s, first.toString(Qt::ISODate),
                                  u"--to"_s, last.toString(Qt::ISODate)},
                                 {}, 1'200'000);
    if (run.exitCode != 0)
        tell(QString::fromUtf8(run.all().right(2000)));
    return run.exitCode == 0;
}

} // namespace

bool rebuildFigures()
{
    World world;
    if (!world.start({u"--quota"_s, u"1000000"_s}) || world.connect().exitCode != 0) {
        tell(world.problem);
        return false;
    }
    const QDate last = QDate::currentDate().addDays(-20);
    if (!fetch(world, u"heartrate"_s, last.addDays(-364), last) ||
        !fetch(world, u"steps"_s, last.addYears(-10).addDays(1), last))
        return false;
    const QList<Row> rows = rowsOfTables(world);
    QList<double> ratios;
    for (int round = 0; round <= Rounds; ++round) {
        const double insert = bulkInsert(rows, world.folder() + u"/floor.db"_s);
        QElapsedTimer watch;
        watch.start();
        const CliRun run = world.run({u"rebuild"_s}, {}, 600'000);
        const double whole = double(watch.nsecsElapsed()) / 1e9;
        if (run.exitCode != 0) {
            tell(QString::fromUtf8(run.all().right(2000)));
            return false;
        }
        tell(u"rebuild %1 rows: %2 s, insert %3 s, ratio %4%5"_s.arg(rows.size())
                 .arg(whole, 0, 'f', 2)
                 .arg(insert, 0, 'f', 2)
                 .arg(whole / insert, 0, 'f', 2)
                 .arg(round == 0 ? u"  (warm-up)"_s : QString()));
        if (round > 0)
            ratios << whole / insert;
    }
    tell(u"rebuild median ratio %1 of %2 rounds (goal: at most 2)"_s.arg(median(ratios), 0, 'f', 2)
             .arg(ratios.size()));
    return true;
}

} // namespace wristkeep::bench
