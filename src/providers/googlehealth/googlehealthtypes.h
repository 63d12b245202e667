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

/// Where a row says when it was, and so what a list is filtered by.
enum class GoogleHealthTime : std::uint8_t {
    WindowStart, ///< RollUp: startTime, an instant
    CivilStart,  ///< DailyRollUp: civilStartTime, one of the person's own days
    Date,        ///< daily types: date
    Sample,      ///< readings: sampleTime.physicalTime, an instant
    SessionEnd   ///< sleep: the day of interval's end on the clock of that moment
};

/// What a value of 0, or a value member without its number, means. (Without its duration it tells nothing.)
enum class GoogleHealthZero : std::uint8_t { Measured, NoReading };

/// A daily value that is one of several in a row: in the value object itself, or in an element of a list
/// there.
struct GoogleHealthPart
{
    const char *name = "";  ///< what the list's element is named by: "PEAK"
    const char *field = ""; ///< the number: "duration"
    QString type;           ///< of the daily value: "heart_rate_zone_minutes/Peak"
};

struct GoogleHealthType
{
    DataType type;
    GoogleHealthCall call = GoogleHealthCall::List;
    GoogleHealthTime time = GoogleHealthTime::Date;
    QString path;            ///< as in the URL: "heart-rate"
    int windowSeconds = 0;   ///< RollUp only
    int pageSize = 10'000;   ///< List and Reconcile; larger than the service's own limit is cut down silently
    const char *member = ""; ///< the object of a row that holds the value: "heartRate"
    const char *field = "";  ///< the number in it: "beatsPerMinuteAvg"; empty: it has none of its own

    /// More values of the same row. All numbers of a row share what follows them here.
    QList<GoogleHealthPart> parts = {};
    const char *partList = ""; ///< the list of the parts: "timeInHeartRateZones"; empty: they are no list
    const char *partKey = "";  ///< what names an element of it: "heartRateZone"
    bool sumsParts = false;    ///< the row's own value is the sum of its parts

    bool isDuration = false; ///< written "123s", read as seconds
    double least = 0;        ///< below it or above `most` an answer is not understood; in the answer's unit
    double most = 0;
    GoogleHealthZero zero = GoogleHealthZero::Measured;
    bool rounded = false; ///< kept as the nearest whole number, halves away from zero
    double perUnit = 1;   ///< how many of the answer's units make one of ours: 1000 grams a kilogram
    QString unit;         ///< ours
    QString resolution;   ///< of the series; empty for daily values
    Result<Batch> (*parse)(const QByteArray &body, const ParseContext &context,
                           const GoogleHealthType &row) = nullptr;
};

const QList<GoogleHealthType> &googleHealthTypes();

/// By id; nullptr for a type that is not in the table.
const GoogleHealthType *googleHealthType(const QString &id);

/// Whether the rows of an answer carry a civil date (else an instant).
bool hasCivilDates(const GoogleHealthType &row);

/// What a list is filtered by, after the type's name: "sample_time.physical_time".
QString filterMember(const GoogleHealthType &row);

/// Whether the rows are windows of a roll-up (else points of a list).
bool isRolledUp(const GoogleHealthType &row);

/// The list an answer holds its rows in: "rollupDataPoints" or "dataPoints".
const char *listMember(const GoogleHealthType &row);

} // namespace wristkeep
