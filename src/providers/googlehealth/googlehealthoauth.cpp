// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealthoauth.h"

#include "core/clock.h"
#include "core/settings.h"
#include "providers/googlehealth/accountparsers.h"
#include "providers/googlehealth/googlehealtherrors.h"
#include "providers/googlehealth/googlehealthrequests.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

OAuthClient googleHealthOAuthClient(const Settings &settings)
{
    OAuthClient client;
    client.provider = u"google-health"_s;
    client.providerTitle = u"Google Health"_s;
    client.clientId = settings.value("GOOGLE_HEALTH_CLIENT_ID");
    client.clientSecret = settings.value("GOOGLE_HEALTH_CLIENT_SECRET");
    client.authorizeUrl = settings.url("GOOGLE_AUTHORIZE_URL");
    client.tokenUrl = settings.url("GOOGLE_TOKEN_URL");
    client.revokeUrl = settings.url("GOOGLE_REVOKE_URL");
    client.redirectUri = settings.value("GOOGLE_HEALTH_REDIRECT_URI");
    client.redirectSetting = u"GOOGLE_HEALTH_REDIRECT_URI"_s;
    client.scopes = settings.value("GOOGLE_HEALTH_SCOPES").simplified().split(u' ', Qt::SkipEmptyParts);
    client.basicAuthentication = false;
    // Without both, Google gives a refresh token at the very first consent only. The consent page lets the
    // account be chosen, so several participants need no other prompt. Never include_granted_scopes: a token
    // with scopes of another service is refused altogether.
    client.legacyProvider = u"fitbit"_s;
    client.promptAlways = u"consent"_s;
    client.extraAuthorizeParameters = {{"access_type", "offline"}};
    client.askPromptWhenSeveral = true;
    client.promptValue = u"select_account consent"_s;
    client.manualRevokePage = u"https://myaccount.google.com/connections: choose this program, then delete "
                              "the connection"_s;
    client.identityRequest = googleHealthGet(u"identity"_s, settings);
    client.readIdentity = [](const HttpResponse &response) -> Result<RemoteIdentity> {
        if (!response.ok())
            return failure(classifyGoogleHealthAnswer(response, SystemClock().nowUtc()));
        return parseGoogleIdentity(response.body);
    };
    client.classifyError = [](const HttpResponse &response) {
        return classifyGoogleTokenAnswer(response, SystemClock().nowUtc());
    };
    return client;
}

} // namespace wristkeep
