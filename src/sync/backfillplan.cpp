// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/backfillplan.h"

#include "sync/estimator.h"
#include "sync/verdict.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qint64 minuteSeconds = 60;
constexpr qint64 daySeconds = 86'400;
constexpr qint64 firstPause = 15 * minuteSeconds;
constexpr qint64 busyPause = 5 * minuteSeconds;
constexpr qint64 longestNetworkPause = 4 * minuteSeconds; // it comes back without notice
constexpr qint64 longestServicePause = 60 * minuteSeconds;
constexpr qint64 personPause = 6 * 60 * minuteSeconds;
/// From so many failing pieces on, cells of a service that does answer count as failed themselves.
constexpr int patientPieces = 3;

using CellPlace = QPair<QString, QDate>;

/// What earlier tries forbid.
struct Barred
{
    QSet<CellPlace> givenUp;
    QSet<CellPlace> waiting;
    QHash<QString, qint64> deniedUntil; ///< whole types
    QSet<QString> deniedForGood;
    std::optional<qint64> nextUtc;
};

void noteNext(std::optional<qint64> &next, qint64 utc)
{
    next = next ? std::min(*next, utc) : utc;
}

Barred barredBy(const ChunkInput &input)
{
    Barred barred;
    for (const BackfillTry &one : input.tries) {
        const bool waits = input.nowUtc < one.nextTryUtc && input.nowUtc >= one.lastTryUtc;
        if (one.tries >= input.limits.mostTries) {
            barred.givenUp.insert({one.dataType, one.date});
            if (one.denied)
                barred.deniedForGood.insert(one.dataType);
        } else if (waits) {
            barred.waiting.insert({one.dataType, one.date});
            if (one.denied)
                barred.deniedUntil[one.dataType] =
                    std::max(barred.deniedUntil.value(one.dataType), one.nextTryUtc);
        }
    }
    return barred;
}

/// The ledger as the planner is to see it: what is good, given up or not to be tried yet needs no request.
QList<Cell> cellsForPlanner(const ChunkInput &input, const DayRange &days, Barred &barred, Chunk &chunk)
{
    QHash<CellPlace, Cell> known;
    for (const Cell &cell : input.plan.cells)
        known.insert({cell.key.dataType, cell.key.date}, cell);
    QList<Cell> cells;
    for (const DataType &type : askedTypes(input.plan)) {
        const int count = int(days.first.daysTo(days.last)) + 1;
        if (!isGranted(type, input.plan.granted)) {
            chunk.notPermitted += count;
            continue;
        }
        chunk.cellsTotal += count;
        for (QDate day = days.first; day <= days.last; day = day.addDays(1)) {
            const CellPlace place(type.id, day);
            Cell cell = known.value(place);
            cell.key = {input.plan.account, type.id, day};
            const bool good = known.contains(place) && isGood(cell.state);
            const bool givenUp =
                !good && (barred.givenUp.contains(place) || barred.deniedForGood.contains(type.id));
            const bool waits =
                !good && !givenUp && (barred.waiting.contains(place) || barred.deniedUntil.contains(type.id));
            chunk.cellsDone += good || givenUp ? 1 : 0;
            chunk.givenUp += givenUp ? 1 : 0;
            if (!good && !givenUp && !waits)
                continue;
            cell.state = CellState::Complete;
            cells << cell;
        }
    }
    return cells;
}

QList<CellKey> wantedCells(const QList<PlannedTask> &tasks)
{
    QList<CellKey> cells;
    for (const PlannedTask &planned : tasks) {
        for (QDate day = planned.task.last; day >= planned.task.first; day = day.addDays(-1)) {
            if (!planned.settled.contains(day))
                cells << CellKey{planned.task.account, planned.task.dataType, day};
        }
    }
    return cells;
}

/// The plan of all that is left; the counts of `chunk` are filled on the way.
Result<Plan> planLeft(const ChunkInput &input, Chunk &chunk)
{
    const Result<DayRange> days = askedDays(input.plan.request, input.plan.today);
    if (!days)
        return failure(days.error());
    chunk.last = days->last;
    Barred barred = barredBy(input);
    PlanInput asked = input.plan;
    asked.cells = cellsForPlanner(input, *days, barred, chunk);
    return planRun(asked);
}

/// How many requests may be sent now; none: as many as one likes.
std::optional<int> allowedNow(const ChunkInput &input)
{
    const std::optional<int> left = requestsLeft(input.allowance, input.quota, input.nowUtc);
    return left ? std::optional(std::max(0, *left - input.allowance.reserve)) : std::nullopt;
}

bool isUnanswered(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::TimedOut;
}

qint64 servicePause(int failuresInRow, qint64 longest)
{
    return std::min(longest, minuteSeconds << std::min(failuresInRow, 6));
}

NextStep waiting(BackfillState state, std::optional<qint64> wakeUtc, const Error &why)
{
    NextStep step;
    step.state = state;
    step.wakeUtc = wakeUtc;
    step.why = why;
    return step;
}

NextStep untilServed(const ChunkEnd &end, const Error &why)
{
    const bool offline = isUnanswered(why.kind);
    const qint64 pause = servicePause(end.failuresInRow, offline ? longestNetworkPause : longestServicePause);
    NextStep step = waiting(offline ? BackfillState::WaitingForNetwork : BackfillState::WaitingForService,
                            end.nowUtc + pause, why);
    step.serviceFailed = true;
    return step;
}

