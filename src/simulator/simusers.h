// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The accounts of the simulated service: each a person with days of their own, a zone that can change by
// date, and wear that a test can set.

#include "simulator/daymeasures.h"
#include "simulator/sleeplog.h"
#include "simulator/weighin.h"

#include <QCache>
#include <QMap>

#include <deque>
#include <optional>

namespace wristkeep {

/// What a test decides about a day; Auto leaves it to chance.
enum class Wear : std::uint8_t { Auto, Worn, Unworn };

/// What a test decides about the main night of a day.
struct SimNightChange
{
    int longer = 0;       ///< minutes it came back longer
    bool pending = false; ///< its stages are still being computed
    bool operator==(const SimNightChange &) const = default;
};

class SimUser
{
public:
    SimUser(quint64 seed, int index, const QByteArray &zone, QDate memberSince);

    [[nodiscard]] const QString &id() const { return m_traits.id; }
    [[nodiscard]] const PersonTraits &traits() const { return m_traits; }
    [[nodiscard]] QDate memberSince() const { return m_memberSince; }

    [[nodiscard]] Zone zoneOn(QDate date) const;
    /// False when the zone is not known. Without a date it replaces all that was set before.
    bool setZone(const QByteArray &zone, std::optional<QDate> from);
    void setWear(QDate first, QDate last, Wear wear);
    void clearWear();

    /// The civil date at an instant.
    [[nodiscard]] QDate dateAt(qint64 utc) const;
    [[nodiscard]] CivilDay civilDayOf(QDate date) const;
    /// Local minus UTC at an instant, seconds.
    [[nodiscard]] int offsetOf(qint64 utc) const;
    /// Valid until the next call for this user. Before membership nothing was recorded.
    [[nodiscard]] const DayData &day(QDate date) const;
    [[nodiscard]] DayData dayInUtc(QDate date) const;
    /// The figures of a whole day; kept, so that years of them are cheap.
    [[nodiscard]] SimDayTotals totals(QDate date) const;
    /// What ended on that civil day, ascending.
    [[nodiscard]] QList<SimSleepLog> sleeps(QDate date) const;
    /// Ascending; without regard to wear, because the scale stays at home.
    [[nodiscard]] QList<SimWeighIn> weighIns(QDate date) const;
    void setNight(QDate date, SimNightChange change);
    [[nodiscard]] SimNightChange nightOf(QDate date) const { return m_nights.value(date); }
    void clearNights();
    /// Grows whenever something about the past was changed by hand.
    [[nodiscard]] int revision() const { return m_revision; }

private:
    [[nodiscard]] bool wornOn(QDate date) const;
    void changed();

    PersonTraits m_traits;
    QDate m_memberSince;
    QMap<QDate, QByteArray> m_zones;
    QMap<QDate, Wear> m_wear;
    QMap<QDate, SimNightChange> m_nights;
    mutable QCache<qint64, DayData> m_days{48};
    mutable QCache<qint64, SimDayTotals> m_totals{8000};
    mutable QCache<qint64, QList<SimSleepLog>> m_sleeps{400};
    int m_revision = 0;
};

/// Logs of a civil day that ended long enough before the last sync to have been worked out.
QList<SimSleepLog> arrivedSleeps(const SimUser &user, QDate date, qint64 lastSync);
QList<SimWeighIn> arrivedWeighIns(const SimUser &user, QDate date, qint64 lastSync);

class SimUsers
{
public:
    SimUsers(quint64 seed, QByteArray zone, QDate memberSince, int count);

    [[nodiscard]] const std::deque<SimUser> &all() const { return m_users; }
    [[nodiscard]] std::deque<SimUser> &all() { return m_users; }
    [[nodiscard]] SimUser *find(const QString &id);
    [[nodiscard]] SimUser &current();
    bool setCurrent(const QString &id);
    SimUser &add();

private:
    quint64 m_seed;
    QByteArray m_zone;
    QDate m_memberSince;
    std::deque<SimUser> m_users; ///< a deque: references stay valid when users are added
    std::size_t m_current = 0;
};

} // namespace wristkeep
