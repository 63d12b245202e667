// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Weighings and body fat out of Fitbit's logs, several a day, one day or a range (docs/PROVIDERS.md, "Body").

#include "core/records.h"
#include "core/result.h"

#include <QDate>
#include <QTime>

#include <optional>

namespace wristkeep {

class JsonNode;
struct FitbitType;
struct ParseContext;

struct BodyLog
{
    QDate date;
    QTime time;       ///< on the wall clock; invalid where the log tells none
    double value = 0; ///< in the answer's unit, above 0
    std::optional<double> bmi;
    std::optional<double> fat; ///< %
};

/// The logs of `row.list`, by day and time; each value is the member of the list's name, at most `most`. A 0
/// stands for "never measured" and is left out.
Result<QList<BodyLog>> readBodyLogs(const JsonNode &root, const ParseContext &context, const FitbitType &row,
                                    double most);

/// Samples of the row's id with their time of day; the last log of each day as its daily value, and its
/// `bmi`.
Batch batchOfBodyLogs(const QList<BodyLog> &logs, const ParseContext &context, const FitbitType &row);

/// Data types `weight` and `body_fat` as served with metric units.
Result<Batch> parseBodyLogs(const QByteArray &body, const ParseContext &context, const FitbitType &row);

} // namespace wristkeep