/// What stops the account as a whole, if anything does.
std::optional<NextStep> stoppedStep(const ChunkEnd &end)
{
    const SyncReport &part = end.report.part;
    if (part.nextAtUtc)
        return waiting(BackfillState::WaitingForQuota, *part.nextAtUtc, errorOf(ErrorKind::RateLimited));
    std::optional<Error> why = end.report.providerStopped ? end.report.providerStopped : part.stopped;
    if (!why)
        why = end.report.accountStopped;
    if (!why)
        return std::nullopt;
    if (isTransient(why->kind))
        return untilServed(end, *why);
    if (why->kind == ErrorKind::Busy)
        return waiting(BackfillState::WaitingForRetry, end.nowUtc + busyPause, *why);
    return waiting(BackfillState::NeedsPerson, end.nowUtc + personPause, *why);
}

/// The error of a piece in which nothing went well and everything failed for a passing reason.
std::optional<ErrorKind> passingFailure(const SyncReport &part)
{
    std::optional<ErrorKind> kind;
    for (const ReportCell &cell : part.cells) {
        if (cell.cancelled)
            continue;
        if (!cell.triedAndFailed || !cell.error || !isTransient(*cell.error))
            return std::nullopt;
        kind = cell.error;
    }
    return kind;
}

} // namespace

Result<Chunk> planChunk(const ChunkInput &input)
{
    Chunk chunk;
    const Result<Plan> whole = planLeft(input, chunk);
    if (!whole)
        return failure(whole.error());
    chunk.requestsLeft = int(whole->tasks.size());
    chunk.secondsLeft = int(
        durationOf(chunk.requestsLeft, input.allowance, input.quota, input.nowUtc, input.allowance.reserve)
            .seconds);
    const std::optional<int> allowed = allowedNow(input);
    if (allowed && *allowed == 0 && chunk.requestsLeft > 0) {
        chunk.quotaWakeUtc =
            nextWindowUtc(input.allowance, input.quota, input.nowUtc) + input.allowance.marginSeconds;
        return chunk;
    }
    const int most = std::min(input.limits.tasksPerChunk, allowed.value_or(input.limits.tasksPerChunk));
    chunk.plan.tasks = whole->tasks.mid(0, most);
    chunk.plan.cells = wantedCells(chunk.plan.tasks);
    if (chunk.requestsLeft == 0 && chunk.cellsDone < chunk.cellsTotal) {
        for (const BackfillTry &one : input.tries) {
            if (one.tries < input.limits.mostTries && one.nextTryUtc > input.nowUtc)
                noteNext(chunk.retryUtc, one.nextTryUtc);
        }
    }
    return chunk;
}

Result<Plan> planAllLeft(const ChunkInput &input)
{
    Chunk chunk;
    return planLeft(input, chunk);
}

NextStep afterChunk(const ChunkEnd &end)
{
    const Chunk &chunk = end.chunk;
    if (std::optional<NextStep> stopped = stoppedStep(end))
        return *stopped;
    if (chunk.quotaWakeUtc)
        return waiting(BackfillState::WaitingForQuota, chunk.quotaWakeUtc, errorOf(ErrorKind::RateLimited));
    if (chunk.plan.tasks.isEmpty()) {
        NextStep step;
        if (chunk.cellsTotal == 0 && chunk.notPermitted > 0)
            return waiting(BackfillState::NeedsPerson, std::nullopt, errorOf(ErrorKind::ScopeMissing));
        step.state = chunk.retryUtc ? BackfillState::WaitingForRetry : BackfillState::Done;
        step.wakeUtc = chunk.retryUtc;
        return step;
    }
    NextStep step;
    if (const std::optional<ErrorKind> kind = passingFailure(end.report.part)) {
        step = untilServed(end, errorOf(*kind));
        if (isUnanswered(*kind) || end.failuresInRow < patientPieces)
            return step;
    }
    step.failed = failedCells(end);
    return step;
}

QList<BackfillTry> failedCells(const ChunkEnd &end)
{
    QList<BackfillTry> failed;
    for (const ReportCell &cell : end.report.part.cells) {
        if (!cell.triedAndFailed)
            continue;
        const ErrorKind kind = cell.error.value_or(ErrorKind::Internal);
        const bool denied = verdictOn(errorOf(kind)) == Verdict::CellNotPermitted;
        failed << BackfillTry{
            cell.key.dataType, cell.key.date, 1, end.nowUtc, nextTryUtc(kind, 1, end.nowUtc), denied};
    }
    return failed;
}

bool isLasting(const BackfillTry &one)
{
    return one.nextTryUtc - one.lastTryUtc >= daySeconds;
}

qint64 nextTryUtc(ErrorKind kind, int tries, qint64 nowUtc)
{
    if (!isTransient(kind))
        return nowUtc + daySeconds;
    return nowUtc + std::min(daySeconds, firstPause << std::clamp(tries - 1, 0, 7));
}

QList<BackfillTry> withEarlier(const QList<BackfillTry> &failed, const QList<BackfillTry> &earlier)
{
    QHash<CellPlace, int> before;
    for (const BackfillTry &one : earlier)
        before.insert({one.dataType, one.date}, one.tries);
    QList<BackfillTry> all = failed;
    for (BackfillTry &one : all) {
        const qint64 pause = one.nextTryUtc - one.lastTryUtc;
        const bool lasting = isLasting(one);
        one.tries += before.value({one.dataType, one.date});
        if (!lasting) // longer each time
            one.nextTryUtc = one.lastTryUtc + std::min(daySeconds, pause << std::clamp(one.tries - 1, 0, 7));
    }
    return all;
}

} // namespace wristkeep
