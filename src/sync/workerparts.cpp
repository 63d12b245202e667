// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/workerparts.h"

#include "core/clock.h"
#include "sync/processmark.h"

namespace wristkeep {

namespace {

HttpLimits httpLimits(const WorkerLimits &limits)
{
    HttpLimits http;
    http.silenceMs = int(limits.silence.count());
    return http;
}

RunLimits runLimits(const WorkerLimits &limits)
{
    RunLimits run;
    run.retry.firstPause = limits.retryPause;
    run.retry.runBudget = limits.runBudget;
    run.leaseWait = limits.leaseWait;
    return run;
}

} // namespace

SyncWorker::Tools::Tools(const WorkerOptions &options)
    : store(options.clock), tokenStore(store), door(httpLimits(options.limits)), owner(processMark()),
      tokens(tokenStore, door, *options.clock, options.secrets, owner),
      services{options.settings,         *options.clock, store, tokenStore, door, tokens, owner,
               runLimits(options.limits)}
{
}

} // namespace wristkeep
