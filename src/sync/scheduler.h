// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Watches the wall clock and asks for a run when one is due and the network answers, and after it for
// whatever backfill may go on. Lives on the thread of whoever owns it; timers stop while the computer sleeps,
// hence the look at the clock each minute. Between two looks a moment told to a person is kept: a countdown
// that has come to its end and goes on waiting would be a lie.

#include "core/backfill.h"
#include "core/clock.h"
#include "sync/schedule.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace wristkeep {

/// What a scheduler works with.
struct SchedulerTools
{
    std::shared_ptr<const Clock> clock;
    /// Answers exactly once, on the context's thread, unless the context goes first.
    std::function<void(const QList<AccountKey> &, QObject *context, std::function<void(bool)>)> probe;
    std::function<std::optional<qint64>()> lastBegan; ///< Unix seconds, kept over restarts
    std::function<void(qint64)> keepBegan;
    std::chrono::milliseconds interval{60'000}; ///< between two looks at the clock
    std::chrono::milliseconds firstLook{5'000}; ///< after begin()
};

class Scheduler : public QObject
{
    Q_OBJECT
public:
    explicit Scheduler(SchedulerTools tools, QObject *parent = nullptr);
    ~Scheduler() override;

public Q_SLOTS:
    void begin();
    /// 0: off.
    void setHours(int hours);
    void setAccounts(const QList<wristkeep::AccountStatus> &accounts);
    void setBackfills(const QList<wristkeep::BackfillStatus> &jobs);
    void setBackfill(const wristkeep::BackfillStatus &job);
    /// A run, a sign-in or a disconnect is under way.
    void setBusy(bool busy);
    /// Looks at the clock now; otherwise this happens by itself.
    void look();

Q_SIGNALS:
    void runWanted(const wristkeep::SyncRequest &request);
    void backfillWanted(); ///< at least one is due

private:
    [[nodiscard]] std::optional<SyncRequest> due() const;
    [[nodiscard]] QList<AccountKey> backfillsDue() const;
    void onProbed(bool answers);
    void aimAtNextWake();

    SchedulerTools m_tools;
    QTimer m_timer;
    QTimer m_wake; ///< for a backfill that may go on before the next look
    int m_hours = 0;
    bool m_busy = false;
    QList<AccountStatus> m_accounts;
    QHash<AccountKey, qint64> m_pausedUtc;
    QHash<AccountKey, BackfillStatus> m_backfills;
    std::optional<qint64> m_lastLookMs;
    std::unique_ptr<QObject> m_probing; ///< the context of the probe under way
};

} // namespace wristkeep
