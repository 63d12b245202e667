// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cellrules.h"

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

CellState answeredState(bool hasData, qint64 fetchedAt, qint64 settleAt, bool isToday)
{
    if (isToday || fetchedAt < settleAt)
        return CellState::Provisional;
    return hasData ? CellState::Complete : CellState::Empty;
}

bool isPaged(const DayAnswer &answer)
{
    return !answer.isFirstPage || !answer.isLastPage;
}

} // namespace

qint64 settleTime(QDate date, int settleDays, const Zone &zone)
{
    return civilDay(date.addDays(1 + settleDays), zone).startUtc;
}

bool keepsOldData(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    // Of a list in pages nobody knows how much it holds before its last page is in.
    if (!old || !old->cell.hasData || isPaged(answer))
        return false;
    return !answer.hasData || answer.points < old->cell.points;
}

CellRow nextCell(const std::optional<CellRow> &old, const DayAnswer &answer)
{
    CellRow row = old.value_or(CellRow{});
    Cell &cell = row.cell;
    cell.key = answer.key;
    cell.lastTryUtc = answer.fetchedAtUtc;
    if (keepsOldData(old, answer)) {
        cell.suspicious = true;
        cell.lastError = answer.hasData ? u"The last answer held fewer readings (%1) than are kept (%2)."_s
                                              .arg(answer.points)
                                              .arg(cell.points)
                                        : u"The last answer was empty although data is kept."_s;
        return row;
    }
    const int pending = (answer.isFirstPage ? 0 : row.pending) + answer.points;
    if (!answer.isLastPage) {
        row.pending = pending;
        cell.lastError.clear();
        if (!cell.hasData || cell.state == CellState::Partial) {
            cell.state = CellState::Partial;
            cell.hasData = cell.hasData || answer.hasData;
            cell.reason = u"Not all pages of the answer are in yet."_s;
            cell.fetchedAtUtc = answer.fetchedAtUtc;
            cell.points = pending;
            row.document = answer.document;
        }
        return row;
    }
    const bool hasData = answer.hasData || (!answer.isFirstPage && (pending > 0 || cell.hasData));
    const CellState state = answeredState(hasData, answer.fetchedAtUtc, answer.settleAtUtc, answer.isToday);
    // The instant says when the kept bytes came: the same bytes again move it only with the state.
    if (row.document != answer.document || state != cell.state || !cell.fetchedAtUtc)
        cell.fetchedAtUtc = answer.fetchedAtUtc;
    cell.state = state;
    cell.hasData = hasData;
    cell.suspicious = false;
    cell.reason.clear();
    cell.lastError.clear();
    cell.points = pending;
    row.pending = 0;
    row.settleAtUtc = answer.settleAtUtc;
    row.document = answer.document;
    if (answer.dayDocument > 0)
        row.dayDocument = answer.dayDocument;
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
