// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a commit is going to do with each day of an answer, decided before its first row is written: what is
// believed, what is kept, what is withdrawn (docs/adr/0004, 0012, 0013).

#include "store/cellrules.h"
#include "store/daycontent.h"
#include "store/ingest.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace wristkeep {

class CellRows;
class Documents;
class Measurements;

/// One day of an answer: what is known, what came, what will become of it.
struct PlannedDay
{
    CivilDay civil;
    std::optional<CellRow> old;
    DayAnswer answer;
    QSet<QString> withheld; ///< daily values whose zero nobody believes yet
    bool keepOld = false;
    bool waits = false;   ///< for the fetch's last page, which brings the rows of all
    bool isNewer = false; ///< than what is kept
    QByteArray oldSha256; ///< of what the ledger knows to be in the day file

    [[nodiscard]] bool takesRows() const { return !keepOld && (!waits || answer.isLastPage); }
    /// Rows of the pages before the last one are in already, unless they had to wait.
    [[nodiscard]] bool takesEarlierRows() const { return takesRows() && waits; }
    [[nodiscard]] bool isSettled() const
    {
        return !answer.isToday && answer.fetchedAtUtc >= answer.settleAtUtc;
    }
    /// What is kept came before the day was over: of such only the last form is kept.
    [[nodiscard]] bool replacesInterim() const { return isInterim(old, civil.endUtc()); }
    /// Rows that the whole fetch lacks go. Needs all of its pages at hand.
    [[nodiscard]] bool withdraws() const
    {
        return takesRows() && isNewer && answer.isLastPage && old->cell.hasData &&
               wholeFetch(old, answer).hasData;
    }
};

class CommitPlan
{
public:
    /// In the order of the answer.
    [[nodiscard]] const QList<PlannedDay> &days() const { return m_days; }
    void append(PlannedDay day);
    [[nodiscard]] const PlannedDay *find(QDate date) const;

private:
    QList<PlannedDay> m_days;
    QHash<QDate, qsizetype> m_places;
};

class CommitPlanner
{
public:
    CommitPlanner(CellRows &cells, Documents &documents, Measurements &measurements);

    Result<CommitPlan> plan(const CommitRequest &request);

private:
    Result<PlannedDay> planDay(const CommitRequest &request, const DayResult &result,
                               const std::optional<CellRow> &old);
    /// What the ledger says of the answer's days.
    Result<QHash<QDate, CellRow>> oldCells(const CommitRequest &request);
    /// The days of the zone; kept from answer to answer, since most come in one zone.
    ZoneDays &daysIn(const Zone &zone);
    Outcome judgeZeros(const CommitRequest &request, PlannedDay &day);
    Result<bool> isWitnessed(const CommitRequest &request, const DailyValue &value, const CivilDay &day);
    /// Looks how much of what is kept a poorer answer says again.
    Outcome weigh(const CommitRequest &request, PlannedDay &day);
    Outcome findOldDayFile(PlannedDay &day);

    CellRows &m_cells;
    Documents &m_documents;
    Measurements &m_measurements;
    std::optional<ZoneDays> m_days;
};

} // namespace wristkeep
