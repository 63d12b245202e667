// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads days for the screen. Never writes: where there is no database yet, there is simply nothing to show.
// Each call opens the file anew, so that one that appears or is replaced in between is seen.

#include "core/dayrecord.h"
#include "core/result.h"

#include <QHash>
#include <QString>

namespace wristkeep {

class DayReader
{
public:
    /// `databaseFile` is absolute; `predecessors` tells which provider a provider goes on from.
    explicit DayReader(QString databaseFile, QHash<QString, QString> predecessors = {});

    /// Errors of both: Storage, BadConfiguration (the file is no database).
    [[nodiscard]] Result<SyncedDays> syncedDays(const AccountKey &account) const;
    /// A day the account has no data of comes from its predecessor, where that one has some.
    /// A day nobody asked for has no cells and no values. Its hours are those it was kept with, else those
    /// of the account's zone, else of this computer's.
    [[nodiscard]] Result<DayRecord> day(const AccountKey &account, QDate date) const;

private:
    [[nodiscard]] Error readable(Error error) const;

    QString m_file;
    QHash<QString, QString> m_predecessors;
};

} // namespace wristkeep
