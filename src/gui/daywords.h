// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A day in plain words: its figures, or why one is missing, and how the day stands. Pure functions.

#include "core/dayrecord.h"
#include "gui/statecolors.h"

#include <QString>

namespace wristkeep {

/// A figure and what stands beneath it; a missing one is "–" with the reason beneath.
struct FigureText
{
    QString value;
    QString note;
    bool operator==(const FigureText &) const = default;
};

FigureText stepsInWords(const DayRecord &record);
FigureText restingHeartRateInWords(const DayRecord &record);
FigureText heartMinutesInWords(const DayRecord &record);

/// What stands where the plot would be when there is no heart rate.
QString noHeartRateInWords(const DayRecord &record);

struct DayStateText
{
    Tone tone = Tone::Neutral;
    QString text;            ///< "Complete", "Not permitted: heart rate"
    QString details;         ///< one line for each kind of data
    bool offersSync = false; ///< never asked, partly in or failed: asking again may help
};

DayStateText dayStateInWords(const DayRecord &record);

/// "Sunday, 22 November 2026" in the person's locale.
QString longDayInWords(QDate day);
/// "13:05", or with seconds where there are any; on days with a clock change with the offset: "02:30
/// (+01:00)".
QString wallTimeInWords(const CivilDay &day, qint64 utc);

} // namespace wristkeep
