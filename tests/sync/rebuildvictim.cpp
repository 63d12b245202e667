// SPDX-License-Identifier: GPL-3.0-or-later
// Swaps the tables of a folder, so that a test can kill it in the middle: rebuild_victim FOLDER.

#include "sync/rebuildbench.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/stat.h>

using namespace wristkeep::test;

int main(int argc, char **argv)
{
    ::umask(077);
    const QCoreApplication application(argc, argv);
    const RebuildBench bench(QCoreApplication::arguments().at(1));
    const auto report = bench.swap();
    if (!report)
        std::fprintf(stderr, "%s\n", qUtf8Printable(report.error().detail));
    return report && report->swapped ? 0 : 1;
}
