// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a backfill asks next, and what becomes of it after that: coarse before fine, newest first, a bounded
// piece at a time, a reserve kept for today. Pure.

#include "core/backfill.h"
#include "providers/provider.h"
#include "store/backfilljobs.h"
#include "sync/planner.h"
#include "sync/runreport.h"
#include "sync/syncworker.h"

namespace wristkeep {

struct ChunkInput
{
    PlanInput plan; ///< with the ledger's cells of the whole range
    QList<BackfillTry> tries;
    ServiceAllowance allowance;
    QuotaState quota;
    qint64 nowUtc = 0;
    BackfillLimits limits;
};

/// The next piece of a backfill, and how the whole stands before it.
struct Chunk
{
    Plan plan; ///< what is asked now; its cells are the wanted ones of these tasks
    QDate last;
    int cellsDone = 0;    ///< good, or given up
    int cellsTotal = 0;   ///< without those whose scope was not granted
    int givenUp = 0;      ///< of the done
    int notPermitted = 0; ///< beside the total
    int requestsLeft = 0; ///< with those of this piece
    int secondsLeft = 0;
    std::optional<qint64> quotaWakeUtc; ///< nothing may be asked before
    std::optional<qint64> retryUtc;     ///< what is left may be tried again then
};

/// BadUsage as askedDays().
Result<Chunk> planChunk(const ChunkInput &input);

/// All that is left to ask, as one plan: what the whole costs is reckoned from it. BadUsage as askedDays().
Result<Plan> planAllLeft(const ChunkInput &input);

/// How a piece ended.
struct ChunkEnd
{
    Chunk chunk;
    AccountReport report;
    int failuresInRow = 0; ///< pieces before this one that the service did not answer
    qint64 nowUtc = 0;
};

struct NextStep
{
    BackfillState state = BackfillState::Running; ///< Running: the next piece follows at once
    std::optional<qint64> wakeUtc;
    std::optional<Error> why;
    bool serviceFailed = false; ///< one more in the row
    QList<BackfillTry> failed;  ///< to be noted; tries counts this one only
};

NextStep afterChunk(const ChunkEnd &end);

/// False: it failed for a passing reason.
bool isLasting(const BackfillTry &one);

/// The cells whose request failed in this piece, each with one try.
QList<BackfillTry> failedCells(const ChunkEnd &end);

/// When a cell that failed may be asked again: a lasting reason a day later, a passing one after a quarter of
/// an hour, half an hour, … a day; so never more than seven times a day. `tries` with this one.
qint64 nextTryUtc(ErrorKind kind, int tries, qint64 nowUtc);

/// Adds what is known of earlier tries to those of this piece.
QList<BackfillTry> withEarlier(const QList<BackfillTry> &failed, const QList<BackfillTry> &earlier);

} // namespace wristkeep
