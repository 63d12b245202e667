// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the demo together: the simulated service on a thread of its own, and settings that point at it.

#include "app/threadholder.h"
#include "core/result.h"

#include <memory>

namespace wristkeep {

class Clock;
struct Settings;

class Demo
{
public:
    explicit Demo(std::shared_ptr<const Clock> clock);
    ~Demo();
    Demo(const Demo &) = delete;
    Demo &operator=(const Demo &) = delete;

    /// Starts or finds the service. `settings` are the demo's own, as resolveSettings() gives them.
    Outcome start(Settings &settings);

private:
    std::shared_ptr<const Clock> m_clock;
    std::unique_ptr<ThreadHolder> m_thread;
};

} // namespace wristkeep
