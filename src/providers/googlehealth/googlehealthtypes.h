// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one table of Google Health's data types: how each is asked for and where an answer holds it. A type of
// a shape known here is one row and one fixture folder; only a new shape needs a parser (docs/PROVIDERS.md).

#include "core/datatype.h"
#include "core/records.h"
#include "core/result.h"

#include <QList>

#include <cstdint>

namespace wristkeep {

struct GoogleHealthType;
struct ParseContext;

enum class GoogleHealthCall : std::uint8_t {
    List,       ///< GET …/dataPoints: civil dates or instants, by the filter's member
    Reconcile,  ///< GET …/dataPoints:reconcile: the same, overlapping sources merged into one stream
    RollUp,     ///< POST …/dataPoints:rollUp: windows of `windowSeconds` from the first day's first instant
    DailyRollUp ///< POST …/dataPoints:dailyRollUp: one row for each civil day
};

/// What a value of 0, or a value member without its number, means.
enum class GoogleHealthZero : std::uint8_t { Measured, NoReading };

struct GoogleHealthType
{
    DataType type;
    GoogleHealthCall call = GoogleHealthCall::List;
    QString path;            ///< as in the URL: "heart-rate"
    QString filterMember;    ///< List and Reconcile, after the type's name: "date"
    int windowSeconds = 0;   ///< RollUp only
    const char *member = ""; ///< the object of a row that holds the value: "heartRate"
    const char *field = "";  ///< the number in it: "beatsPerMinuteAvg"
    double most = 0;         ///< above it an answer is not understood
    GoogleHealthZero zero = GoogleHealthZero::Measured;
    bool rounded = false; ///< kept as the nearest whole number, halves away from zero
    QString resolution;   ///< of the series; empty for daily values
    QString unit;
    Result<Batch> (*parse)(const QByteArray &body, const ParseContext &context,
                           const GoogleHealthType &row) = nullptr;
};

const QList<GoogleHealthType> &googleHealthTypes();

/// By id; nullptr for a type that is not in the table.
const GoogleHealthType *googleHealthType(const QString &id);

/// Whether the rows of an answer carry a civil date (else an instant).
bool hasCivilDates(const GoogleHealthType &row);

/// The list an answer holds its rows in: "rollupDataPoints" or "dataPoints".
const char *listMember(const GoogleHealthType &row);

} // namespace wristkeep
