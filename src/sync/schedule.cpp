// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/schedule.h"

#include "core/civilday.h"
#include "sync/catalogue.h"

#include <algorithm>

namespace wristkeep {

namespace {

// A day may change at the provider for seven days after its end (docs/ARCHITECTURE.md, "The ledger"); the
// answer that settles it comes on the eighth.
constexpr int daysLookedBack = 8;
constexpr qint64 secondsPerHour = 3600;

bool intervalIsOver(const ScheduleInput &input)
{
    if (!input.lastBeganUtc)
        return true;
    // A clock that was put back must not silence the schedule until it has caught up.
    return *input.lastBeganUtc > input.nowUtc ||
           input.nowUtc - *input.lastBeganUtc >= input.hours * secondsPerHour;
}

QDate todayOf(const AccountStatus &account, const ScheduleInput &input)
{
    const QByteArray id = account.zone.toLatin1();
    if (!QTimeZone::isTimeZoneIdAvailable(id))
        return input.today;
    return civilDate(input.nowUtc, {QTimeZone(id), ZoneSource::Profile});
}

} // namespace

std::optional<SyncRequest> scheduledRun(const ScheduleInput &input)
{
    if (input.hours <= 0)
        return std::nullopt;
    const bool everybody = intervalIsOver(input);
    SyncRequest request;
    QDate earliestToday;
    for (const AccountStatus &account : input.accounts) {
        if (account.state != ConnectionState::Connected || hasMovedOn(account, input.accounts))
            continue;
        const auto pause = input.pausedUtc.constFind(account.key);
        const bool wasPaused = pause != input.pausedUtc.constEnd();
        if (wasPaused && *pause > input.nowUtc)
            continue;
        if (everybody || wasPaused) {
            request.accounts << account.key;
            const QDate today = todayOf(account, input);
            earliestToday = earliestToday.isValid() ? std::min(earliestToday, today) : today;
        }
    }
    if (request.accounts.isEmpty())
        return std::nullopt;
    request.first = earliestToday.addDays(-daysLookedBack);
    request.trigger = SyncTrigger::Schedule;
    return request;
}

} // namespace wristkeep
