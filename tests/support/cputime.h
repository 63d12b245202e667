// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Work instead of time: what a thread computed, whatever else the computer was doing.

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>

namespace wristkeep::test {

/// Milliseconds of processor time of this thread that `work` takes, the least of `rounds`.
inline double cpuMs(const std::function<void()> &work, int rounds = 1)
{
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    };
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < rounds; ++i) {
        const double start = now();
        work();
        least = std::min(least, now() - start);
    }
    return least;
}

} // namespace wristkeep::test
