// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/workerlink.h"

namespace wristkeep {

WorkerLink::WorkerLink(QObject *parent) : QObject(parent) {}

void WorkerLink::attach(SyncWorker *worker)
{
    constexpr auto queued = Qt::QueuedConnection;
    connect(this, &WorkerLink::openRequested, worker, &SyncWorker::open, queued);
    connect(this, &WorkerLink::connectRequested, worker, &SyncWorker::connectAccount, queued);
    connect(this, &WorkerLink::cancelConnectRequested, worker, &SyncWorker::cancelConnect, queued);
    connect(this, &WorkerLink::wrongAccountAnswered, worker, &SyncWorker::answerWrongAccount, queued);
    connect(this, &WorkerLink::disconnectRequested, worker, &SyncWorker::disconnectAccount, queued);
    connect(this, &WorkerLink::syncRequested, worker, &SyncWorker::sync, queued);
    connect(this, &WorkerLink::estimateRequested, worker, &SyncWorker::estimate, queued);
    connect(this, &WorkerLink::cancelSyncRequested, worker, &SyncWorker::cancelSync, queued);
    connect(this, &WorkerLink::startBackfillRequested, worker, &SyncWorker::startBackfill, queued);
    connect(this, &WorkerLink::estimateBackfillRequested, worker, &SyncWorker::estimateBackfill, queued);
    connect(this, &WorkerLink::pauseBackfillRequested, worker, &SyncWorker::pauseBackfill, queued);
    connect(this, &WorkerLink::resumeBackfillRequested, worker, &SyncWorker::resumeBackfill, queued);
    connect(this, &WorkerLink::cancelBackfillRequested, worker, &SyncWorker::cancelBackfill, queued);
    connect(this, &WorkerLink::backfillsRequested, worker, &SyncWorker::readBackfills, queued);
    connect(this, &WorkerLink::statusRequested, worker, &SyncWorker::readStatus, queued);
    connect(this, &WorkerLink::participantsRequested, worker, &SyncWorker::readParticipants, queued);
    connect(this, &WorkerLink::addParticipantRequested, worker, &SyncWorker::addParticipant, queued);
    connect(this, &WorkerLink::renameParticipantRequested, worker, &SyncWorker::renameParticipant, queued);
    connect(this, &WorkerLink::checkRedirectRequested, worker, &SyncWorker::checkRedirect, queued);
    connect(this, &WorkerLink::removeParticipantRequested, worker, &SyncWorker::removeParticipant, queued);

    connect(worker, &SyncWorker::opened, this, &WorkerLink::opened, queued);
    connect(worker, &SyncWorker::openFailed, this, &WorkerLink::openFailed, queued);
    connect(worker, &SyncWorker::authorizeUrlReady, this, &WorkerLink::authorizeUrlReady, queued);
    connect(worker, &SyncWorker::wrongAccount, this, &WorkerLink::wrongAccount, queued);
    connect(worker, &SyncWorker::connectFinished, this, &WorkerLink::connectFinished, queued);
    connect(worker, &SyncWorker::disconnectFinished, this, &WorkerLink::disconnectFinished, queued);
    connect(worker, &SyncWorker::progressed, this, &WorkerLink::progressed, queued);
    connect(worker, &SyncWorker::logged, this, &WorkerLink::logged, queued);
    connect(worker, &SyncWorker::syncFinished, this, &WorkerLink::syncFinished, queued);
    connect(worker, &SyncWorker::estimated, this, &WorkerLink::estimated, queued);
    connect(worker, &SyncWorker::backfillEstimated, this, &WorkerLink::backfillEstimated, queued);
    connect(worker, &SyncWorker::backfillEstimateFailed, this, &WorkerLink::backfillEstimateFailed, queued);
    connect(worker, &SyncWorker::backfillChanged, this, &WorkerLink::backfillChanged, queued);
    connect(worker, &SyncWorker::backfillsRead, this, &WorkerLink::backfillsRead, queued);
    connect(worker, &SyncWorker::statusRead, this, &WorkerLink::statusRead, queued);
    connect(worker, &SyncWorker::participantsRead, this, &WorkerLink::participantsRead, queued);
    connect(worker, &SyncWorker::participantAdded, this, &WorkerLink::participantAdded, queued);
    connect(worker, &SyncWorker::participantRenamed, this, &WorkerLink::participantRenamed, queued);
    connect(worker, &SyncWorker::redirectChecked, this, &WorkerLink::redirectChecked, queued);
    connect(worker, &SyncWorker::participantRemoved, this, &WorkerLink::participantRemoved, queued);
    connect(worker, &SyncWorker::estimateFailed, this, &WorkerLink::estimateFailed, queued);
    connect(worker, &SyncWorker::participantFailed, this, &WorkerLink::participantFailed, queued);
    connect(worker, &SyncWorker::requestFailed, this, &WorkerLink::requestFailed, queued);
}

} // namespace wristkeep
