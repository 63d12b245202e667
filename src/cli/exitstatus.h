// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The exit statuses (docs/man/wristkeep-cli.1), decided in one place from values alone: the first that
// applies wins.

#include "core/syncmessages.h"

namespace wristkeep {

struct BackfillStatus;
struct ConnectReport;
struct DisconnectReport;
struct Finding;
struct RebuildReport;

enum class ExitStatus : int {
    Fine = 0,
    NotGood = 1,      ///< a cell is not good, or a connect was refused, denied, timed out
    Wrong = 2,        ///< usage or configuration
    ConnectFirst = 3, ///< a participant asked for has no usable token
    WaitForQuota = 4, ///< all that is missing waits for the provider's limit
    Interrupted = 5
};

ExitStatus exitStatusOf(const Error &error);
ExitStatus exitStatusOf(const SyncReport &report);
/// Of a backfill that was worked off as far as it goes now.
ExitStatus exitStatusOf(const BackfillStatus &status);
ExitStatus exitStatusOf(const ConnectReport &report);
ExitStatus exitStatusOf(const DisconnectReport &report);
ExitStatus exitStatusOf(const QList<AccountStatus> &accounts);
ExitStatus exitStatusOf(const QList<Finding> &findings);
/// Fine: the tables are what the archive says, or have become so.
ExitStatus exitStatusOf(const RebuildReport &report);

/// What the person asked for is in: neither missing nor failed in this run.
bool cellIsGood(const ReportCell &cell);

} // namespace wristkeep
