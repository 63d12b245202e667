// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the last run's report means for the state of the window. Pure functions.

#include "core/syncmessages.h"

#include <cstdint>

namespace wristkeep {

enum class RunEnd : std::uint8_t {
    Well,         ///< all that was asked for is here
    Nothing,      ///< the provider has no data for what was asked
    Stopped,      ///< by hand
    Partly,       ///< some of it is missing, for several reasons
    NotPermitted, ///< all that is missing is missing for want of permission
    Waiting,      ///< all that is missing waits for the request limit
    Offline,      ///< nobody was reached
    Busy,         ///< another run holds the account
    Gone,         ///< the service was shut down
    Storage,      ///< database or folder in trouble
    NoToken,      ///< to be connected again
    Failed        ///< stopped by anything else, or nothing at all came
};

RunEnd runEnd(const SyncReport &report);

/// Asked, but never reached: there was no connection for any of it.
bool reachedNobody(const SyncReport &report);

/// Good, and of this run.
bool wentWell(const ReportCell &cell);

} // namespace wristkeep
