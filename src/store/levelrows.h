// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table levels: minutes, hours and civil days of samples, kept in the commit that writes the samples
// (docs/adr/0013). Minutes and hours are those of UTC, days those of civil_days. The caller holds the
// transaction.

#include "core/civilday.h"
#include "core/ids.h"
#include "core/records.h"
#include "core/result.h"
#include "store/statement.h"

#include <cstdint>
#include <vector>

namespace wristkeep {

/// A sample as the commit leaves it, or took it away.
struct SampleEntry
{
    enum class State : std::uint8_t { Same, Added, Changed, Gone };
    qint64 t = 0;
    double v = 0;
    State state = State::Same;
    double oldV = 0; ///< of a changed one

    [[nodiscard]] bool isNews() const { return state != State::Same; }
};

/// Instants [startUtc, endUtc).
struct UtcRange
{
    qint64 startUtc = 0;
    qint64 endUtc = 0;
};

class LevelRows
{
public:
    explicit LevelRows(sqlite3 *database);

    /// Everything that shares an hour or a civil day with a sample in [firstUtc, lastUtc]: what write() has
    /// to be told of.
    Result<UtcRange> around(const AccountKey &account, qint64 firstUtc, qint64 lastUtc);

    /// `entries`: all samples of the series in around(), ascending; what has no news in it stays as it is.
    Outcome write(const AccountKey &account, qint64 series, bool isFinerThanMinutes,
                  const std::vector<SampleEntry> &entries);

    /// The account's day is new in civil_days, or has other bounds there now.
    Outcome placeDay(const AccountKey &account, const CivilDay &day, bool isNew);

private:
    struct Row
    {
        qint64 level = 0;
        qint64 t = 0;
        qint64 n = 0; ///< 0: there is no such row
        double least = 0;
        double most = 0;
        double sum = 0;

        void take(double v);
    };
    Result<QList<CivilDay>> daysAround(const AccountKey &account, qint64 firstUtc, qint64 lastUtc);
    static void addBuckets(qint64 width, const std::vector<SampleEntry> &entries, std::vector<Row> &rows);
    static void addDay(const CivilDay &day, const std::vector<SampleEntry> &entries, std::vector<Row> &rows);
    Outcome writeRows(qint64 series, const std::vector<Row> &rows);
    /// From its first instant to its last in civil_days; none: it is not there.
    Result<std::optional<UtcRange>> placeOf(const AccountKey &account, QDate date);
    Outcome sumUp(const AccountKey &account, QDate date, UtcRange range, bool isNew);

    Statement m_selectDays;
    Statement m_selectDate;
    Statement m_upsertSome;
    Statement m_upsertOne;
    Statement m_delete;
    Statement m_deleteDay;
    Statement m_insertDay;
};

} // namespace wristkeep
