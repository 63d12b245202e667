// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbitquota.h"

#include "providers/retryafter.h"

namespace wristkeep {

namespace {

constexpr qint64 Window = 3600; // the quota is counted by the hour

// The headers are updated late and the two clocks differ a little: asking at hh:00:01 meets the limit again.
constexpr qint64 Margin = 60;

std::optional<int> count(const QByteArray &header)
{
    const auto value = wholeNumber(header, 1'000'000);
    return value ? std::optional<int>(int(*value)) : std::nullopt;
}

/// Seconds, never a time stamp; a minute of slack for the server's own rounding.
std::optional<qint64> secondsToReset(const HttpResponse &response)
{
    return wholeNumber(response.header("Fitbit-Rate-Limit-Reset"), Window + Margin);
}

} // namespace

QuotaState fitbitQuota(const HttpResponse &response, qint64 nowUtc)
{
    QuotaState quota;
    quota.limit = count(response.header("Fitbit-Rate-Limit-Limit"));
    quota.left = count(response.header("Fitbit-Rate-Limit-Remaining"));
    if (const auto seconds = secondsToReset(response))
        quota.resetAtUtc = nowUtc + *seconds;
    if (response.status == 429) {
        quota.exhausted = true;
        quota.left = 0;
        quota.resetAtUtc = fitbitRetryAt(response, nowUtc);
    }
    return quota;
}

qint64 fitbitRetryAt(const HttpResponse &response, qint64 nowUtc)
{
    auto seconds = secondsToReset(response);
    if (!seconds)
        seconds = secondsToRetry(response, nowUtc, Window + Margin);
    return nowUtc + seconds.value_or(Window - nowUtc % Window) + Margin;
}

} // namespace wristkeep
