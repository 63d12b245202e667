// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/serviceallowance.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// Seen, not promised: the time an answer takes, without its bytes.
constexpr double usualAnswerSeconds = 0.4;
constexpr int reservedForToday = 20;

} // namespace

ServiceAllowance allowanceOf(const Provider &provider)
{
    ServiceAllowance allowance;
    allowance.pace = provider.pace();
    allowance.answerSeconds = usualAnswerSeconds;
    if (provider.id() == "fitbit"_L1) {
        allowance.requests = 150;
        allowance.windowSeconds = 3600;
        allowance.reserve = reservedForToday;
        allowance.marginSeconds = 60;
    } else if (provider.id() == "google-health"_L1) {
        // A project that Google has not verified may ask less: 2.5 a second. Its headers never tell a count,
        // so nothing can be held back; its pace leaves room within each minute instead.
        allowance.requests = 300;
        allowance.windowSeconds = 60;
        allowance.pageBytes = 3'000'000;
    }
    return allowance;
}

double secondsPerRequest(const ServiceAllowance &allowance)
{
    const double answered = allowance.answerSeconds / std::max(1, allowance.pace.atOnce);
    return allowance.pace.perSecond > 0 ? std::max(answered, 1.0 / allowance.pace.perSecond) : answered;
}

} // namespace wristkeep
