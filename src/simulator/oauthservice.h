// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fitbit's OAuth 2.0 endpoints (RFC 6749, 7009, 7636, 7662 as Fitbit does them; docs/SIMULATOR.md).

#include "simulator/simmessage.h"

namespace wristkeep {

struct Grant;
struct SimWorld;

/// What a bearer token turned out to be.
struct BearerCheck
{
    std::optional<SimResponse> refusal; ///< 401 with the proper error; then the rest is empty
    QString userId;
    QString clientId;
    QStringList scopes;
    QByteArray grantId;
};

class OAuthService
{
public:
    explicit OAuthService(SimWorld &world) : m_world(world) {}

    SimResponse token(const SimRequest &request);
    SimResponse revoke(const SimRequest &request);
    [[nodiscard]] SimResponse introspect(const SimRequest &request) const;

    [[nodiscard]] BearerCheck checkBearer(const SimRequest &request) const;

private:
    std::optional<SimResponse> refuseClient(const SimRequest &request, const FormFields &form,
                                            QString *clientId) const;
    SimResponse exchangeCode(const FormFields &form, const QString &clientId);
    SimResponse refresh(const FormFields &form, const QString &clientId);
    SimResponse rotate(Grant &grant, const QByteArray &oldToken);
    [[nodiscard]] QByteArray tokenAnswer(const Grant &grant) const;

    SimWorld &m_world;
};

} // namespace wristkeep
