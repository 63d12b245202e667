// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the sync card offers, as a value, and the request it means. Pure functions.

#include "core/datatype.h"
#include "core/syncmessages.h"

#include <QDate>

namespace wristkeep {

struct DayChoice
{
    enum Which : int { Yesterday, TodaySoFar, OneDay, LastWeek, Range };

    Which which = Yesterday;
    QDate first; ///< of OneDay and Range
    QDate last;  ///< of Range, inclusive
};

struct DataChoice
{
    enum Which : int { DefaultRun, Everything, Some };

    Which which = DefaultRun;
    QStringList types; ///< ids, of Some
};

/// Without an account. Yesterday stays open, so that the worker counts it on the participant's own clock;
/// days after `today` are cut off, a reversed range is put the right way round.
SyncRequest requestFor(const DayChoice &days, const DataChoice &data, const QList<DataType> &known,
                       QDate today);

/// "Steps, Heart rate" for what a choice means, "Everything"; titles without their resolution.
QString dataChoiceInWords(const DataChoice &data, const QList<DataType> &known);

/// The seven whole days before today.
QDate firstOfLastWeek(QDate today);

} // namespace wristkeep
