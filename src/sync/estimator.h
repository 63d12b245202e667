// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reckons what a plan costs, from what the service allows and what its quota is said to hold. Pure.

#include "core/datatype.h"
#include "core/syncmessages.h"
#include "providers/provider.h"
#include "sync/planestimate.h"

namespace wristkeep {

struct Plan;

/// Seconds from one request's begin to the next one's, when nothing but the pace holds them back.
double secondsPerRequest(const ServiceAllowance &allowance);

/// How long so many requests take from `nowUtc` on, windows and pace together.
struct Duration
{
    int windows = 0;
    qint64 seconds = 0;
};
/// `kept`: how many requests of each window are left alone.
Duration durationOf(int requests, const ServiceAllowance &allowance, const QuotaState &quota, qint64 nowUtc,
                    int kept = 0);

/// What the present quota window still holds; none: no limit is known.
std::optional<int> requestsLeft(const ServiceAllowance &allowance, const QuotaState &quota, qint64 nowUtc);
/// Unix seconds at which the next window begins; `nowUtc` where there are no windows.
qint64 nextWindowUtc(const ServiceAllowance &allowance, const QuotaState &quota, qint64 nowUtc);

/// `types`: the provider's table; `kept` as in durationOf().
PlanEstimate estimateOf(const Plan &plan, const QList<DataType> &types, const ServiceAllowance &allowance,
                        const QuotaState &quota, qint64 nowUtc, int otherRequests = 0, int kept = 0);

} // namespace wristkeep
