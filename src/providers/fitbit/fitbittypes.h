// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one table of Fitbit's data types: how each is asked for and where an answer holds it. A type of a shape
// known here is one row and one fixture folder; only a new shape needs a parser (docs/PROVIDERS.md).

#include "core/datatype.h"
#include "core/records.h"
#include "core/result.h"

#include <QList>

#include <cstdint>

namespace wristkeep {

struct FitbitType;
struct ParseContext;

/// What a series has for a day of which nothing was measured (docs/PROVIDERS.md, "Activity series").
enum class FitbitFill : std::uint8_t {
    ZeroIfUnworn,    ///< 0, as on a day without a single step: heart-rate readings must witness it
    NeverZero,       ///< an estimate that is never 0 for a living person: a 0 is no value
    WholeDayIfUnworn ///< all minutes of the day: neither they nor a 0 are a value
};

struct FitbitType
{
    DataType type;
    QString dayPath;   ///< %1: the day
    QString rangePath; ///< %1, %2: first and last day, inclusive; empty where there is none
    QString list;      ///< what holds an answer's elements: "activities-steps"
    QString dateMember = QStringLiteral("dateTime"); ///< what names an element's day
    QString unit;
    double most = 0; ///< above it an answer is not understood
    FitbitFill fill = FitbitFill::ZeroIfUnworn;
    QString resolution = {};       ///< of readings through the day: "1min"; empty for daily values
    bool keepsDailyValues = false; ///< of an intraday answer: its resting rate and zones too
    Result<Batch> (*parse)(const QByteArray &body, const ParseContext &context,
                           const FitbitType &row) = nullptr;
};

const QList<FitbitType> &fitbitTypes();

/// By id; nullptr for a type that is not in the table.
const FitbitType *fitbitType(const QString &id);

/// DailyValue::zeroWitness of the row's values; empty where no zero of it is a value.
QString zeroWitnessOf(const FitbitType &row);

/// The row an address of ours asks for; nullptr for other addresses.
const FitbitType *fitbitTypeAsked(const QString &path);

} // namespace wristkeep
