// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/googlebench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep::test {
namespace {

Result<RemoteIdentity> readIdentity(const HttpResponse &response)
{
    if (response.status == 401)
        return failure(ErrorKind::TokenRefused, u"Bad credentials."_s);
    if (response.status >= 500)
        return failure(ErrorKind::ServiceFailing);
    if (response.status != 200)
        return failure(ErrorKind::RequestRefused, u"No Google Health profile belongs to this account."_s);
    const QJsonObject root = QJsonDocument::fromJson(response.body).object();
    return RemoteIdentity{root[u"healthUserId"_s].toString(), root[u"legacyUserId"_s].toString()};
}

} // namespace

QByteArray googleTokens(bool withRefreshToken)
{
    const QByteArray refresh = withRefreshToken ? R"("refresh_token":"1//refresh-0123456789-abcdefgh",)" : "";
    return R"({"access_token":"ya29.ACCESS-0123456789-abcdefghij","expires_in":3599,)" + refresh +
           R"("scope":"https://g.example/auth/h.sleep.readonly https://g.example/auth/h.activity.readonly",)"
           R"("token_type":"Bearer","refresh_token_expires_in":604799})";
}

GoogleBench::GoogleBench()
    : tokens(googleTokens()),
      identity(Script::answer(
          200, R"({"name":"users/me/identity","healthUserId":"2515055256","legacyUserId":"8ABCDE"})"))
{
    request.key = AccountKey{u"default"_s, u"google-health"_s};
    OAuthClient &client = request.client;
    client.provider = u"google-health"_s;
    client.providerTitle = u"Google Health"_s;
    client.clientId = u"1234-abc.apps.googleusercontent.com"_s;
    client.clientSecret = u"GOCSPX-0123456789abcdef"_s;
    client.authorizeUrl = server.url(u"/o/oauth2/v2/auth"_s);
    client.tokenUrl = server.url(u"/token"_s);
    client.revokeUrl = server.url(u"/revoke"_s);
    client.redirectUri = u"http://127.0.0.1:0/callback"_s;
    client.redirectSetting = u"GOOGLE_HEALTH_REDIRECT_URI"_s;
    client.scopes = {u"https://g.example/auth/h.activity.readonly"_s,
                     u"https://g.example/auth/h.sleep.readonly"_s};
    client.basicAuthentication = false;
    client.promptValue = u"select_account consent"_s;
    client.promptAlways = u"consent"_s;
    client.extraAuthorizeParameters = {{"access_type", "offline"}, {"odd", "a b+c&d=%2F"}};
    client.legacyProvider = u"fitbit"_s;
    client.manualRevokePage = u"https://myaccount.example/connections"_s;
    HttpRequest ask;
    ask.url = server.url(u"/v4/users/me/identity"_s);
    client.identityRequest = ask;
    client.readIdentity = readIdentity;
    server.setHandler([this](const SeenRequest &seen) {
        if (!seen.target.startsWith("/v4/"))
            return Script::answer(200, tokens);
        identityAsked.append(seen);
        return identity;
    });
}

SignInOutcome GoogleBench::run(QByteArray *page)
{
    if (!start() || port() == 0)
        return {};
    Hit browser(port(), get("/callback?code=C0DE&scope=x&state=" + asked(u"state"_s).toLatin1()));
    if (!QTest::qWaitFor([this, &browser] { return !outcomes.isEmpty() && browser.closed; }))
        return {};
    if (page)
        *page = browser.answer;
    return outcomes.size() == 1 ? outcomes.first() : SignInOutcome();
}

void GoogleBench::connectedBefore(const AccountKey &key, const QString &userId)
{
    Token token;
    token.userId = userId;
    token.refreshToken = u"kept-refresh-token"_s;
    token.tokenHost = u"127.0.0.1:%1"_s.arg(server.port());
    store.put(key, token);
}

} // namespace wristkeep::test
