// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/backfillengine.h"

#include "core/clock.h"
#include "core/errortexts.h"
#include "core/failpoint.h"
#include "store/store.h"
#include "sync/backfillchunk.h"
#include "sync/backfilllook.h"
#include "sync/catalogue.h"
#include "sync/runtexts.h"
#include "sync/storethread.h"
#include "sync/verdict.h"

#include <QTimer>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// How long a run of another process is given before it is looked whether it is through.
constexpr std::chrono::milliseconds courtesy{2'000};

Error noSuchJob()
{
    Error error = errorOf(ErrorKind::BadUsage, u"There is no backfill of this account"_s);
    error.nextStep = u"Begin one with: backfill start"_s;
    return error;
}

} // namespace

BackfillEngine::BackfillEngine(const RunServices &services, BackfillLimits limits, QObject *parent)
    : QObject(parent), m_services(services), m_limits(limits)
{
}

BackfillEngine::~BackfillEngine() = default;

void BackfillEngine::start(const BackfillOrder &order)
{
    m_services.store.run<BackfillJob>(
        this,
        [order, now = m_services.clock.nowUtc()](Store &store) -> Result<BackfillJob> {
            const Result<BackfillStatus> status = backfillOf(store, order, now);
            return status ? store.backfills().begin(*status) : failure(status.error());
        },
        [this](const Result<BackfillJob> &job) {
            if (!job) {
                Q_EMIT failed(job.error());
                return;
            }
            if (m_chunk && m_chunk->account() == job->status.account)
                stopChunk();
            Q_EMIT changed(job->status);
            go(job->status.account);
        });
}

void BackfillEngine::pause(const AccountKey &account)
{
    setState(account, BackfillState::Paused);
}

void BackfillEngine::resume(const AccountKey &account)
{
    setState(account, BackfillState::Running);
}

void BackfillEngine::cancel(const AccountKey &account)
{
    setState(account, BackfillState::Cancelled);
}

void BackfillEngine::setState(const AccountKey &account, BackfillState state)
{
    // What is under way stops now, not when the store has heard of it.
    if (!isUnderWay(state) && m_chunk && m_chunk->account() == account)
        stopChunk();
    m_services.store.run<std::optional<BackfillJob>>(
        this,
        [account, state, live = m_live, now = m_services.clock.nowUtc()](Store &store) {
            return store.backfills().setState(account, state, now, live);
        },
        [this, state](const Result<std::optional<BackfillJob>> &job) {
            if (!job || !*job) {
                Q_EMIT failed(job ? noSuchJob() : job.error());
                return;
            }
            const AccountKey key = (*job)->status.account;
            Q_EMIT changed((*job)->status);
            if (isUnderWay(state))
                go(key);
            else
                m_going.removeAll(key);
        });
}

void BackfillEngine::stopChunk()
{
    m_isOverruled = true;
    m_chunk->stop();
}

void BackfillEngine::go(const AccountKey &account)
{
    m_failuresInRow.remove(account);
    if (!m_going.contains(account))
        m_going << account;
    next();
}

void BackfillEngine::wake()
{
    m_services.store.run<QList<BackfillJob>>(
        this, [](Store &store) { return store.backfills().all(); },
        [this](const Result<QList<BackfillJob>> &jobs) {
            if (!jobs)
                return; // the next tick asks again
            const qint64 now = m_services.clock.nowUtc();
            for (const BackfillJob &job : *jobs) {
                const AccountKey &key = job.status.account;
                if (!m_going.contains(key) && isDue(seenFromHere(job.status), now))
                    m_going << key;
            }
            next();
        });
}

void BackfillEngine::wake(const AccountKey &account)
{
    m_services.store.run<std::optional<BackfillJob>>(
        this, [account](Store &store) { return store.backfills().find(account); },
        [this, account](const Result<std::optional<BackfillJob>> &job) {
            if (job && *job && (*job)->status.state == BackfillState::NeedsPerson)
                go(account);
        });
}

void BackfillEngine::list()
{
    m_services.store.run<QList<BackfillJob>>(
        this, [](Store &store) { return store.backfills().all(); },
        [this](const Result<QList<BackfillJob>> &jobs) {
            if (!jobs) {
                Q_EMIT failed(jobs.error());
                return;
            }
            QList<BackfillStatus> all;
            for (const BackfillJob &job : *jobs)
                all << seenFromHere(job.status);
            Q_EMIT listed(all);
        });
}

/// "Running" in the database is what somebody wrote who may not live any more.
BackfillStatus BackfillEngine::seenFromHere(BackfillStatus status) const
{
    const bool isOurs = m_going.contains(status.account) || (m_chunk && m_chunk->account() == status.account);
    if (status.state == BackfillState::Running && !isOurs)
        status.state = BackfillState::Interrupted;
    return status;
}

void BackfillEngine::setHeld(bool held)
{
    m_held = held;
    if (held && m_chunk)
        m_chunk->yield();
    else if (!held)
        next();
}

