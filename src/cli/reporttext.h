// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a sync has to say at its end: a short table, the files written, and the object for --json.

#include "cli/exitstatus.h"

class QJsonObject;

namespace wristkeep {

/// A table while it is short; of long runs the counts and what is not good.
QStringList reportLines(const SyncReport &report);

/// One line of result, or of what stopped the run.
QString reportSummary(const SyncReport &report);

QJsonObject reportObject(const SyncReport &report, ExitStatus status);

} // namespace wristkeep
