// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a run works with, handed in once: all of it outlives the run.

#include "core/civilday.h"
#include "core/oauthclient.h"
#include "core/syncmessages.h"
#include "core/token.h"
#include "net/retrypolicy.h"

#include <chrono>
#include <memory>

namespace wristkeep {

class Clock;
class HttpDoor;
class Provider;
class RequestGate;
class StoreThread;
class TokenManager;
class TokenStore;
struct Settings;

struct RunLimits
{
    RetryPolicy retry;
    int parallel = 4;                             ///< requests under way at a time, per account
    std::chrono::milliseconds leaseWait{120'000}; ///< how long another process's run is waited for
    std::chrono::milliseconds leasePoll{500};
    std::chrono::seconds leaseHold{60}; ///< a killed run blocks the next one no longer than this
};

struct RunServices
{
    const Settings &settings;
    const Clock &clock;
    StoreThread &store;
    TokenStore &tokenStore;
    HttpDoor &door;
    TokenManager &tokens;
    QString owner; ///< names this process in leases
    RunLimits limits;
};

/// What a run knows about its account while it goes on; calls keep token and quota up to date.
struct AccountSession
{
    AccountKey key;
    const Provider *provider = nullptr;
    OAuthClient client;
    Token token;
    bool tokenReplaced = false; ///< in this run, because the service refused the one before
    Zone zone;
    QuotaState quota;
    std::shared_ptr<RequestGate> gate; ///< every request of the account goes through it; none: no limit
};

} // namespace wristkeep
