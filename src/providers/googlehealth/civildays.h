// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The civil days of a task as instants, worked out once for thousands of rows.

#include <QDate>

#include <optional>
#include <vector>

namespace wristkeep {

struct FetchTask;
struct Zone;

class CivilDays
{
public:
    CivilDays(const FetchTask &task, const Zone &zone);

    [[nodiscard]] int count() const { return int(m_starts.size()) - 1; }
    [[nodiscard]] QDate date(int index) const { return m_first.addDays(index); }
    /// Which of the days an instant is in; none outside them.
    [[nodiscard]] std::optional<int> indexOf(qint64 utc) const;

private:
    QDate m_first;
    std::vector<qint64> m_starts; ///< of each day, and of the one after the last
};

} // namespace wristkeep
