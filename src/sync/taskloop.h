// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Works a plan off in its order: a few requests at a time, as many answers waiting for the store as it takes,
// and stops as the table of errors says (verdict.h).

#include "sync/fetchjob.h"
#include "sync/planner.h"

#include <QObject>

namespace wristkeep {

struct LoopEnd
{
    std::optional<Error> stop;  ///< why not everything was asked
    QList<FetchTask> untouched; ///< planned, but neither committed nor failed for a reason of their own
};

class TaskLoop : public QObject
{
    Q_OBJECT
public:
    /// `careful`: one request alone until one went well, because the quota is said to be used up.
    TaskLoop(const RunServices &services, AccountSession &session, ServicePatience &patience,
             QList<PlannedTask> tasks, bool careful, QObject *parent);
    ~TaskLoop() override;

    void start();
    /// Aborts what is being asked; answers already with the store are still kept. Ends in finished().
    void stop(const Error &why);
    /// Sends nothing more and tries nothing again; what was sent is still answered. Ends in finished().
    void yield(const Error &why);

Q_SIGNALS:
    void retrying(const wristkeep::FetchTask &task, const wristkeep::Error &error, qint64 pauseMs);
    void taskEnded(const wristkeep::JobEnd &end); ///< committed, or failed for a reason of its own
    void finished(const wristkeep::LoopEnd &end);

private:
    enum class State : std::uint8_t { Waiting, UnderWay, Ended };
    struct Entry
    {
        PlannedTask planned;
        State state = State::Waiting;
        FetchJob *job = nullptr; ///< while it is under way
    };

    void pump();
    void startJob(qsizetype index);
    void onJobEnded(qsizetype index, const JobEnd &end);
    void drain(const Error &why);
    [[nodiscard]] qsizetype nextWaiting() const;
    [[nodiscard]] int underWay() const;
    [[nodiscard]] int asking() const;
    [[nodiscard]] bool isStoreFull() const;
    [[nodiscard]] int width() const;

    const RunServices &m_services;
    AccountSession &m_session;
    ServicePatience &m_patience;
    QList<Entry> m_entries;
    std::optional<Error> m_stop;
    std::optional<Error> m_lastFailure;
    bool m_careful;
    bool m_done = false;
};

} // namespace wristkeep
