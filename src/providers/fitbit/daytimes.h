// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Instants for what carries a wall-clock time and nothing else: the rows of one day, single stamps.

#include "core/civilday.h"
#include "core/json.h"

#include <QDateTime>
#include <QList>

#include <cstdint>
#include <optional>
#include <vector>

namespace wristkeep {

/// What the order of a day's rows says of the hour that an autumn clock change repeats.
enum class RepeatedHour : std::uint8_t {
    Told,    ///< one copy, one after the other, or minute by minute in pairs
    Untold,  ///< rows are out of order, but no time is there twice: a single copy
    Unclear, ///< a time is there twice, and the order does not tell which is which
};
RepeatedHour repeatedHourIn(const std::vector<QTime> &times, const CivilDay &day);

/// Unix seconds of `times`, which are in the order served. On the day of an autumn clock change the
/// repeated hour is told apart in both ways it may be served: as one hour after the other (the times step
/// back) or minute by minute in pairs (a time follows itself). A single copy takes the first occurrence.
/// A time the clock skipped has no instant. Where repeatedHourIn() is unclear, nothing here is to be
/// believed.
std::vector<std::optional<qint64>> instantsOf(const std::vector<QTime> &times, const CivilDay &day);

/// "2024-03-09T23:32:30.000" on the wall clock, held as if it were UTC, so that this computer's own zone has
/// no say in it.
Result<QDateTime> wallClockStamp(const JsonNode &node);

/// The Unix seconds a stamp may stand for, ascending: two in the hour an autumn clock change repeats, none in
/// the one that spring skips.
QList<qint64> instantsOf(const QDateTime &stamp, const Zone &zone);

/// One of them: the first of two; of a time that was skipped the instant of the change.
qint64 instantOf(const QDateTime &stamp, const Zone &zone);

} // namespace wristkeep
