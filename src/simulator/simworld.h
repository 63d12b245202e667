// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the simulated service knows, in one place: its parts share it, the control interface turns it.

#include "simulator/faults.h"
#include "simulator/google/googlequota.h"
#include "simulator/grants.h"
#include "simulator/quota.h"
#include "simulator/requestlog.h"
#include "simulator/simclock.h"
#include "simulator/simswitches.h"
#include "simulator/simulator.h"
#include "simulator/simusers.h"

#include <QHash>

namespace wristkeep {

struct SimWorld
{
    SimWorld(SimulatorOptions given, const Clock &base)
        : options(std::move(given)), clock(base),
          users(options.seed, options.zone, options.memberSince, options.users)
    {
        switches.intraday = options.intradayAllowed;
        quota.setPerHour(options.quotaPerHour);
        googleQuota.setPerMinute(options.googlePerMinute);
        grants.keepIssued(options.control);
    }

    SimulatorOptions options;
    SimClock clock;
    SimSwitches switches;
    Grants grants;
    SimUsers users;
    Quota quota;
    GoogleQuota googleQuota;
    FaultBook faults;
    RequestLog log;
    QHash<QString, SimResponse> servedBodies; ///< answers put in place for a path, e.g. captured ones
    std::function<void()> save;               ///< writes the state file; never empty
};

} // namespace wristkeep
