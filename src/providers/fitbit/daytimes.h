// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Instants for the rows of one day that carry a wall-clock time and nothing else.

#include "core/civilday.h"

#include <QList>

#include <optional>
#include <vector>

namespace wristkeep {

/// Unix seconds of `times`, which are in the order served. On the day of an autumn clock change the
/// repeated hour is told apart in both ways it may be served: as one hour after the other (the times step
/// back) or minute by minute in pairs (a time follows itself). A single copy takes the first occurrence.
/// A time the clock skipped has no instant.
std::vector<std::optional<qint64>> instantsOf(const std::vector<QTime> &times, const CivilDay &day);

} // namespace wristkeep
