// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/retrypolicy.h"

#include <algorithm>

namespace wristkeep {

std::optional<std::chrono::milliseconds> RetryPolicy::pauseAfter(const Error &error, int failedTries,
                                                                 std::chrono::milliseconds failingFor,
                                                                 double jitter) const
{
    using std::chrono::milliseconds;
    if (!isTransient(error.kind) || failedTries < 1 || failedTries >= maxTries)
        return std::nullopt;
    // Doubled by every failure; the shift is bounded so that no count of tries can overflow it.
    const milliseconds doubled = firstPause * (1 << std::min(failedTries - 1, 20));
    const milliseconds full = std::min(longestPause, doubled);
    // Between half and the whole: many computers that failed together do not come back together.
    const milliseconds pause(
        milliseconds::rep(double(full.count()) * (0.5 + 0.5 * std::clamp(jitter, 0.0, 1.0))));
    if (failingFor + pause >= runBudget)
        return std::nullopt;
    return pause;
}

} // namespace wristkeep
