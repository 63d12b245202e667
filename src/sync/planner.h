// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides what one account's run asks for: the fewest requests that fill the asked-for cells, coarse before
// fine, newest day first. Pure: everything it knows comes in as values.

#include "core/civilday.h"
#include "core/datatype.h"
#include "core/result.h"
#include "core/syncmessages.h"

#include <QDate>
#include <QHash>
#include <QList>

namespace wristkeep {

struct PlanInput
{
    AccountKey account;
    QList<DataType> types; ///< the provider's table
    QStringList granted;   ///< empty: unknown (a row of the original without scopes), so everything is asked
    SyncRequest request;
    QDate today;       ///< on the participant's wall clock
    Zone zone;         ///< of the civil days
    QList<Cell> cells; ///< what the ledger holds for the asked range
};

struct PlannedTask
{
    FetchTask task;
    QList<QDate> settled; ///< days between the wanted ones that only come along, because that saves a request
};

struct Plan
{
    QList<PlannedTask> tasks;
    QList<CellKey> cells;        ///< every cell asked for, whether or not a request is needed, newest first
    QList<CellKey> notPermitted; ///< of these, the ones whose scope was not granted
    /// Where the task of a type stands that ends on a day; empty: nobody has written it down.
    QHash<QPair<QString, QDate>, qsizetype> places = {};

    /// The days a planned task is asked for, without those that only come along; `task` itself if unknown.
    [[nodiscard]] QList<FetchTask> wantedParts(const FetchTask &task) const;
};

struct DayRange
{
    QDate first;
    QDate last; ///< inclusive
};

/// No dates: yesterday. `first` alone: up to yesterday. Days after today are cut off; BadUsage when nothing
/// is left or the range is reversed.
Result<DayRange> askedDays(const SyncRequest &request, QDate today);

/// The types a request means: named ones, or the default run without those whose scope is missing (all of
/// it when no scope is left: a run that asks nothing must not look like success).
QList<DataType> askedTypes(const PlanInput &input);

bool isGranted(const DataType &type, const QStringList &granted);

/// The fewest requests that fill the cells, and of those plans one that asks for the fewest settled days
/// again. Types with many days a request come first, and of those with as many the newest days: a year of
/// daily values is in before the first of its readings. A daily zero does not wait for the readings that
/// witness it; the store withholds it until they come (docs/DATA.md, "v_daily").
Result<Plan> planRun(const PlanInput &input);

} // namespace wristkeep
