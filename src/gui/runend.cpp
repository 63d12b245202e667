// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/runend.h"

#include <algorithm>

namespace wristkeep {

namespace {

RunEnd endOf(const Error &stopped)
{
    switch (stopped.kind) {
    case ErrorKind::Network:
        return RunEnd::Offline;
    case ErrorKind::Busy:
        return RunEnd::Busy;
    case ErrorKind::ServiceGone:
        return RunEnd::Gone;
    case ErrorKind::Storage:
    case ErrorKind::DatabaseTooNew:
        return RunEnd::Storage;
    case ErrorKind::RateLimited:
        return RunEnd::Waiting;
    case ErrorKind::NotConnected:
    case ErrorKind::TokenRefused:
    case ErrorKind::KeyUnusable:
        return RunEnd::NoToken;
    case ErrorKind::Cancelled:
        return RunEnd::Stopped;
    default:
        return RunEnd::Failed;
    }
}

} // namespace

bool wentWell(const ReportCell &cell)
{
    return cell.state && isGood(*cell.state) && !cell.triedAndFailed && !cell.waitsForQuota &&
           !cell.cancelled;
}

bool reachedNobody(const SyncReport &report)
{
    if (report.stopped)
        return report.stopped->kind == ErrorKind::Network;
    // Cells that needed no request say nothing about the connection, nor do those that may not be asked for.
    bool tried = false;
    for (const ReportCell &cell : report.cells) {
        if (!cell.triedAndFailed || cell.error == ErrorKind::ScopeMissing)
            continue;
        if (cell.error != ErrorKind::Network)
            return false;
        tried = true;
    }
    return tried && report.added == 0 && report.changed == 0 && report.same == 0;
}

RunEnd runEnd(const SyncReport &report)
{
    if (report.cancelled)
        return RunEnd::Stopped;
    if (report.stopped)
        return endOf(*report.stopped);
    if (report.noUsableToken)
        return RunEnd::NoToken;
    if (reachedNobody(report))
        return RunEnd::Offline;
    int well = 0;
    int waiting = 0;
    int denied = 0;
    bool anyData = report.cells.isEmpty();
    for (const ReportCell &cell : report.cells) {
        if (wentWell(cell)) {
            ++well;
            anyData = anyData || *cell.state != CellState::Empty;
        } else if (cell.waitsForQuota) {
            ++waiting;
        } else if (cell.state == CellState::NotPermitted) {
            ++denied;
        }
    }
    const int missing = int(report.cells.size()) - well;
    if (missing == 0)
        return anyData ? RunEnd::Well : RunEnd::Nothing;
    if (missing == waiting)
        return RunEnd::Waiting;
    if (missing == denied)
        return RunEnd::NotPermitted;
    return well == 0 && waiting == 0 ? RunEnd::Failed : RunEnd::Partly;
}

} // namespace wristkeep
