// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One piece of a backfill from the look at its job to the end of its requests: plans from the ledger, runs as
// any sync does, and ends early when a person or another run wants it to. Ends exactly once with finished(),
// unless destroyed.

#include "sync/accountrun.h"
#include "sync/backfillplan.h"
#include "sync/servicepatience.h"

#include <QObject>

#include <memory>

namespace wristkeep {

struct ChunkResult
{
    std::optional<BackfillJob> job; ///< as it was stored when the piece began; none: gone, or not to be run
    std::optional<BackfillStatus> unwanted; ///< as it is stored, where it is not to be run
    Chunk chunk;
    AccountReport report;
    QList<BackfillTry> tries; ///< known when it began
    bool yielded = false;     ///< ended early, by somebody's wish
    bool otherWaits = false;  ///< another process waits for the account
    std::optional<Error> error;
};

class BackfillChunk : public QObject
{
    Q_OBJECT
public:
    BackfillChunk(const RunServices &services, AccountKey account, BackfillLimits limits, QObject *parent);
    ~BackfillChunk() override;

    void start();
    /// Lets what was sent be answered, for a moment; then it is over.
    void yield();
    /// At once.
    void stop();
    [[nodiscard]] const AccountKey &account() const { return m_account; }

Q_SIGNALS:
    void progressed(const wristkeep::BackfillStatus &status);
    void logged(const wristkeep::LogEntry &entry);
    void finished(const wristkeep::ChunkResult &result);

private:
    struct Look
    {
        std::optional<BackfillJob> job;
        QList<BackfillTry> tries;
        bool otherWaits = false;
    };

    void onLooked(Result<Look> look);
    void run(const Provider &provider);
    Result<Plan> plan(const PlanInput &input, const QuotaState &quota);
    void lookAgain();
    void onLookedAgain(const Result<Look> &look);
    void onRunEnded(const AccountReport &report);
    void finish();
    static Result<Look> lookAt(Store &store, const AccountKey &account);

    const RunServices &m_services;
    AccountKey m_account;
    BackfillLimits m_limits;
    ServicePatience m_patience;
    ServiceAllowance m_allowance;
    ChunkResult m_result;
    std::unique_ptr<AccountRun> m_run;
    bool m_ended = false;
};

/// A job's state as its piece knows it.
BackfillStatus statusOf(BackfillStatus status, const Chunk &chunk);

} // namespace wristkeep
