// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Minutes and calories in the four heart rate zones of one day. Bounds: lower included, upper not; they move
// with age and resting rate.

#include "simulator/person.h"
#include "simulator/simswitches.h"

#include <QByteArray>

namespace wristkeep {

class HeartZones
{
public:
    HeartZones(const PersonTraits &person, QDate date);

    /// One minute with that mean rate.
    void add(int rate);
    /// One minute without a reading: counts as out of range, at the basal rate.
    void addUnmeasured();
    void clear();

    [[nodiscard]] int minutes(int zone) const { return m_zones.at(std::size_t(zone)).minutes; }
    /// 0 … 3: out of range, fat burn, cardio, peak.
    [[nodiscard]] int zoneOf(int rate) const;
    /// Included.
    [[nodiscard]] int low(int zone) const { return m_zones.at(std::size_t(zone)).low; }
    /// Not included.
    [[nodiscard]] int high(int zone) const { return m_zones.at(std::size_t(zone)).high; }
    /// What a minute with that mean rate burns, in 1/100000 kcal.
    [[nodiscard]] qint64 caloriesOf(int rate) const;
    /// What a minute burns at least, in 1/100000 kcal.
    [[nodiscard]] qint64 basalCalories() const { return m_basal; }
    /// 162248112 → "1622.48112", 50370000 → "503.7", 0 → "0".
    static QByteArray kcalText(qint64 hundredThousandths);
    [[nodiscard]] QByteArray json() const;
    /// Without minutes and calories, as seen for days without wear.
    [[nodiscard]] QByteArray bareJson() const;

private:
    struct Part
    {
        int low = 0;
        int high = 0;
        int minutes = 0;
        qint64 calories = 0; ///< in 1/100000 kcal
    };
    [[nodiscard]] QByteArray toJson(bool bare) const;

    std::array<Part, 4> m_zones;
    int m_resting;
    int m_reserve;
    qint64 m_basal; ///< 1/100000 kcal a minute
};

/// Whether a day without a reading has zones without minutes and calories.
bool areZonesBare(NotWorn notWorn, QDate date);

} // namespace wristkeep
