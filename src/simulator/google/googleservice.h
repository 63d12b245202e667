// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's half of the simulated service: consent, tokens, API.

#include "simulator/google/googleapi.h"
#include "simulator/google/googleconsent.h"

namespace wristkeep {

class GoogleService
{
public:
    explicit GoogleService(SimWorld &world) : m_oauth(world), m_consent(world), m_api(world, m_oauth) {}

    /// For a path that isGooglePath().
    SimResponse answer(const SimRequest &request);
    [[nodiscard]] GoogleBearer checkBearer(const SimRequest &request) const
    {
        return m_oauth.checkBearer(request);
    }

private:
    GoogleOAuth m_oauth;
    GoogleConsent m_consent;
    GoogleApi m_api;
};

} // namespace wristkeep
