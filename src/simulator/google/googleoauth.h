// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's token and revocation endpoints (RFC 6749, 7009, 7636 as Google does them; docs/SIMULATOR.md).

#include "simulator/simmessage.h"

namespace wristkeep {

struct Grant;
struct SimWorld;

/// What a bearer token turned out to be; without `valid` the rest is empty.
struct GoogleBearer
{
    bool given = false;
    bool valid = false;
    QString userId;
    QString clientId;
    QStringList scopes;
    QByteArray grantId;
};

class GoogleOAuth
{
public:
    explicit GoogleOAuth(SimWorld &world) : m_world(world) {}

    SimResponse token(const SimRequest &request);
    SimResponse revoke(const SimRequest &request);
    [[nodiscard]] GoogleBearer checkBearer(const SimRequest &request) const;

private:
    [[nodiscard]] std::optional<SimResponse> refuseClient(const FormFields &form) const;
    SimResponse exchangeCode(const FormFields &form);
    SimResponse refresh(const FormFields &form);
    SimResponse tokenAnswer(const Grant &grant, bool withRefreshToken) const;
    /// The grant a living access token belongs to.
    [[nodiscard]] Grant *grantOfAccess(const QByteArray &token) const;

    SimWorld &m_world;
};

} // namespace wristkeep
