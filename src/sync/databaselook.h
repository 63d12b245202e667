// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A look at the database file that changes nothing, not even a log beside it: for the doctor.

#include "core/result.h"

#include <QString>

namespace wristkeep {

class Clock;

/// BadConfiguration (no database, or another program's), DatabaseTooNew, Storage (damaged or unreadable).
Outcome lookIntoDatabase(const QString &file, const Clock &clock);

} // namespace wristkeep
