// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A worker whose answers a test writes down beforehand: no store, no network. It takes SyncWorker's and
// Doctor's place at link time, so the commands under test are the ones that ship.

#include "sync/doctor.h"
#include "sync/syncworker.h"

namespace wristkeep::test {

struct FakeAnswers
{
    std::optional<Error> openError;
    QList<ParticipantEntry> participants{{QStringLiteral("default"), {}}};
    QList<AccountStatus> accounts;
    bool connectWaits = false; ///< until cancelled or pasted to
    QString acceptedAddress;   ///< the pasted address that is the right one
    std::optional<WrongAccountQuestion> question;
    ConnectReport connectReport;
    DisconnectReport disconnectReport;
    bool syncWaits = false; ///< until cancelled
    SyncReport syncReport;
    QList<BackfillStatus> backfills; ///< told one after the other when one is begun, paused, …
    std::optional<Error> requestError;
    QList<Finding> findings;

    // What was asked of it.
    QStringList calls;
    SyncRequest syncRequest;
    ConnectRequest connectRequest;
    BackfillOrder backfillOrder;
};

/// Of the test that runs; reset before each.
FakeAnswers &answers();

} // namespace wristkeep::test
