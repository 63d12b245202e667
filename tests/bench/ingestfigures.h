// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How fast data arrives: a sync of the terminal program, from start to exit, against the larger of the bare
// download of the same answers and the bulk insert of the same rows.

#include <QDate>
#include <QList>
#include <QString>

namespace wristkeep::bench {

struct Ingest
{
    QString word;      ///< as in `./dev bench WORD`
    QString what;      ///< for the person who reads the figure
    QString dataTypes; ///< as after `sync --data`; empty: the default run
    int days = 0;      ///< inclusive, up to twenty days ago
    double goal = 0;   ///< most times the floor
};

QList<Ingest> allIngests();

/// Median of five rounds, printed. False: it could not be carried out.
bool ingestFigures(const Ingest &ingest);

} // namespace wristkeep::bench