void BackfillEngine::shut()
{
    m_shut = true;
    m_going.clear();
    if (m_chunk)
        m_chunk->stop();
}

void BackfillEngine::next()
{
    if (m_held || m_shut || isBusy() || m_going.isEmpty())
        return;
    m_isOverruled = false;
    m_chunk = std::make_unique<BackfillChunk>(m_services, m_going.takeFirst(), m_limits, nullptr);
    connect(m_chunk.get(), &BackfillChunk::progressed, this, &BackfillEngine::onProgressed);
    connect(m_chunk.get(), &BackfillChunk::logged, this, &BackfillEngine::logged);
    connect(m_chunk.get(), &BackfillChunk::finished, this, &BackfillEngine::onChunkEnded);
    m_chunk->start();
}

void BackfillEngine::onProgressed(const BackfillStatus &status)
{
    BackfillStatus told = status;
    told.state = BackfillState::Running;
    told.nextWakeUtc.reset();
    told.reason.clear();
    m_live = told;
    // What was still being kept when the word came must not look like going on.
    if (!m_isOverruled)
        Q_EMIT changed(told);
}

QString BackfillEngine::reasonOf(const AccountKey &account, const NextStep &step, const Chunk &chunk) const
{
    if (step.why)
        return errorLine(*step.why, providerTitle(account.provider));
    if (step.state == BackfillState::WaitingForRetry)
        return u"%1 days of data failed lately; they are tried again later."_s.arg(chunk.cellsTotal -
                                                                                   chunk.cellsDone);
    if (step.state == BackfillState::Done && chunk.givenUp > 0)
        return u"%1 days of data could not be fetched; a sync of these days tries again."_s.arg(
            chunk.givenUp);
    return {};
}

void BackfillEngine::onChunkEnded(const ChunkResult &result)
{
    const AccountKey account = m_chunk->account();
    m_chunk.release()->deleteLater(); // we are inside its signal
    if (!result.job) {                // a person has said something else, or it could not be read
        if (result.error)
            Q_EMIT failed(*result.error);
        else if (result.unwanted) // maybe by another process: nobody here has told it
            Q_EMIT changed(*result.unwanted);
        next();
        if (!isBusy())
            Q_EMIT idle();
        return;
    }
    const qint64 now = m_services.clock.nowUtc();
    const ChunkEnd end{result.chunk, result.report, m_failuresInRow.value(account), now};
    BackfillJob job = *result.job;
    if (result.chunk.last.isValid()) // else it ended before there was a plan
        job.status = statusOf(job.status, result.chunk);
    job.status.changedUtc = now;
    m_isPolite = result.otherWaits;
    if (result.yielded) {
        job.status.state = BackfillState::Running;
        job.status.nextWakeUtc.reset();
        job.status.reason.clear();
        QList<BackfillTry> failed = failedCells(end);
        // Of a piece that was broken off nobody knows whether the service was what failed.
        failed.removeIf([](const BackfillTry &one) { return !isLasting(one); });
        note(job, withEarlier(failed, result.tries));
        return;
    }
    const NextStep step = afterChunk(end);
    m_failuresInRow[account] = step.serviceFailed ? m_failuresInRow.value(account) + 1 : 0;
    job.status.state = step.state;
    job.status.nextWakeUtc = step.wakeUtc;
    job.status.reason = reasonOf(account, step, result.chunk);
    job.status.problem = step.why ? std::optional(step.why->kind) : std::nullopt;
    note(job, withEarlier(step.failed, result.tries));
}

void BackfillEngine::note(const BackfillJob &job, const QList<BackfillTry> &failed)
{
    m_noting = true;
    m_services.store.run<bool>(
        this, [job, failed](Store &store) { return store.backfills().note(job, failed); },
        [this, job](const Result<bool> &noted) { onNoted(job, noted); });
}

void BackfillEngine::onNoted(const BackfillJob &job, const Result<bool> &noted)
{
    WRISTKEEP_FAIL_POINT("backfill.noted");
    m_noting = false;
    const AccountKey &account = job.status.account;
    BackfillStatus status = job.status;
    if (!noted) {
        status.state = BackfillState::NeedsPerson;
        status.problem = noted.error().kind;
        status.reason = errorLine(noted.error(), providerTitle(account.provider));
    }
    const bool isCurrent = !noted || *noted;
    if (isCurrent)
        Q_EMIT changed(status);
    // Another word of a person is heard by the next piece, at the latest.
    const bool goesOn = !isCurrent || status.state == BackfillState::Running;
    if (goesOn && !m_shut && !m_going.contains(account))
        m_going << account;
    if (std::exchange(m_isPolite, false))
        QTimer::singleShot(courtesy, this, &BackfillEngine::next);
    else
        next();
    if (!isBusy())
        Q_EMIT idle();
}

} // namespace wristkeep
