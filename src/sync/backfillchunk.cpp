// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/backfillchunk.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "providers/registry.h"
#include "store/leases.h"
#include "store/store.h"
#include "sync/runlease.h"
#include "sync/storethread.h"
#include "sync/verdict.h"

#include <QTimer>

namespace wristkeep {

namespace {

/// What was sent is answered within this, or is aborted after all.
constexpr std::chrono::milliseconds politeness{2'000};

} // namespace

BackfillStatus statusOf(BackfillStatus status, const Chunk &chunk)
{
    status.last = chunk.last.isValid() ? chunk.last : status.last;
    status.cellsDone = chunk.cellsDone;
    status.cellsTotal = chunk.cellsTotal;
    status.requestsLeft = chunk.requestsLeft;
    status.etaSeconds = chunk.secondsLeft;
    return status;
}

BackfillChunk::BackfillChunk(const RunServices &services, AccountKey account, BackfillLimits limits,
                             QObject *parent)
    : QObject(parent), m_services(services), m_account(std::move(account)), m_limits(limits),
      m_patience(services.limits.retry.runBudget)
{
}

BackfillChunk::~BackfillChunk()
{
    if (m_run)
        m_run->disconnect(this);
}

Result<BackfillChunk::Look> BackfillChunk::lookAt(Store &store, const AccountKey &account)
{
    Look look;
    const auto job = store.backfills().find(account);
    if (!job)
        return failure(job.error());
    look.job = *job;
    const Result<bool> waits = store.leases().isHeld(RunLease::waitersName(account));
    if (!waits)
        return failure(waits.error());
    look.otherWaits = *waits;
    return look;
}

void BackfillChunk::start()
{
    m_services.store.run<Look>(
        this,
        [account = m_account](Store &store) -> Result<Look> {
            Result<Look> look = lookAt(store, account);
            if (!look)
                return look;
            Result<QList<BackfillTry>> tries = store.backfills().tries(account);
            if (!tries)
                return failure(tries.error());
            look->tries = std::move(*tries);
            return look;
        },
        [this](Result<Look> look) { onLooked(std::move(look)); });
}

void BackfillChunk::onLooked(Result<Look> look)
{
    if (m_ended)
        return;
    const Result<const Provider *> provider = findProvider(m_account.provider);
    if (!look || !provider) {
        m_result.error = look ? provider.error() : look.error();
        finish();
        return;
    }
    const bool isWanted = look->job && isUnderWay(look->job->status.state);
    if (isWanted)
        m_result.job = look->job;
    else if (look->job)
        m_result.unwanted = look->job->status;
    m_result.tries = std::move(look->tries);
    m_result.otherWaits = look->otherWaits;
    m_result.yielded = m_result.yielded || look->otherWaits;
    if (!isWanted || m_result.yielded)
        finish();
    else
        run(**provider);
}

void BackfillChunk::run(const Provider &provider)
{
    WRISTKEEP_FAIL_POINT("backfill.chunk");
    m_allowance = provider.allowance();
    AccountRun::Order order;
    order.key = m_account;
    order.request.dataTypes = m_result.job->status.dataTypes;
    order.request.first = m_result.job->status.first;
    // As if a person asked: a limit that is used up is the plan's to judge, with the clock in mind.
    order.request.trigger = SyncTrigger::Person;
    order.background = true;
    order.plan = [this](const PlanInput &input, const QuotaState &quota) { return plan(input, quota); };
    m_run = std::make_unique<AccountRun>(m_services, m_patience, provider, std::move(order), nullptr);
    connect(m_run.get(), &AccountRun::logged, this, &BackfillChunk::logged);
    connect(m_run.get(), &AccountRun::taskEnded, this, [this](const QString &, int cells) {
        Chunk &chunk = m_result.chunk;
        chunk.cellsDone += cells;
        chunk.secondsLeft -= chunk.requestsLeft > 0 ? chunk.secondsLeft / chunk.requestsLeft : 0;
        chunk.requestsLeft = std::max(0, chunk.requestsLeft - 1);
        Q_EMIT progressed(statusOf(m_result.job->status, chunk));
        lookAgain();
    });
    connect(m_run.get(), &AccountRun::finished, this, &BackfillChunk::onRunEnded);
    m_run->start();
}

Result<Plan> BackfillChunk::plan(const PlanInput &input, const QuotaState &quota)
{
    const Result<Chunk> chunk =
        planChunk({input, m_result.tries, m_allowance, quota, m_services.clock.nowUtc(), m_limits});
    if (!chunk)
        return failure(chunk.error());
    m_result.chunk = *chunk;
    Q_EMIT progressed(statusOf(m_result.job->status, m_result.chunk));
    return chunk->plan;
}

/// A person, or a run of another process, may want something else by now.
void BackfillChunk::lookAgain()
{
    m_services.store.run<Look>(
        this, [account = m_account](Store &store) { return lookAt(store, account); },
        [this](const Result<Look> &look) { onLookedAgain(look); });
}

void BackfillChunk::onLookedAgain(const Result<Look> &look)
{
    if (m_ended || !look)
        return;
    if (!look->job || look->job->revision != m_result.job->revision) {
        stop();
    } else if (look->otherWaits) {
        m_result.otherWaits = true;
        yield();
    }
}

void BackfillChunk::yield()
{
    if (m_ended || m_result.yielded)
        return;
    m_result.yielded = true;
    if (!m_run)
        return; // the look at the job ends it
    QTimer::singleShot(politeness, this, [this] { stop(); });
    m_run->yield();
}

void BackfillChunk::stop()
{
    if (m_ended)
        return;
    m_result.yielded = true;
    if (m_run)
        m_run->cancel();
}

void BackfillChunk::onRunEnded(const AccountReport &report)
{
    m_run.release()->deleteLater(); // we are inside its signal
    m_result.report = report;
    finish();
}

void BackfillChunk::finish()
{
    if (std::exchange(m_ended, true))
        return;
    Q_EMIT finished(m_result);
}

} // namespace wristkeep
