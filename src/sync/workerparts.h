// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a worker is made of: for the files that implement it.

#include "net/httpdoor.h"
#include "net/tokenmanager.h"
#include "sync/backfillengine.h"
#include "sync/connector.h"
#include "sync/runservices.h"
#include "sync/storethread.h"
#include "sync/storetokens.h"
#include "sync/syncrun.h"
#include "sync/syncworker.h"

#include <QQueue>

namespace wristkeep {

/// What a worker works with. Made on the thread the worker lives on: sockets stay where they were born.
struct SyncWorker::Tools
{
    explicit Tools(const WorkerOptions &options);

    // The order is the order of dependence: what is destroyed first stands last.
    StoreThread store;
    StoreTokens tokenStore;
    HttpDoor door;
    QString owner;
    TokenManager tokens;
    RunServices services;
};

struct SyncWorker::Parts
{
    WorkerOptions options;
    std::unique_ptr<Tools> tools;
    QQueue<SyncRequest> waiting;
    std::unique_ptr<SyncRun> run;
    std::unique_ptr<BackfillEngine> backfills;
    std::unique_ptr<Connector> connector;
    QList<AccountKey> disconnecting;
    int removing = 0;
    bool closing = false;
    bool isOutOfPatience = false; ///< with the answer to a refresh, while closing
    bool shut = false;
};

} // namespace wristkeep
