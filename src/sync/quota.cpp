// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/quota.h"

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qint64 sameWindowSeconds = 120;

} // namespace

QuotaState mergeQuota(const QuotaState &known, const QuotaState &told)
{
    if (!told.left && !told.limit && !told.resetAtUtc)
        return known;
    QuotaState merged = told;
    const bool sameWindow = known.resetAtUtc && told.resetAtUtc &&
                            qAbs(*known.resetAtUtc - *told.resetAtUtc) <= sameWindowSeconds;
    if (sameWindow && known.left && told.left)
        merged.left = std::min(*known.left, *told.left);
    if (!merged.limit)
        merged.limit = known.limit;
    return merged;
}

QuotaState exhaustedQuota(const QuotaState &known, const Error &error, qint64 nowUtc)
{
    QuotaState state = known;
    const qint64 nextHour = (nowUtc / 3600 + 1) * 3600;
    const qint64 reset = error.retryAtUtc.value_or(known.resetAtUtc.value_or(nextHour));
    state.exhausted = true;
    state.left = 0;
    state.resetAtUtc = reset > nowUtc ? reset : nextHour;
    return state;
}

bool isExhausted(const QuotaState &quota, qint64 nowUtc)
{
    return quota.exhausted && quota.resetAtUtc && *quota.resetAtUtc > nowUtc;
}

} // namespace wristkeep
