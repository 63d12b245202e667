// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table history: what a value was before it changed or was withdrawn, and from when until when that was
// what was known (docs/DATA.md). The caller holds the transaction.

#include "core/ids.h"
#include "core/result.h"
#include "store/statement.h"

#include <functional>

namespace wristkeep {

/// What a write did.
struct WriteCounts
{
    int added = 0;
    int changed = 0;
    int same = 0;
    int withdrawn = 0;
};

/// Where new rows come from.
struct Provenance
{
    AccountKey account;
    QString dataType; ///< whose cells they belong to
    std::optional<qint64> document;
    qint64 fetchedAtUtc = 0;
    /// True when the day's kept answer came before the day was over: of such only the last is kept.
    std::function<bool(QDate)> isInterim;
    /// True when the answer came after the day had settled.
    std::function<bool(QDate)> isSettled;
};

/// A value that gives way.
struct OldValue
{
    QString kind; ///< "sample", "daily", "session"
    QString type;
    QString key; ///< instant, date, or the session's key
    std::optional<double> value;
    QString text;                 ///< unit of a value, JSON of a session
    std::optional<qint64> series; ///< of a sample
    qint64 sinceUtc = 0;          ///< from when on it was known
    bool withdrawn = false;       ///< nothing took its place
};

class HistoryRows
{
public:
    explicit HistoryRows(sqlite3 *database);

    Outcome remember(const Provenance &from, const OldValue &old);
    /// When the sample changed or was withdrawn last, Unix seconds; 0: never.
    Result<qint64> lastChange(const AccountKey &account, const QString &type, qint64 series, qint64 t);

private:
    Statement m_insert;
    Statement m_lastChange;
};

} // namespace wristkeep
