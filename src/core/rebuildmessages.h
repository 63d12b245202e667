// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a rebuild of the tables says: plain values between the rooms that find the differences and those that
// show them.

#include "core/ids.h"

#include <QDate>
#include <QList>
#include <QMap>
#include <QMetaType>

#include <cstdint>

namespace wristkeep {

/// Which account's tables are looked at; empty: every one.
struct RebuildScope
{
    QString participant;
    QString provider;

    [[nodiscard]] bool isAll() const { return participant.isEmpty() && provider.isEmpty(); }
};

/// One place where the tables and what the archive says differ.
struct RebuildDifference
{
    enum class Kind : std::uint8_t { Day, State, Value, Reading, Session };
    Kind kind = Kind::Value;
    AccountKey account;
    QString type;     ///< data type, or the value's own type; empty for a day
    QDate date;       ///< civil day; invalid when none is known
    QString time;     ///< of the first reading that differs, on the wall clock, "08:14"
    QString kept;     ///< what the tables hold: "9,120 steps"; empty: nothing
    QString rebuilt;  ///< what the archive gives; empty: nothing
    qint64 count = 1; ///< readings of that day that differ
};

/// "day", "state", "value", "reading", "session".
QString rebuildKindName(RebuildDifference::Kind kind);

/// An answer in the archive that could not be used.
struct RebuildProblem
{
    AccountKey account;
    QString dataType;
    QDate first;
    QDate last;
    QString text;           ///< a sentence
    bool isDamaged = false; ///< the bytes themselves are missing or wrong
    int takenOver = 0;      ///< days whose present rows came from it: they were taken over as they are
};

struct RebuildReport
{
    int answers = 0;                              ///< read from the archive
    QList<RebuildDifference> differences;         ///< the first of each kind
    QMap<RebuildDifference::Kind, qint64> totals; ///< all of them; only kinds that occur
    QList<RebuildProblem> problems;               ///< in the order of the archive
    int withoutAnswer = 0;                        ///< days taken over because no answer is in the archive
    int zonesPutRight = 0;                        ///< answers read with another zone than at first
    bool swapped = false;                         ///< the rebuilt tables are in use now
    QString keptFile;                             ///< where the tables from before are then

    [[nodiscard]] bool isEqual() const { return totals.isEmpty(); }
    /// True when every day's data is what the archive says, whether or not all of it can be read today.
    [[nodiscard]] bool isArchiveWhole() const;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::RebuildReport)
