// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The checks all Fitbit parsers share: which day an element is about, and numbers within reason.

#include "core/json.h"

#include <QDate>

namespace wristkeep {

struct FetchTask;

/// No heart beats faster: above it an answer is not understood.
inline constexpr double MostBpm = 1'000;

/// The day a `dateTime` member names. It must be one the task asked for: an answer about another day is
/// never stored under the asked one. The literal "today" stands for the day of a one-day task.
Result<QDate> answeredDate(const JsonNode &dateTime, const FetchTask &task);

/// A number, written as JSON number or text, within [least, most].
Result<double> quantity(const JsonNode &node, double least, double most);

/// NotUnderstood: "PATH " + `what`.
tl::unexpected<Error> notUnderstood(const QString &path, const QString &what);

} // namespace wristkeep
