// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What becomes of the program when its window is closed.

#include <cstdint>

namespace wristkeep {

enum class CloseAnswer : std::uint8_t { Hide, Minimise, Quit };

struct CloseFacts
{
    bool tray = false;     ///< the icon is in a tray
    bool schedule = false; ///< there is work to do without the window
    bool ending = false;   ///< Quit was chosen, or the session ends
};

/// Without a tray a hidden window could not be reached: it minimises if the schedule needs the program, and
/// else there is nothing to stay for.
CloseAnswer closeAnswer(const CloseFacts &facts);

} // namespace wristkeep
