// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rows of an intraday data set: wall-clock time without date or offset, and a whole number. What the
// service makes of clock changes, missing minutes and today is decided here, once for every data type.

#include "simulator/datequery.h"
#include "simulator/daydata.h"
#include "simulator/simswitches.h"

namespace wristkeep {

struct DayRow
{
    int wallSecond = 0;
    int value = 0;
    int second = 0; ///< since the day's first instant
};

/// How much of a day the service knows: all of a past day, today up to the last sync.
struct DayHorizon
{
    int syncedSecond = 0;  ///< readings after it have not arrived
    int presentSecond = 0; ///< rows after it do not exist yet
};

/// True in the hour that an autumn clock change repeats, the second time round.
bool isRepeatedHour(const CivilDay &day, int second);

DayHorizon horizonOf(const CivilDay &day, qint64 lastSync, qint64 now);

/// `detail`: "1min", "5min", "15min". Zeros are rows.
QList<DayRow> stepRows(const DayData &data, const QString &detail, const DayHorizon &horizon,
                       FallBack fallBack);

/// `detail`: "1sec", "1min", "5min", "15min". Minutes without a reading have no row.
QList<DayRow> heartRows(const DayData &data, const QString &detail, const DayHorizon &horizon,
                        FallBack fallBack);

/// {"dataset":[…],"datasetInterval":5,"datasetType":"minute"}; `swapped` puts value before time.
QByteArray dataSetJson(const QList<DayRow> &rows, const QString &detail, bool swapped);

} // namespace wristkeep
