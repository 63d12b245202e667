// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one place that decides whether and when a failed request is tried again. Pure.

#include "core/error.h"

#include <chrono>
#include <optional>

namespace wristkeep {

struct RetryPolicy
{
    int maxTries = 3;
    std::chrono::milliseconds firstPause{1'000};
    std::chrono::milliseconds longestPause{8'000};
    std::chrono::milliseconds runBudget{120'000}; ///< a run whose service keeps failing ends within this

    /// The pause before try number `failedTries + 1`, or none when it must not be tried again.
    /// `jitter` in [0,1) spreads the pause; `failingFor` is how long the run has seen nothing but failures.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pauseAfter(const Error &error, int failedTries,
                                                                      std::chrono::milliseconds failingFor,
                                                                      double jitter) const;
};

} // namespace wristkeep
