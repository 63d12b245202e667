// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleservice.h"

#include "simulator/google/googleerrors.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

SimResponse GoogleService::answer(const SimRequest &request)
{
    const bool posted = request.method == "POST";
    if (request.path == u"/o/oauth2/v2/auth"_s &&
        (posted || request.method == "GET" || request.method == "HEAD"))
        return m_consent.answer(request);
    if (request.path == u"/token"_s && posted)
        return m_oauth.token(request);
    if (request.path == u"/revoke"_s && posted)
        return m_oauth.revoke(request);
    if (request.path.startsWith(u"/v4/"_s))
        return m_api.answer(request);
    return googleNotFoundPage(request.path);
}

} // namespace wristkeep
