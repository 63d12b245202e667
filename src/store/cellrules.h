// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rules (docs/ARCHITECTURE.md, "The ledger") by which an answer changes a ledger cell, as pure functions.

#include "core/zonedays.h"
#include "store/cellrows.h"

namespace wristkeep {

/// From when on an answer about the day counts as complete: so many days after its end, on the wall clock.
qint64 settleTime(QDate date, int settleDays, ZoneDays &zone);

/// What an answer says about one day, once unbelievable zeros are taken out.
struct DayAnswer
{
    CellKey key;
    bool hasData = false;
    int points = 0;
    bool isFirstPage = true;
    bool isLastPage = true;
    bool isToday = false;
    qint64 fetchedAtUtc = 0;
    qint64 dayEndUtc = 0;
    qint64 settleAtUtc = 0;
    qint64 document = 0;
    DaySource dayFile; ///< without a document: the answer makes no day file
    /// With a poorer answer alone: how much of what is kept it says again, and a digest of what it says.
    qint64 kept = 0;
    qint64 confirmed = 0;
    QByteArray digest;
};

/// The answer together with the pages of the same fetch before it.
DayAnswer wholeFetch(const std::optional<CellRow> &old, DayAnswer answer);

/// True while pages of a fetch come in for a cell that holds a whole answer: its rows wait for the last page,
/// because before that nobody knows whether the fetch is poorer.
bool waitsForLastPage(const std::optional<CellRow> &old, const DayAnswer &answer);

/// True when the whole fetch has data, but fewer readings than the cell holds: then somebody has to look
/// how much of them it confirms.
bool isPoorer(const std::optional<CellRow> &old, const DayAnswer &answer);

/// True when the cell holds data that the whole fetch lacks, and that is not believed (docs/adr/0013): then
/// its rows and its day file stay as they are.
bool keepsOldData(const std::optional<CellRow> &old, const DayAnswer &answer);

/// True when what is kept came while the day was still going on.
bool isInterim(const std::optional<CellRow> &old, qint64 dayEndUtc);

CellRow nextCell(const std::optional<CellRow> &old, const DayAnswer &answer);

/// A withheld zero of the cell's day became believable.
CellRow releasedCell(CellRow row, int values);

} // namespace wristkeep
