// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One account's part of a run, as a chain of steps: facts, lease, token, zone, plan, tasks, settlement.
// Whatever stops it early skips to the plan, so that the report names every cell that was asked for.

#include "sync/accountfacts.h"
#include "sync/planner.h"
#include "sync/runreport.h"
#include "sync/runservices.h"

#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

class RunLease;
class ServicePatience;
class TaskLoop;
class ZoneReader;
struct JobEnd;
struct LoopEnd;

class AccountRun : public QObject
{
    Q_OBJECT
public:
    struct Order
    {
        AccountKey key;
        SyncRequest request;
        QString record;               ///< id of this account's row in `runs`
        std::optional<Error> blocked; ///< the provider was stopped before: ask nothing
        /// In place of planRun(): chooses from what the ledger lacks.
        std::function<Result<Plan>(const PlanInput &, const QuotaState &)> plan = {};
        /// A piece of something longer: leaves no row in `runs`, and others need not wait for its end.
        bool background = false;
    };

    AccountRun(const RunServices &services, ServicePatience &patience, const Provider &provider, Order order,
               QObject *parent);
    ~AccountRun() override;

    void start();
    /// At once; ends in finished().
    void cancel();
    /// Asks nothing more, but lets what was sent be answered and kept; ends like cancel().
    void yield();

Q_SIGNALS:
    void planned(int tasks);
    void taskEnded(const QString &text, int cells); ///< `cells`: how many it brought in
    void logged(const wristkeep::LogEntry &entry);
    void finished(const wristkeep::AccountReport &report);

private:
    enum class Stage : std::uint8_t { Facts, Opening, Planning, Tasks, Settling };

    void onFacts(Result<AccountFacts> facts);
    void takeLease();
    void askToken();
    void readZone();
    void onProfile(const Result<AccountProfile> &profile);
    void block(const Error &error);
    void plan();
    void onCells(Result<QList<Cell>> cells);
    void runTasks();
    void onTaskEnded(const JobEnd &end);
    void onLoopEnded(const LoopEnd &end);
    void settle(const QList<FetchTask> &untouched);
    void recordAndFinish();
    void finishWithout(const Error &error);
    [[nodiscard]] PlanInput planInput() const;
    [[nodiscard]] CellNote noteFor(const QString &dataType, const Error &error) const;
    void log(LogLevel level, const QString &text);
    void log(LogEntry entry);

    const RunServices &m_services;
    ServicePatience &m_patience;
    Order m_order;
    AccountSession m_session;
    AccountFacts m_facts;
    QDate m_today;
    Plan m_plan;
    RunNotes m_notes;
    AccountReport m_report;
    std::optional<Error> m_blocked; ///< why nothing more is asked
    Stage m_stage = Stage::Facts;
    qint64 m_startedUtc = 0;
    std::unique_ptr<QObject> m_opening; ///< context of the opening steps; cancel drops their late answers
    std::unique_ptr<RunLease> m_lease;
    std::unique_ptr<ZoneReader> m_zoneReader;
    std::unique_ptr<TaskLoop> m_loop;
};

} // namespace wristkeep
