// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The records of the simulated Health API and their generators: one function makes a type's records of one
// civil day, ascending; it says what is true, the rest of the folder how it is asked for and written.

#include "simulator/daydata.h"

#include <cstdint>

namespace wristkeep {

class SimUser;

/// Who counted: the tracker on the wrist, a phone that saw some of the same minutes, or the scale.
enum class GoogleSource : std::uint8_t { Tracker, Phone, Scale };

struct GooglePoint
{
    qint64 startUtc = 0; ///< Unix seconds
    qint64 endUtc = 0;
    int startOffset = 0; ///< local minus UTC, seconds
    int endOffset = 0;
    QDate date; ///< the civil day it belongs to
    int value = 0;
    GoogleSource source = GoogleSource::Tracker;
    qint8 part = 0; ///< which level of activity or heart rate zone is meant
    qint64 id = 0;  ///< of records that have a name
};

/// What a generator may look at.
struct GoogleDay
{
    const SimUser &user;
    QDate date;
    qint64 now = 0;      ///< Unix seconds
    qint64 lastSync = 0; ///< Unix seconds
    bool early = false;  ///< the account is too young for a resting rate

    /// Valid until the next question to this user.
    [[nodiscard]] const DayData &data() const;
    /// Seconds of the day that have arrived.
    [[nodiscard]] int synced(const DayData &data) const;
};

using GoogleDayPoints = QList<GooglePoint> (*)(const GoogleDay &day);

/// One a minute while the tracker was worn, zeros included; and a phone's, slightly fewer, in some of them.
QList<GooglePoint> googleStepPoints(const GoogleDay &day);
/// Every reading.
QList<GooglePoint> googleHeartPoints(const GoogleDay &day);
/// At most one.
QList<GooglePoint> googleRestingPoints(const GoogleDay &day);
/// At most one, without a value of its own.
QList<GooglePoint> googleZoneBoundPoints(const GoogleDay &day);

// One a minute while the tracker was worn, zeros included.
QList<GooglePoint> googleDistancePoints(const GoogleDay &day); ///< millimetres
QList<GooglePoint> googleFloorPoints(const GoogleDay &day);
QList<GooglePoint> googleAltitudePoints(const GoogleDay &day); ///< millimetres
// One for each minute in which there was some; `part` says of which kind.
QList<GooglePoint> googleActivePoints(const GoogleDay &day);     ///< minutes; part: SimActivityLevel
QList<GooglePoint> googleZoneMinutePoints(const GoogleDay &day); ///< active zone minutes; part: zone
QList<GooglePoint> googleSedentaryPoints(const GoogleDay &day);  ///< seconds
QList<GooglePoint> googleTimeInZonePoints(const GoogleDay &day); ///< seconds; part: zone
/// One for each minute of a day with wear, in 1/100000 kcal: the basal rate counts off the wrist, too.
QList<GooglePoint> googleCaloriePoints(const GoogleDay &day);

QList<GooglePoint> googleSleepPoints(const GoogleDay &day);  ///< seconds
QList<GooglePoint> googleWeightPoints(const GoogleDay &day); ///< grams
QList<GooglePoint> googleFatPoints(const GoogleDay &day);    ///< per mille

} // namespace wristkeep
