// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/schedule.h"

namespace wristkeep {

namespace {

// A day may change at the provider for this long after its end (docs/ARCHITECTURE.md, "The ledger").
constexpr int daysLookedBack = 7;
constexpr qint64 secondsPerHour = 3600;

bool intervalIsOver(const ScheduleInput &input)
{
    if (!input.lastBeganUtc)
        return true;
    // A clock that was put back must not silence the schedule until it has caught up.
    return *input.lastBeganUtc > input.nowUtc ||
           input.nowUtc - *input.lastBeganUtc >= input.hours * secondsPerHour;
}

} // namespace

std::optional<SyncRequest> scheduledRun(const ScheduleInput &input)
{
    if (input.hours <= 0)
        return std::nullopt;
    const bool everybody = intervalIsOver(input);
    SyncRequest request;
    for (const AccountStatus &account : input.accounts) {
        if (account.state != ConnectionState::Connected)
            continue;
        const auto pause = input.pausedUtc.constFind(account.key);
        const bool wasPaused = pause != input.pausedUtc.constEnd();
        if (wasPaused && *pause > input.nowUtc)
            continue;
        if (everybody || wasPaused)
            request.accounts << account.key;
    }
    if (request.accounts.isEmpty())
        return std::nullopt;
    request.first = input.today.addDays(-daysLookedBack);
    request.trigger = SyncTrigger::Schedule;
    return request;
}

} // namespace wristkeep
