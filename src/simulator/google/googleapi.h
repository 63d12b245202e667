// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The simulated Google Health API: the order of the checks is path, bearer, project, account, type and
// operation, scope, parameters, quota.

#include "simulator/google/googleoauth.h"
#include "simulator/google/googlepath.h"

namespace wristkeep {

class SimUser;

class GoogleApi
{
public:
    GoogleApi(SimWorld &world, GoogleOAuth &oauth) : m_world(world), m_oauth(oauth) {}

    SimResponse answer(const SimRequest &request);

private:
    [[nodiscard]] std::optional<SimResponse>
    refuseBearer(const SimRequest &request, const GoogleBearer &bearer, const GooglePath &path) const;
    [[nodiscard]] std::optional<SimResponse> refuseProject(const GoogleBearer &bearer) const;
    [[nodiscard]] std::optional<SimResponse> refuseAccount() const;
    SimResponse account(const SimRequest &request, const GooglePath &path, const SimUser &user,
                        const QStringList &scopes);
    SimResponse points(const SimRequest &request, const GooglePath &path, const SimUser &user,
                       const QStringList &scopes);
    /// Counts against the quota and makes the answer, or serves the body a test put in place.
    template<typename Make>
    SimResponse counted(const SimRequest &request, const SimUser &user, Make make);

    SimWorld &m_world;
    GoogleOAuth &m_oauth;
};

} // namespace wristkeep
