// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The doctor's looks that need no network: each gives one finding and changes nothing.

#include "sync/doctor.h"

namespace wristkeep {

Finding lookAtConfiguration(const Settings &settings);
Finding lookAtKey(const Settings &settings);
Finding lookAtPort(const Settings &settings);
Finding lookAtDatabase(const Settings &settings, const Clock &clock);
Finding lookAtFolders(const Settings &settings);

/// `serverUtc`: what the service's Date header says; none when it did not answer.
Finding lookAtClock(qint64 nowUtc, std::optional<qint64> serverUtc, const QString &provider);

} // namespace wristkeep
