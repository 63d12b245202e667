// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/civildays.h"

#include "core/fetchtask.h"
#include "core/zonedays.h"

#include <algorithm>

namespace wristkeep {

CivilDays::CivilDays(const FetchTask &task, const Zone &zone) : m_first(task.first)
{
    ZoneDays days(zone);
    for (QDate date = task.first; date <= task.last.addDays(1); date = date.addDays(1))
        m_starts.push_back(days.start(date));
}

std::optional<int> CivilDays::indexOf(qint64 utc) const
{
    const auto after = std::upper_bound(m_starts.cbegin(), m_starts.cend(), utc);
    if (after == m_starts.cbegin() || after == m_starts.cend())
        return std::nullopt;
    return int(after - m_starts.cbegin()) - 1;
}

} // namespace wristkeep
