// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of samples with what hangs on them: their levels, when they arrived, and what they were before. Writes
// only what changed. The caller holds the transaction.

#include "core/civilday.h"
#include "core/records.h"
#include "store/daycontent.h"
#include "store/historyrows.h"
#include "store/levelrows.h"

namespace wristkeep {

/// A civil day of an answer, and whether the answer's samples of it are taken.
struct DaySpan
{
    CivilDay day;
    bool isTaken = true;
};

/// The days of an answer, and what becomes of samples outside of them.
class DaySpans
{
public:
    DaySpans(QList<DaySpan> days, bool takesOutside);

    [[nodiscard]] bool takes(qint64 utc) const;
    /// The date of the answer's day; invalid outside of its days.
    [[nodiscard]] QDate dateOf(qint64 utc) const;
    [[nodiscard]] const QList<DaySpan> &days() const { return m_days; }

private:
    [[nodiscard]] const DaySpan *find(qint64 utc) const;

    QList<DaySpan> m_days;
    bool m_takesOutside;
    mutable qsizetype m_last = 0; ///< neighbours follow each other
};

/// How much of what is kept an answer says again.
struct Confirmation
{
    qint64 kept = 0;
    qint64 confirmed = 0;
};

class SampleRows
{
public:
    SampleRows(sqlite3 *database, HistoryRows &history, LevelRows &levels);

    Outcome write(const Provenance &from, const SampleSeries &series, const DaySpans &days,
                  WriteCounts &counts);
    /// What is kept of the day and its answer lacks.
    Outcome withdraw(const Provenance &from, const DayContent &content, WriteCounts &counts);
    Outcome confirm(const AccountKey &account, const QString &dataType, const DayContent &content,
                    Confirmation &sum);

    /// True when the account has samples of the kind in the range, whatever their resolution.
    Result<bool> hasKind(const AccountKey &account, const QString &kind, UtcRange range);
    Result<QList<Sample>> read(const AccountKey &account, const QString &type, UtcRange range);

private:
    struct KeptSeries
    {
        qint64 id = 0;
        SeriesName name;
    };
    Result<qint64> seriesId(const AccountKey &account, const SampleSeries &series);
    /// The account's series that a data type's answer speaks of.
    Result<QList<KeptSeries>> seriesOf(const AccountKey &account, const QString &dataType,
                                       const DayContent &content);
    Result<std::vector<Sample>> present(qint64 series, UtcRange range);
    Outcome remember(const Provenance &from, const KeptSeries &series, const Sample &old, bool isGone);
    Outcome writeEntries(const Provenance &from, const KeptSeries &series, const DaySpans &days,
                         const std::vector<SampleEntry> &entries);
    /// Of samples that are not there yet.
    Outcome insert(qint64 series, const std::vector<Sample> &samples);
    Outcome noteArrivals(const Provenance &from, qint64 series, const DaySpans &days,
                         const std::vector<SampleEntry> &entries);
    Outcome noteArrivalsOf(const Provenance &from, qint64 series, const DaySpan &span,
                           const std::vector<SampleEntry> &entries);
    Outcome noteRuns(qint64 series, qint64 fetchedAtUtc, const std::vector<SampleEntry> &entries);
    Outcome noteArrival(qint64 series, qint64 first, qint64 last, qint64 fetchedAtUtc);

    HistoryRows &m_history;
    LevelRows &m_levels;
    Statement m_selectSeries;
    Statement m_insertSeries;
    Statement m_seriesOfType;
    Statement m_selectRange;
    Statement m_countRange;
    Statement m_insertMany;
    Statement m_insertSome;
    Statement m_upsert;
    Statement m_delete;
    Statement m_since;
    Statement m_forgetArrivals;
    Statement m_insertArrival;
    Statement m_typesIn;
    Statement m_read;
};

} // namespace wristkeep
