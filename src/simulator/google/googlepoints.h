// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The records of the simulated Health API and their generators: one function makes a type's records of one
// civil day, ascending; it says what is true, the rest of the folder how it is asked for and written.

#include "simulator/daydata.h"

#include <cstdint>

namespace wristkeep {

/// Who counted: the tracker on the wrist, or a phone that saw some of the same minutes.
enum class GoogleSource : std::uint8_t { Tracker, Phone };

struct GooglePoint
{
    qint64 startUtc = 0; ///< Unix seconds
    qint64 endUtc = 0;
    int startOffset = 0; ///< local minus UTC, seconds
    int endOffset = 0;
    QDate date; ///< the civil day it belongs to
    int value = 0;
    GoogleSource source = GoogleSource::Tracker;
};

/// What a generator may look at.
struct GoogleDay
{
    const DayData &data;
    quint64 personKey = 0;
    int synced = 0;     ///< seconds of the day that have arrived
    bool early = false; ///< the account is too young for a resting rate
};

using GoogleDayPoints = QList<GooglePoint> (*)(const GoogleDay &day);

/// One a minute while the tracker was worn, zeros included; and a phone's, slightly fewer, in some of them.
QList<GooglePoint> googleStepPoints(const GoogleDay &day);
/// Every reading.
QList<GooglePoint> googleHeartPoints(const GoogleDay &day);
/// At most one.
QList<GooglePoint> googleRestingPoints(const GoogleDay &day);

} // namespace wristkeep
