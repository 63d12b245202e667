// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exitstatus.h"

#include "core/backfill.h"
#include "core/rebuildmessages.h"
#include "sync/doctor.h"
#include "sync/syncworker.h"

#include <algorithm>

namespace wristkeep {

bool cellIsGood(const ReportCell &cell)
{
    return cell.state && isGood(*cell.state) && !cell.triedAndFailed && !cell.waitsForQuota;
}

ExitStatus exitStatusOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::BadUsage:
    case ErrorKind::BadConfiguration:
    case ErrorKind::DatabaseTooNew:
    case ErrorKind::ClientRefused:
    case ErrorKind::PortBusy:
        return ExitStatus::Wrong;
    case ErrorKind::Cancelled:
        return ExitStatus::Interrupted;
    case ErrorKind::NotConnected:
    case ErrorKind::TokenRefused:
    case ErrorKind::KeyUnusable:
        return ExitStatus::ConnectFirst;
    case ErrorKind::RateLimited:
        return ExitStatus::WaitForQuota;
    default:
        return ExitStatus::NotGood;
    }
}

ExitStatus exitStatusOf(const SyncReport &report)
{
    const ExitStatus stopped = report.stopped ? exitStatusOf(*report.stopped) : ExitStatus::Fine;
    if (stopped == ExitStatus::Wrong)
        return ExitStatus::Wrong;
    if (report.cancelled || stopped == ExitStatus::Interrupted)
        return ExitStatus::Interrupted;
    if (report.noUsableToken || stopped == ExitStatus::ConnectFirst)
        return ExitStatus::ConnectFirst;

    const auto missing = [](const ReportCell &cell) { return !cellIsGood(cell); };
    const auto missingForGood = [](const ReportCell &cell) {
        return !cellIsGood(cell) && !cell.waitsForQuota;
    };
    if (stopped == ExitStatus::NotGood ||
        std::any_of(report.cells.begin(), report.cells.end(), missingForGood))
        return ExitStatus::NotGood;
    if (stopped == ExitStatus::WaitForQuota || std::any_of(report.cells.begin(), report.cells.end(), missing))
        return ExitStatus::WaitForQuota;
    return ExitStatus::Fine;
}

ExitStatus exitStatusOf(const BackfillStatus &status)
{
    switch (status.state) {
    case BackfillState::Done:
        return status.reason.isEmpty() ? ExitStatus::Fine : ExitStatus::NotGood;
    case BackfillState::WaitingForQuota:
        return ExitStatus::WaitForQuota;
    case BackfillState::Paused:
    case BackfillState::Cancelled:
        return ExitStatus::Interrupted;
    case BackfillState::NeedsPerson: {
        Error error;
        error.kind = status.problem.value_or(ErrorKind::Internal);
        return exitStatusOf(error);
    }
    default:
        return ExitStatus::NotGood;
    }
}

ExitStatus exitStatusOf(const ConnectReport &report)
{
    if (report.connected)
        return ExitStatus::Fine;
    const ExitStatus status = exitStatusOf(report.error);
    // "Connect first" would be no help to someone who just tried to.
    const bool tellsMore = status == ExitStatus::Wrong || status == ExitStatus::Interrupted;
    return tellsMore ? status : ExitStatus::NotGood;
}

ExitStatus exitStatusOf(const DisconnectReport &report)
{
    if (report.error)
        return exitStatusOf(*report.error);
    return report.wasConnected ? ExitStatus::Fine : ExitStatus::ConnectFirst;
}

ExitStatus exitStatusOf(const QList<AccountStatus> &accounts)
{
    if (accounts.isEmpty())
        return ExitStatus::ConnectFirst;
    const auto is = [](ConnectionState state) {
        return [state](const AccountStatus &account) { return account.state == state; };
    };
    if (std::any_of(accounts.begin(), accounts.end(), is(ConnectionState::NotConfigured)))
        return ExitStatus::Wrong;
    return std::all_of(accounts.begin(), accounts.end(), is(ConnectionState::Connected))
               ? ExitStatus::Fine
               : ExitStatus::ConnectFirst;
}

ExitStatus exitStatusOf(const QList<Finding> &findings)
{
    ExitStatus worst = ExitStatus::Fine;
    for (const Finding &finding : findings) {
        const ExitStatus status = finding.level == Finding::Level::WrongConfiguration ? ExitStatus::Wrong
                                  : finding.level == Finding::Level::Attention        ? ExitStatus::NotGood
                                                                                      : ExitStatus::Fine;
        worst = std::max(worst, status);
    }
    return worst;
}

ExitStatus exitStatusOf(const RebuildReport &report)
{
    const bool isSettled = report.isEqual() || report.swapped;
    return isSettled && report.isArchiveWhole() ? ExitStatus::Fine : ExitStatus::NotGood;
}

} // namespace wristkeep
