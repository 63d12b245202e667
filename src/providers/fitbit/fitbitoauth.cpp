// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbitoauth.h"

#include "core/clock.h"
#include "core/settings.h"
#include "providers/fitbit/fitbiterrors.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QUrl apiUrl(const Settings &settings, const QString &path)
{
    QUrl url = settings.url("FITBIT_API_URL");
    url.setPath(path);
    return url;
}

} // namespace

OAuthClient fitbitOAuthClient(const Settings &settings)
{
    OAuthClient client;
    client.provider = u"fitbit"_s;
    client.providerTitle = u"Fitbit"_s;
    client.clientId = settings.value("FITBIT_CLIENT_ID");
    client.clientSecret = settings.value("FITBIT_CLIENT_SECRET");
    client.authorizeUrl = settings.url("FITBIT_AUTHORIZE_URL");
    client.tokenUrl = apiUrl(settings, u"/oauth2/token"_s);
    client.revokeUrl = apiUrl(settings, u"/oauth2/revoke"_s);
    client.redirectUri = settings.value("FITBIT_REDIRECT_URI");
    client.redirectSetting = u"FITBIT_REDIRECT_URI"_s;
    client.scopes = settings.value("FITBIT_SCOPES").simplified().split(u' ', Qt::SkipEmptyParts);
    // Applications of type Client have no secret: they name themselves in the body alone.
    client.basicAuthentication = !client.clientSecret.isEmpty();
    client.askPromptWhenSeveral = true;
    client.promptValue = u"login consent"_s;
    client.manualRevokePage =
        u"fitbit.com: Settings, Applications, then Revoke Access beside the application"_s;
    client.classifyError = [](const HttpResponse &response) {
        return classifyFitbitAnswer(response, FitbitEndpoint::Token, SystemClock().nowUtc());
    };
    return client;
}

} // namespace wristkeep
