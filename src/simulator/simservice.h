// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The simulated service behind the socket: decides who answers a request, and lets the faults in between.

#include "simulator/authorizepage.h"
#include "simulator/fitbitapi.h"
#include "simulator/google/googleservice.h"
#include "simulator/oauthservice.h"

namespace wristkeep {

struct FaultRule;
struct SimWorld;

/// Answers a verb of the control interface; see docs/SIMULATOR.md.
using ControlHandler = std::function<SimResponse(const SimRequest &)>;

class SimService
{
public:
    SimService(SimWorld &world, ControlHandler control);

    SimResponse answer(const SimRequest &request);
    void forgetAnswers() { m_api.forgetAnswers(); }

private:
    SimResponse route(const SimRequest &request);
    SimResponse withFaults(const SimRequest &request);
    void touchGrant(const FaultRule &rule, const SimRequest &request);
    void useUpQuota(const QString &userId, bool google);
    [[nodiscard]] bool isForeign(const SimRequest &request) const;

    SimWorld &m_world;
    ControlHandler m_control;
    OAuthService m_oauth;
    AuthorizePage m_authorize;
    FitbitApi m_api;
    GoogleService m_google;
};

} // namespace wristkeep
