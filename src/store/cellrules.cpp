// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cellrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// A day that lost one reading in ten was corrected; one that lost more looks like a broken answer.
constexpr qint64 ConfirmedPercent = 90;
/// So far apart two equal answers are two, not one asked for twice.
constexpr qint64 SecondAnswerAfter = 3600;

CellState answeredState(bool hasData, qint64 fetchedAt, qint64 settleAt, bool isToday)
{
    if (isToday || fetchedAt < settleAt)
        return CellState::Provisional;
    return hasData ? CellState::Complete : CellState::Empty;
}

/// "Nothing poorer replaces data", as long as pages are missing too: a fetch begun anew counts from its
/// start.
void takePage(CellRow &row, const DayAnswer &whole)
{
    Cell &cell = row.cell;
    row.pending = whole.points;
    cell.lastError.clear();
    if (cell.hasData && cell.state != CellState::Partial)
        return;
    cell.state = CellState::Partial;
    cell.hasData = cell.hasData || whole.hasData;
    cell.reason = u"Not all pages of the answer are in yet."_s;
    cell.fetchedAtUtc = whole.fetchedAtUtc;
    cell.points = std::max(cell.points, whole.points);
    row.document = whole.document;
}

bool isBelieved(const CellRow &old, const DayAnswer &answer)
{
    if (answer.kept > 0 && answer.confirmed * 100 >= answer.kept * ConfirmedPercent)
        return true;
    return !answer.digest.isEmpty() && answer.digest == old.doubt &&
           answer.fetchedAtUtc >= old.doubtAtUtc + SecondAnswerAfter;
}

void doubt(CellRow &row, const DayAnswer &whole)
{
    Cell &cell = row.cell;
    cell.suspicious = true;
    cell.lastError = whole.hasData
                         ? u"The last answer held fewer readings (%1) than are kept (%2)."_s.arg(whole.points)
                               .arg(cell.points)
                         : u"The last answer was empty although data is kept."_s;
    if (row.doubt != whole.digest)
        row.doubtAtUtc = whole.digest.isEmpty() ? 0 : whole.fetchedAtUtc;
    row.doubt = whole.digest;
}

} // namespace

qint64 settleTime(QDate date, int settleDays, ZoneDays &zone)
{
    return zone.start(date.addDays(1 + settleDays));
}

DayAnswer wholeFetch(const std::optional<CellRow> &old, DayAnswer answer)
{
    if (answer.isFirstPage || !old)
        return answer;
    answer.points += old->pending;
    answer.hasData = answer.hasData || old->pending > 0;
    return answer;
}

bool waitsForLastPage(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    const bool isPaged = !answer.isFirstPage || !answer.isLastPage;
    return isPaged && old && old->cell.hasData && old->cell.state != CellState::Partial;
}

bool isPoorer(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    // Of a list in pages nobody knows how much it holds before its last page is in.
    if (!old || !old->cell.hasData || !answer.isLastPage)
        return false;
    const DayAnswer whole = wholeFetch(old, answer);
    return whole.hasData && whole.points < old->cell.points;
}

bool keepsOldData(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    if (!old || !old->cell.hasData || !answer.isLastPage)
        return false;
    return isPoorer(old, answer) ? !isBelieved(*old, answer) : !wholeFetch(old, answer).hasData;
}

bool isInterim(const std::optional<CellRow> &old, qint64 dayEndUtc)
{
    return old && old->cell.fetchedAtUtc && *old->cell.fetchedAtUtc < dayEndUtc;
}

CellRow nextCell(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    CellRow row = old.value_or(CellRow{});
    Cell &cell = row.cell;
    const DayAnswer whole = wholeFetch(old, answer);
    cell.key = answer.key;
    cell.lastTryUtc = answer.fetchedAtUtc;
    if (!answer.isLastPage) {
        takePage(row, whole);
        return row;
    }
    row.pending = 0;
    if (keepsOldData(old, answer)) {
        doubt(row, whole);
        return row;
    }
    const CellState state =
        answeredState(whole.hasData, answer.fetchedAtUtc, answer.settleAtUtc, answer.isToday);
    // The instant says when the kept bytes came: the same bytes again move it only with the state.
    const bool isSame = row.document == answer.document &&
                        (answer.isFirstPage || row.dayFile.earlierPages == answer.dayFile.earlierPages);
    // So does the first answer after the day's end: what it says is no interim answer any more.
    const bool isFirstAfterTheDay =
        isInterim(old, answer.dayEndUtc) && answer.fetchedAtUtc >= answer.dayEndUtc;
    if (!isSame || state != cell.state || isFirstAfterTheDay || !cell.fetchedAtUtc)
        cell.fetchedAtUtc = answer.fetchedAtUtc;
    cell.state = state;
    cell.hasData = whole.hasData;
    cell.suspicious = false;
    cell.reason.clear();
    cell.lastError.clear();
    cell.points = whole.points;
    row.settleAtUtc = answer.settleAtUtc;
    row.document = answer.document;
    row.doubt.clear();
    row.doubtAtUtc = 0;
    if (answer.dayFile.document > 0)
        row.dayFile = answer.dayFile;
    return row;
}

CellRow releasedCell(CellRow row, int values)
{
    Cell &cell = row.cell;
    cell.hasData = true;
    cell.points += values;
    cell.reason.clear();
    if (cell.fetchedAtUtc && cell.state != CellState::Partial)
        cell.state = answeredState(true, *cell.fetchedAtUtc, row.settleAtUtc, false);
    return row;
}

} // namespace wristkeep
