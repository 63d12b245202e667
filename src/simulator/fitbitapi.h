// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The simulated Fitbit Web API: checks token, quota and scope, finds the generator, keeps finished answers.

#include "simulator/simmessage.h"

#include <QCache>

namespace wristkeep {

class OAuthService;
class SimUser;
struct SimWorld;

class FitbitApi
{
public:
    FitbitApi(SimWorld &world, OAuthService &oauth);

    SimResponse answer(const SimRequest &request);
    /// After anything about the service was changed by hand.
    void forgetAnswers() { m_answers.clear(); }

private:
    SimResponse authorized(const SimRequest &request, SimUser &user, const QStringList &scopes);
    SimResponse generate(const SimRequest &request, const SimUser &user, const QStringList &scopes,
                         qint64 now);
    [[nodiscard]] bool isSettled(const SimRequest &request, const SimUser &user, qint64 now) const;

    SimWorld &m_world;
    OAuthService &m_oauth;
    QCache<QByteArray, SimResponse> m_answers; ///< of days that cannot change any more; cost in bytes
};

} // namespace wristkeep
