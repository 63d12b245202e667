// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/runreport.h"

#include "sync/runtexts.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

void RunNotes::add(const FetchTask &task, const CellNote &note)
{
    for (QDate day = task.first; day <= task.last; day = day.addDays(1))
        m_notes.insert({task.dataType, day}, note);
}

void RunNotes::add(const CellKey &key, const CellNote &note)
{
    m_notes.insert({key.dataType, key.date}, note);
}

QList<ReportCell> RunNotes::report(const QList<CellKey> &asked, const QList<Cell> &ledger) const
{
    QHash<Place, const Cell *> cells;
    cells.reserve(ledger.size());
    for (const Cell &cell : ledger)
        cells.insert({cell.key.dataType, cell.key.date}, &cell);
    QList<ReportCell> report;
    report.reserve(asked.size());
    for (const CellKey &key : asked) {
        const Place place{key.dataType, key.date};
        const CellNote note = m_notes.value(place);
        ReportCell line;
        line.key = key;
        line.reason = note.reason;
        line.triedAndFailed = note.triedAndFailed;
        line.waitsForQuota = note.waitsForQuota;
        line.cancelled = note.cancelled;
        line.error = note.error;
        if (const Cell *cell = cells.value(place)) {
            line.state = cell->state;
            if (line.reason.isEmpty())
                line.reason = cell->reason;
        }
        report.append(std::move(line));
    }
    return report;
}

void addPart(SyncReport &whole, const SyncReport &part)
{
    whole.cells << part.cells;
    whole.cancelled = whole.cancelled || part.cancelled;
    whole.noUsableToken = whole.noUsableToken || part.noUsableToken;
    whole.added += part.added;
    whole.changed += part.changed;
    whole.same += part.same;
    whole.withdrawn += part.withdrawn;
    whole.filesWritten << part.filesWritten;
    if (part.nextAtUtc)
        whole.nextAtUtc = whole.nextAtUtc ? std::min(*whole.nextAtUtc, *part.nextAtUtc) : part.nextAtUtc;
    if (!whole.stopped)
        whole.stopped = part.stopped;
}

int goodCells(const SyncReport &part)
{
    return int(std::count_if(part.cells.begin(), part.cells.end(), [](const ReportCell &cell) {
        return cell.state && isGood(*cell.state) && !cell.triedAndFailed && !cell.waitsForQuota &&
               !cell.cancelled;
    }));
}

QString outcomeText(const SyncReport &part, qint64 nowUtc)
{
    const QString count = u"%1 of %2 done."_s.arg(goodCells(part)).arg(part.cells.size());
    if (part.cancelled)
        return u"Stopped. "_s + count;
    if (part.nextAtUtc)
        return u"%1 The rest waits for the quota until %2."_s.arg(count, momentText(*part.nextAtUtc, nowUtc));
    const auto failed = std::find_if(part.cells.begin(), part.cells.end(), [](const ReportCell &cell) {
        return cell.triedAndFailed || (cell.state && !isGood(*cell.state));
    });
    return failed == part.cells.end() || failed->reason.isEmpty() ? count : count + u' ' + failed->reason;
}

} // namespace wristkeep
