// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/refreshbench.h"

using namespace Qt::StringLiterals;

namespace wristkeep::test {

QByteArray pairBody(const QByteArray &name)
{
    return R"({"access_token":"access-)" + name + R"(","expires_in":28800,"refresh_token":"refresh-)" + name +
           R"(","scope":"sleep activity","token_type":"Bearer","user_id":"9XY7QZ"})";
}

QByteArray fitbitError(const QByteArray &type)
{
    return R"({"errors":[{"errorType":")" + type + R"(","message":"no"}],"success":false})";
}

RefreshBench::RefreshBench(int silenceMs)
{
    limits.silenceMs = silenceMs;
    door = std::make_unique<HttpDoor>(limits);
    manager = std::make_unique<TokenManager>(store, *door, clock, secrets, u"me"_s);
    key = AccountKey{u"default"_s, u"fitbit"_s};
    client.provider = u"fitbit"_s;
    client.providerTitle = u"Fitbit"_s;
    client.clientId = u"23ABCD"_s;
    client.clientSecret = u"secret"_s;
    client.tokenUrl = server.url(u"/oauth2/token"_s);
    client.revokeUrl = server.url(u"/oauth2/revoke"_s);
    store.put(key, token(u"old"_s, 10));
}

QString RefreshBench::host() const
{
    return u"127.0.0.1:%1"_s.arg(server.port());
}

Token RefreshBench::token(const QString &name, double lives) const
{
    Token made;
    made.accessToken = u"access-"_s + name;
    made.refreshToken = u"refresh-"_s + name;
    made.expiresAt = clock.nowSeconds() + lives;
    made.scopes = {u"activity"_s, u"weight"_s};
    made.userId = u"9XY7QZ"_s;
    made.tokenHost = host();
    return made;
}

std::shared_ptr<Heard> RefreshBench::ask(const QString &rejected)
{
    auto heard = std::make_shared<Heard>();
    const auto done = [heard](const Result<Token> &result) {
        ++heard->calls;
        heard->result = result;
    };
    if (rejected.isEmpty())
        manager->validToken(key, client, &context, done);
    else
        manager->replaceToken(key, client, rejected, &context, done);
    return heard;
}

} // namespace wristkeep::test
