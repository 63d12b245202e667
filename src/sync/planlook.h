// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a run would ask and cost, told without asking and without writing: for `sync --dry-run` through a
// connection that can only read, for the window through the open store.

#include "core/result.h"
#include "core/syncmessages.h"
#include "sync/planestimate.h"

namespace wristkeep {

class Clock;
class Store;
struct Settings;

struct AccountPlan
{
    PlanEstimate estimate;
    std::optional<Error> problem; ///< why the run itself could send no request, e.g. TokenRefused
};

/// One for each account of the request. BadUsage: an unknown participant, or no range of days.
Result<QList<AccountPlan>> plansOf(Store &store, const Settings &settings, const SyncRequest &request,
                                   qint64 nowUtc);

/// The same without a store. `participant` empty: everybody who is connected, or was and has to reconnect;
/// the request's accounts are filled in here. NotConnected: nobody is.
Result<QList<AccountPlan>> lookAtPlans(const Settings &settings, const QString &provider,
                                       const QString &participant, SyncRequest request, const Clock &clock);

} // namespace wristkeep
