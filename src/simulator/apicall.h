// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One authorized call of the simulated Fitbit API, as its generators see it.

#include "simulator/dayrows.h"
#include "simulator/simmessage.h"
#include "simulator/simusers.h"

namespace wristkeep {

struct SimWorld;

struct ApiCall
{
    const SimRequest &request;
    const SimWorld &world;
    const SimUser &user;
    QString version;     ///< "1", "1.1"
    QStringList parts;   ///< what follows the route's prefix, without ".json"
    QString resource;    ///< what the route says it serves, e.g. "steps"
    qint64 now = 0;      ///< Unix seconds
    qint64 lastSync = 0; ///< Unix seconds

    [[nodiscard]] QDate today() const { return user.dateAt(now); }
    [[nodiscard]] bool inUtc() const;
    [[nodiscard]] DayData day(QDate date) const;
    [[nodiscard]] DayHorizon horizon(const DayData &data) const;
    /// The figures of a date as far as they have arrived.
    [[nodiscard]] SimDayTotals totals(QDate date) const;
    /// Logs that ended on that civil day and have arrived, ascending.
    [[nodiscard]] QList<SimSleepLog> sleeps(QDate date) const;
    [[nodiscard]] QList<SimWeighIn> weighIns(QDate date) const;
    /// Chance per date, user and purpose for what varies between answers.
    [[nodiscard]] bool varies(QDate date, int perMille, quint64 purpose) const;
    /// The 403 of an application without intraday access, or nothing.
    [[nodiscard]] std::optional<SimResponse> refuseIntraday() const;
};

/// When the phone last brought data, seen from `now`.
qint64 lastSyncOf(const SimWorld &world, qint64 now);

} // namespace wristkeep
