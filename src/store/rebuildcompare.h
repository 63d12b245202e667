// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two databases of one form side by side, table by table: civil days, states, values, readings, sessions.
// What is about processes, sign-ins and runs is not looked at.

#include "core/rebuildmessages.h"

#include <functional>

struct sqlite3;

namespace wristkeep {

/// Called for each difference, in the order of accounts and days within each kind. False: enough.
using DifferenceSink = std::function<bool(const RebuildDifference &)>;

/// Both number their series alike. Cancelled when the sink or `stop` says so; `stop` is asked now and then.
Outcome compareTables(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope, const DifferenceSink &sink,
                      const std::function<bool()> &stop);

} // namespace wristkeep
