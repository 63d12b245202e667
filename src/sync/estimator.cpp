// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/estimator.h"

#include "sync/planner.h"
#include "sync/quota.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace wristkeep {

namespace {

// Rough figures of what is kept, not measured yet (docs/DATA.md, "Size").
constexpr qint64 blockBytes = 4096; ///< a file takes whole blocks
constexpr qint64 compression = 8;   ///< an answer of readings
constexpr qint64 readingShare = 3;  ///< a reading's text to its row
constexpr qint64 cellBytes = 600;   ///< ledger, document and civil day of one cell
constexpr qint64 hourSeconds = 3600;
constexpr qint64 longestToReset = 24 * 3600;
constexpr qint64 slackSeconds = 600;
constexpr qint64 wireBytesPerSecond = 500'000;

qint64 inBlocks(qint64 bytes)
{
    return (bytes + blockBytes - 1) / blockBytes * blockBytes;
}

int daysOf(const PlannedTask &planned)
{
    return int(planned.task.first.daysTo(planned.task.last)) + 1;
}

void addSizes(PlanEstimate &estimate, const PlannedTask &planned, const DataType &type)
{
    const int wanted = daysOf(planned) - int(planned.settled.size());
    const qint64 answer = qint64(type.typicalDayBytes) * daysOf(planned);
    estimate.archiveBytes += inBlocks(answer / compression + 1);
    estimate.fileBytes += inBlocks(type.typicalDayBytes) * wanted;
    estimate.rowBytes += (type.typicalDayBytes / readingShare + cellBytes) * wanted;
}

int pagesOf(const PlannedTask &planned, const DataType &type, const ServiceAllowance &allowance)
{
    // Where one request covers many days, the service's cap on days keeps the answer to a page.
    if (allowance.pageBytes <= 0 || type.maxDaysPerRequest > 1)
        return 1;
    const qint64 answer = qint64(type.typicalDayBytes) * daysOf(planned);
    return int(std::max<qint64>(1, (answer + allowance.pageBytes - 1) / allowance.pageBytes));
}

/// A reset further ahead than a window is long was told by a clock that has been put back since.
QuotaState believed(const QuotaState &quota, const ServiceAllowance &allowance, qint64 nowUtc)
{
    const qint64 longest =
        allowance.windowSeconds >= hourSeconds ? allowance.windowSeconds + slackSeconds : longestToReset;
    return quota.resetAtUtc && *quota.resetAtUtc - nowUtc > longest ? QuotaState() : quota;
}

void addRange(PlanEstimate &estimate, QDate day)
{
    estimate.first = estimate.first.isValid() ? std::min(estimate.first, day) : day;
    estimate.last = estimate.last.isValid() ? std::max(estimate.last, day) : day;
}

} // namespace

double secondsPerRequest(const ServiceAllowance &allowance)
{
    const double answered = allowance.answerSeconds / std::max(1, allowance.pace.atOnce);
    return allowance.pace.perSecond > 0 ? std::max(answered, 1.0 / allowance.pace.perSecond) : answered;
}

std::optional<int> requestsLeft(const ServiceAllowance &allowance, const QuotaState &told, qint64 nowUtc)
{
    const QuotaState quota = believed(told, allowance, nowUtc);
    if (isExhausted(quota, nowUtc))
        return 0;
    if (quota.left && quota.resetAtUtc && *quota.resetAtUtc > nowUtc)
        return quota.left;
    const int limit = quota.limit.value_or(allowance.requests);
    return limit > 0 ? std::optional(limit) : std::nullopt;
}

qint64 nextWindowUtc(const ServiceAllowance &allowance, const QuotaState &told, qint64 nowUtc)
{
    const QuotaState quota = believed(told, allowance, nowUtc);
    if (quota.resetAtUtc && *quota.resetAtUtc > nowUtc)
        return *quota.resetAtUtc;
    return allowance.windowSeconds > 0 ? (nowUtc / allowance.windowSeconds + 1) * allowance.windowSeconds
                                       : nowUtc;
}

Duration durationOf(int requests, const ServiceAllowance &allowance, const QuotaState &quota, qint64 nowUtc,
                    int kept)
{
    Duration duration;
    const double each = secondsPerRequest(allowance);
    std::optional<int> left = requestsLeft(allowance, quota, nowUtc);
    if (!left || allowance.windowSeconds <= 0) {
        duration.windows = requests > 0 ? 1 : 0;
        duration.seconds = qint64(std::ceil(requests * each));
        return duration;
    }
    const int limit = std::max(1, quota.limit.value_or(allowance.requests) - kept);
    int allowed = std::max(0, *left - kept);
    double at = double(nowUtc);
    auto end = double(nextWindowUtc(allowance, quota, nowUtc));
    while (requests > 0) {
        const int sent = std::min({requests, allowed, std::max(1, int((end - at) / each))});
        if (sent > 0)
            ++duration.windows;
        requests -= sent;
        at += sent * each;
        if (requests > 0) {
            at = std::max(at, end + allowance.marginSeconds);
            end += allowance.windowSeconds;
            allowed = limit;
        }
    }
    duration.seconds = qint64(std::ceil(at - double(nowUtc)));
    return duration;
}

PlanEstimate estimateOf(const Plan &plan, const QList<DataType> &types, const ServiceAllowance &allowance,
                        const QuotaState &quota, qint64 nowUtc, int otherRequests, int kept)
{
    PlanEstimate estimate;
    estimate.otherRequests = otherRequests;
    QHash<QString, qsizetype> places;
    for (const CellKey &cell : plan.cells) {
        estimate.account = cell.account;
        addRange(estimate, cell.date);
        places.insert(cell.dataType, -1);
    }
    QHash<QString, DataType> known;
    for (const DataType &type : types) {
        known.insert(type.id, type);
        if (!places.contains(type.id))
            continue;
        places[type.id] = estimate.types.size();
        estimate.types << PlanEstimate::OfType{type.id, 0, 0};
    }
    estimate.cells = int(plan.cells.size());
    estimate.notPermitted = int(plan.notPermitted.size());
    for (const PlannedTask &planned : plan.tasks) {
        const DataType type = known.value(planned.task.dataType);
        const qsizetype place = places.value(planned.task.dataType, -1);
        if (place < 0)
            continue;
        PlanEstimate::OfType &own = estimate.types[place];
        own.requests += pagesOf(planned, type, allowance);
        own.days += daysOf(planned) - int(planned.settled.size());
        addSizes(estimate, planned, type);
    }
    for (const PlanEstimate::OfType &own : std::as_const(estimate.types)) {
        estimate.requests += own.requests;
        estimate.days += own.days;
    }
    const Duration duration = durationOf(estimate.requests + otherRequests, allowance, quota, nowUtc, kept);
    estimate.windows = duration.windows;
    estimate.windowSeconds = allowance.windowSeconds;
    estimate.leftNow = requestsLeft(allowance, quota, nowUtc);
    if (allowance.windowSeconds > 0)
        estimate.resetAtUtc = nextWindowUtc(allowance, quota, nowUtc);
    estimate.seconds = duration.seconds + estimate.archiveBytes / wireBytesPerSecond;
    estimate.finishUtc = nowUtc + estimate.seconds;
    return estimate;
}

} // namespace wristkeep
