// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The civil days of one zone, for those who ask for many: each is worked out once.

#include "core/civilday.h"

#include <QHash>

namespace wristkeep {

class ZoneDays
{
public:
    explicit ZoneDays(Zone zone);

    [[nodiscard]] const Zone &zone() const { return m_zone; }
    CivilDay day(QDate date);
    /// Unix seconds of the date's first instant.
    qint64 start(QDate date);

private:
    int offsetAtNoon(QDate date);

    Zone m_zone;
    QHash<QDate, CivilDay> m_days;
    QHash<QDate, qint64> m_starts;
    QHash<QDate, int> m_noons; ///< offset at 12:00 UTC, seconds
};

} // namespace wristkeep
