// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The date part of a path, e.g. date/2024-03-10/1d/1min/time/08:00/09:00, checked as the service checks it.

#include "simulator/simmessage.h"

#include <QDate>
#include <QStringList>

namespace wristkeep {

/// What one resource allows.
struct DateRules
{
    QString resource;           ///< for the error text
    QStringList periods;        ///< "1d", "1m" …
    QStringList details;        ///< intraday levels
    int maxDays = 1095;         ///< inclusive dates
    bool oneYear = false;       ///< instead of maxDays: at most one calendar year
    bool singleDate = false;    ///< one date alone is a question, too
    bool explicitDates = false; ///< "today" is no date
    QDate since;                ///< where the period "max" begins
};

struct DateQuery
{
    QDate first;
    QDate last;     ///< inclusive
    QString detail; ///< empty: daily values
    bool windowed = false;
    int fromSecond = 0;        ///< of the first day's wall clock
    int toSecond = 86'399;     ///< of the last day's, inclusive
    bool literalToday = false; ///< the path said "today"
    [[nodiscard]] bool intraday() const { return !detail.isEmpty(); }
    /// True when a wall-clock second of that date lies in the window.
    [[nodiscard]] bool covers(QDate date, int second) const;
};

/// Returns the refusal, or nothing and fills `query`. `parts` is what follows "date".
std::optional<SimResponse> readDateQuery(const QStringList &parts, QDate today, const DateRules &rules,
                                         DateQuery *query);

} // namespace wristkeep
