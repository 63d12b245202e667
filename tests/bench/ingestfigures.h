// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How fast data arrives: a sync of the terminal program, from start to exit, against the largest of the bare
// download of the same answers, the bulk insert of the same rows and, for daily values, the bare writing of
// the same day files (docs/adr/0017).

#include <QDate>
#include <QList>
#include <QString>

namespace wristkeep::bench {

struct Ingest
{
    QString word;             ///< as in `./dev bench WORD`
    QString what;             ///< for the person who reads the figure
    QString dataTypes;        ///< as after `sync --data`; empty: the default run
    int days = 0;             ///< inclusive, up to twenty days ago
    double goal = 0;          ///< most times the floor
    bool countsFiles = false; ///< whether the day files are part of the floor
};

QList<Ingest> allIngests();

/// Median of five rounds, printed. False: it could not be carried out.
bool ingestFigures(const Ingest &ingest);

} // namespace wristkeep::bench
