// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The wire between the window and the worker: requests out, reports in, as plain signals. The window knows
// only this, so a test can play the worker by emitting and watching.

#include "sync/syncworker.h"

#include <QObject>

namespace wristkeep {

class WorkerLink : public QObject
{
    Q_OBJECT
public:
    explicit WorkerLink(QObject *parent = nullptr);

    /// Joins every signal with the worker's, by queued connections; the worker may be on another thread.
    void attach(SyncWorker *worker);

Q_SIGNALS:
    // Requests: the window emits them.
    void openRequested();
    void connectRequested(const wristkeep::ConnectRequest &request);
    void cancelConnectRequested();
    void wrongAccountAnswered(bool keepNew);
    void disconnectRequested(const wristkeep::AccountKey &account, bool keepGrant);
    void syncRequested(const wristkeep::SyncRequest &request);
    void estimateRequested(const wristkeep::SyncRequest &request);
    void cancelSyncRequested();
    void startBackfillRequested(const wristkeep::BackfillOrder &order);
    void estimateBackfillRequested(const wristkeep::BackfillOrder &order);
    void pauseBackfillRequested(const wristkeep::AccountKey &account);
    void resumeBackfillRequested(const wristkeep::AccountKey &account);
    void cancelBackfillRequested(const wristkeep::AccountKey &account);
    void backfillsRequested();
    void statusRequested();
    void participantsRequested();
    void addParticipantRequested(const QString &id, const QString &name);
    void renameParticipantRequested(const QString &id, const QString &name);
    void removeParticipantRequested(const QString &id);
    void checkRedirectRequested(const QString &redirectUri, const QString &setting);

    // Reports: the worker's signals of the same names.
    void opened();
    void openFailed(const wristkeep::Error &error);
    void authorizeUrlReady(const QUrl &url, const QString &redirectUri);
    void wrongAccount(const wristkeep::WrongAccountQuestion &question);
    void connectFinished(const wristkeep::ConnectReport &report);
    void disconnectFinished(const wristkeep::DisconnectReport &report);
    void progressed(const wristkeep::SyncProgress &progress);
    void logged(const wristkeep::LogEntry &entry);
    void syncFinished(const wristkeep::SyncReport &report);
    void estimated(const QList<wristkeep::PlanEstimate> &plans);
    void estimateFailed(const wristkeep::SyncRequest &request, const wristkeep::Error &error);
    void backfillEstimated(const wristkeep::PlanEstimate &plan);
    void backfillEstimateFailed(const wristkeep::BackfillOrder &order, const wristkeep::Error &error);
    void backfillChanged(const wristkeep::BackfillStatus &status);
    void backfillsRead(const QList<wristkeep::BackfillStatus> &jobs);
    void statusRead(const QList<wristkeep::AccountStatus> &accounts);
    void participantsRead(const QList<wristkeep::ParticipantEntry> &participants);
    void participantAdded(const QString &id);
    void participantRenamed(const QString &id, const QString &name);
    void participantRemoved(const QString &id, const QString &warning);
    void redirectChecked(const wristkeep::RedirectVerdict &verdict);
    void participantFailed(const wristkeep::Error &error);
    void requestFailed(const wristkeep::Error &error);
};

} // namespace wristkeep
