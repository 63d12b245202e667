// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the window and the terminal can ask for, and everything they are told: the worker owns the
// network and every decision, lives on the sync thread (the terminal: on the main thread), and speaks in
// queued signals only. It never opens a browser: it asks for it.

#include "core/backfill.h"
#include "core/result.h"
#include "core/settings.h"
#include "core/syncmessages.h"
#include "sync/planestimate.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace wristkeep {

class BackfillEngine;
class Clock;
class SecretRegister;

/// How long things may take; tests shorten it.
struct WorkerLimits
{
    std::chrono::milliseconds silence{30'000};    ///< longest time a request may be silent
    std::chrono::milliseconds retryPause{1'000};  ///< before the second try
    std::chrono::milliseconds runBudget{120'000}; ///< a run whose service keeps failing ends within this
    std::chrono::milliseconds leaseWait{120'000}; ///< how long another process's run is waited for
};

struct BackfillLimits
{
    int tasksPerChunk = 30; ///< asked between two looks at what else there is to do
    int mostTries = 8;      ///< of a cell that fails for a reason of its own; then it is given up
};

struct WorkerOptions
{
    Settings settings;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<SecretRegister> secrets;
    bool demo = false;
    WorkerLimits limits;
    BackfillLimits backfill;
};

/// A participant as the window and `participants list` show it.
struct ParticipantEntry
{
    QString id;
    QString name;
    bool operator==(const ParticipantEntry &) const = default;
};

struct ConnectRequest
{
    AccountKey account;
    std::chrono::seconds timeout{300};
};

/// How a connect ended. `error` is meaningful unless `connected`.
struct ConnectReport
{
    AccountKey account;
    bool connected = false;
    Error error;
    QString userId;
    QStringList granted;
    QStringList missing;                 ///< asked for but left out by the person
    std::optional<double> refreshEndsAt; ///< Unix seconds; none: the permission lasts
    QString warning;                     ///< e.g. the zone could not be read: the computer's is used
};

/// The account that came back is not the one expected: nothing is changed until answered.
struct WrongAccountQuestion
{
    AccountKey account;
    QString userId;           ///< who came back
    QString expectedUserId;   ///< whom this participant was connected as; empty if nobody
    QString otherParticipant; ///< who is already connected as userId; empty if nobody
    /// The clash is about the account's id at an earlier service: its title, e.g. "Fitbit", and the id of the
    /// account that came back there. Then the two above speak of that service. Empty otherwise.
    QString earlierService = {};
    QString earlierUserId = {};
};

struct DisconnectReport
{
    AccountKey account;
    bool wasConnected = false;
    bool revoked = false;
    QString warning;            ///< offline: where to revoke by hand
    std::optional<Error> error; ///< the row could not be deleted
};

class SyncWorker : public QObject
{
    Q_OBJECT
public:
    explicit SyncWorker(WorkerOptions options, QObject *parent = nullptr);
    ~SyncWorker() override;

public Q_SLOTS:
    /// Opens the store (creating, migrating, healing, importing the original's files); ends in opened() or
    /// openFailed().
    void open();

    void connectAccount(const wristkeep::ConnectRequest &request);
    void cancelConnect();
    void takePastedAddress(const QString &address);
    /// Answers wrongAccount(): true keeps the new account, false leaves everything as it was.
    void answerWrongAccount(bool keepNew);
    void disconnectAccount(const wristkeep::AccountKey &account, bool keepGrant);

    void sync(const wristkeep::SyncRequest &request);
    /// What that sync would ask and cost, without asking: answers with estimated(), one for each account, or
    /// estimateFailed().
    void estimate(const wristkeep::SyncRequest &request);
    /// Stops the run at once; committed work stays. Ends in syncFinished() with `cancelled`.
    void cancelSync();

    /// Begins to fetch everything from a first day up to yesterday, in place of a backfill of this account
    /// that was there before. It is worked off while no sync wants the network, a piece at a time;
    /// backfillChanged() tells how it stands. What cannot be begun ends in requestFailed().
    void startBackfill(const wristkeep::BackfillOrder &order);
    /// What that backfill would ask and cost, with its reserve kept for today; asks nothing. Answers with
    /// backfillEstimated() or backfillEstimateFailed().
    void estimateBackfill(const wristkeep::BackfillOrder &order);
    void pauseBackfill(const wristkeep::AccountKey &account);
    void resumeBackfill(const wristkeep::AccountKey &account);
    /// What is in stays.
    void cancelBackfill(const wristkeep::AccountKey &account);
    /// Goes on with every backfill that is due; the scheduler asks for it when the network answers.
    void wakeBackfills();
    /// Answers with backfillsRead().
    void readBackfills();

    /// Answers with statusRead().
    void readStatus();
    void readParticipants();
    void addParticipant(const QString &id, const QString &name);
    /// The name shown beside the id; an empty one takes it away.
    void renameParticipant(const QString &id, const QString &name);
    /// Revokes what is connected, forgets the tokens, keeps files and rows.
    void removeParticipant(const QString &id);

    /// Tries the redirect address as a sign-in would use it; `setting` names it. Answers with
    /// redirectChecked().
    void checkRedirect(const QString &redirectUri, const QString &setting);

    /// Ends everything under way; answers with closed(). The worker may be destroyed then. A refresh that is
    /// out is awaited for some seconds.
    void close();

Q_SIGNALS:
    void opened();
    void openFailed(const wristkeep::Error &error);

    void authorizeUrlReady(const QUrl &url, const QString &redirectUri);
    void pastedAddressRefused();
    void wrongAccount(const wristkeep::WrongAccountQuestion &question);
    void connectFinished(const wristkeep::ConnectReport &report);
    void disconnectFinished(const wristkeep::DisconnectReport &report);

    void progressed(const wristkeep::SyncProgress &progress);
    void logged(const wristkeep::LogEntry &entry);
    void syncFinished(const wristkeep::SyncReport &report);
    void estimated(const QList<wristkeep::PlanEstimate> &plans);
    void estimateFailed(const wristkeep::SyncRequest &request, const wristkeep::Error &error);
    /// Its first day is the account's where the order named none, and invalid where that one is not known:
    /// then nothing is reckoned.
    void backfillEstimated(const wristkeep::PlanEstimate &plan);
    /// `order` as it was asked about.
    void backfillEstimateFailed(const wristkeep::BackfillOrder &order, const wristkeep::Error &error);
    void backfillChanged(const wristkeep::BackfillStatus &status);
    void backfillsRead(const QList<wristkeep::BackfillStatus> &jobs);

    void statusRead(const QList<wristkeep::AccountStatus> &accounts);
    void participantsRead(const QList<wristkeep::ParticipantEntry> &participants);
    void participantAdded(const QString &id);
    void participantRenamed(const QString &id, const QString &name);
    void participantRemoved(const QString &id, const QString &warning);
    void redirectChecked(const wristkeep::RedirectVerdict &verdict);
    /// addParticipant, renameParticipant or removeParticipant could not be done.
    void participantFailed(const wristkeep::Error &error);
    /// A backfill's word, readStatus or readParticipants could not be done.
    void requestFailed(const wristkeep::Error &error);

    void closed();

private:
    void tidyUp();
    void startNextRun();
    void closeIfIdle();
    void log(LogLevel level, const QString &text);

    bool isBackfillInTheWay();
    void letBackfillsGoOn();

    struct Tools;
    struct Parts;
    Tools &tools();
    BackfillEngine &backfills();
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::ParticipantEntry)
Q_DECLARE_METATYPE(wristkeep::ConnectRequest)
Q_DECLARE_METATYPE(wristkeep::ConnectReport)
Q_DECLARE_METATYPE(wristkeep::WrongAccountQuestion)
Q_DECLARE_METATYPE(wristkeep::DisconnectReport)
