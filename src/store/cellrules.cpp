// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cellrules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

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

} // namespace

qint64 settleTime(QDate date, int settleDays, const Zone &zone)
{
    return civilDay(date.addDays(1 + settleDays), zone).startUtc;
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

bool keepsOldData(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    // Of a list in pages nobody knows how much it holds before its last page is in.
    if (!old || !old->cell.hasData || !answer.isLastPage)
        return false;
    const DayAnswer whole = wholeFetch(old, answer);
    return !whole.hasData || whole.points < old->cell.points;
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
        cell.suspicious = true;
        cell.lastError = whole.hasData ? u"The last answer held fewer readings (%1) than are kept (%2)."_s
                                             .arg(whole.points)
                                             .arg(cell.points)
                                       : u"The last answer was empty although data is kept."_s;
        return row;
    }
    const CellState state =
        answeredState(whole.hasData, answer.fetchedAtUtc, answer.settleAtUtc, answer.isToday);
    // The instant says when the kept bytes came: the same bytes again move it only with the state.
    const bool isSame = row.document == answer.document &&
                        (answer.isFirstPage || row.dayFile.earlierPages == answer.dayFile.earlierPages);
    if (!isSame || state != cell.state || !cell.fetchedAtUtc)
        cell.fetchedAtUtc = answer.fetchedAtUtc;
    cell.state = state;
    cell.hasData = whole.hasData;
    cell.suspicious = false;
    cell.reason.clear();
    cell.lastError.clear();
    cell.points = whole.points;
    row.settleAtUtc = answer.settleAtUtc;
    row.document = answer.document;
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
