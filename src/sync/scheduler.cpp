// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/scheduler.h"

#include "core/civilday.h"
#include "core/logging.h"

#include <algorithm>

namespace wristkeep {

Scheduler::Scheduler(SchedulerTools tools, QObject *parent) : QObject(parent), m_tools(std::move(tools))
{
    m_timer.setInterval(m_tools.interval);
    connect(&m_timer, &QTimer::timeout, this, &Scheduler::look);
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, &Scheduler::look);
}

Scheduler::~Scheduler() = default;

void Scheduler::begin()
{
    m_timer.start();
    QTimer::singleShot(m_tools.firstLook, this, &Scheduler::look);
}

void Scheduler::setHours(int hours)
{
    m_hours = hours;
}

void Scheduler::setAccounts(const QList<AccountStatus> &accounts)
{
    m_accounts = accounts;
    for (const AccountStatus &account : accounts) {
        if (account.quota.exhausted && account.quota.resetAtUtc)
            m_pausedUtc.insert(account.key, *account.quota.resetAtUtc);
    }
}

void Scheduler::setBackfills(const QList<BackfillStatus> &jobs)
{
    m_backfills.clear();
    for (const BackfillStatus &job : jobs)
        m_backfills.insert(job.account, job);
    aimAtNextWake();
}

void Scheduler::setBackfill(const BackfillStatus &job)
{
    m_backfills.insert(job.account, job);
    aimAtNextWake();
}

void Scheduler::aimAtNextWake()
{
    m_wake.stop();
    const qint64 nowMs = m_tools.clock->now().toMSecsSinceEpoch();
    std::optional<qint64> nextMs;
    for (const BackfillStatus &job : std::as_const(m_backfills)) {
        const qint64 wakeMs = job.nextWakeUtc ? *job.nextWakeUtc * 1000 : 0;
        if (wakeMs > nowMs && isUnderWay(job.state))
            nextMs = nextMs ? std::min(*nextMs, wakeMs) : wakeMs;
    }
    // What is further away than the next look is aimed at then.
    if (nextMs && m_timer.isActive() && *nextMs - nowMs <= m_tools.interval.count())
        m_wake.start(int(*nextMs - nowMs) + 1);
}

QList<AccountKey> Scheduler::backfillsDue() const
{
    QList<AccountKey> accounts;
    const qint64 now = m_tools.clock->nowUtc();
    for (const BackfillStatus &job : m_backfills) {
        if (!m_busy && isDue(job, now))
            accounts << job.account;
    }
    return accounts;
}

void Scheduler::setBusy(bool busy)
{
    m_busy = busy;
}

std::optional<SyncRequest> Scheduler::due() const
{
    if (m_busy)
        return std::nullopt;
    ScheduleInput input;
    input.hours = m_hours;
    input.lastBeganUtc = m_tools.lastBegan();
    input.nowUtc = m_tools.clock->nowUtc();
    input.today = civilDate(input.nowUtc, computerZone());
    input.accounts = m_accounts;
    input.pausedUtc = m_pausedUtc;
    return scheduledRun(input);
}

void Scheduler::look()
{
    const qint64 nowMs = m_tools.clock->now().toMSecsSinceEpoch();
    const bool slept = m_lastLookMs && nowMs - *m_lastLookMs > 2 * m_tools.interval.count();
    m_lastLookMs = nowMs;
    // A connection tried before the computer slept tells nothing about the network it woke up in.
    if (slept)
        m_probing.reset();
    aimAtNextWake();
    if (m_probing)
        return;
    QList<AccountKey> accounts = backfillsDue();
    if (const std::optional<SyncRequest> request = due())
        accounts << request->accounts;
    if (accounts.isEmpty())
        return;
    m_probing = std::make_unique<QObject>();
    m_tools.probe(accounts, m_probing.get(), [this](bool answers) { onProbed(answers); });
}

void Scheduler::onProbed(bool answers)
{
    if (m_probing)
        m_probing.release()->deleteLater(); // we may be inside its call
    if (!answers)
        return;
    // Much may have happened since the question: a click, a sign-in, another choice.
    const bool goesOn = !backfillsDue().isEmpty();
    if (const std::optional<SyncRequest> request = due()) {
        m_tools.keepBegan(m_tools.clock->nowUtc());
        for (const AccountKey &key : request->accounts)
            m_pausedUtc.remove(key);
        Q_EMIT runWanted(*request);
    }
    if (goesOn)
        Q_EMIT backfillWanted();
}

} // namespace wristkeep
