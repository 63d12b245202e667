// SPDX-License-Identifier: GPL-3.0-or-later

// The worker's part in backfills: it lets them work only while nobody else wants the network.

#include "core/clock.h"
#include "sync/backfilllook.h"
#include "sync/workerparts.h"

namespace wristkeep {

BackfillEngine &SyncWorker::backfills()
{
    if (m_parts->backfills)
        return *m_parts->backfills;
    m_parts->backfills =
        std::make_unique<BackfillEngine>(tools().services, m_parts->options.backfill, nullptr);
    BackfillEngine *engine = m_parts->backfills.get();
    connect(engine, &BackfillEngine::changed, this, &SyncWorker::backfillChanged);
    connect(engine, &BackfillEngine::listed, this, &SyncWorker::backfillsRead);
    connect(engine, &BackfillEngine::logged, this, &SyncWorker::logged);
    connect(engine, &BackfillEngine::failed, this, &SyncWorker::requestFailed);
    connect(engine, &BackfillEngine::idle, this, [this] {
        startNextRun();
        closeIfIdle();
    });
    engine->setHeld(m_parts->run || !m_parts->waiting.isEmpty());
    if (m_parts->closing)
        engine->shut();
    return *engine;
}

bool SyncWorker::isBackfillInTheWay()
{
    if (!m_parts->backfills)
        return false;
    m_parts->backfills->setHeld(true);
    return m_parts->backfills->isBusy();
}

void SyncWorker::letBackfillsGoOn()
{
    if (m_parts->backfills && !m_parts->run && m_parts->waiting.isEmpty())
        m_parts->backfills->setHeld(false);
}

void SyncWorker::startBackfill(const BackfillOrder &order)
{
    backfills().start(order);
}

void SyncWorker::estimateBackfill(const BackfillOrder &order)
{
    tools().store.run<PlanEstimate>(
        this,
        [order, clock = m_parts->options.clock](Store &store) {
            return estimateOfBackfill(store, order, clock->nowUtc());
        },
        [this, order](const Result<PlanEstimate> &plan) {
            if (plan)
                Q_EMIT backfillEstimated(*plan);
            else
                Q_EMIT backfillEstimateFailed(order, plan.error());
        });
}

void SyncWorker::pauseBackfill(const AccountKey &account)
{
    backfills().pause(account);
}

void SyncWorker::resumeBackfill(const AccountKey &account)
{
    backfills().resume(account);
}

void SyncWorker::cancelBackfill(const AccountKey &account)
{
    backfills().cancel(account);
}

void SyncWorker::wakeBackfills()
{
    backfills().wake();
}

void SyncWorker::readBackfills()
{
    backfills().list();
}

} // namespace wristkeep
