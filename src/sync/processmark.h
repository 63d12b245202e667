// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Names this process in leases so that another one can tell whether it still lives: a killed run must not
// make the next one wait for its lease to end.

#include <QString>

namespace wristkeep {

/// "boot id:pid namespace:pid:start time"; a random text where the system does not tell these.
QString processMark();

/// True only when the marked process ran on this very system and has ended; false when in doubt.
bool isGone(const QString &mark);

} // namespace wristkeep
