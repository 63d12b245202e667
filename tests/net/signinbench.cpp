// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/signinbench.h"

#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace wristkeep::test {

QByteArray tokenBody()
{
    return R"({"access_token":"ACCESS-TOKEN-0123456789-abcdef","expires_in":28800,)"
           R"("refresh_token":"REFRESH-TOKEN-0123456789-abcdef","scope":"sleep activity sleep",)"
           R"("token_type":"Bearer","user_id":"9XY7QZ"})";
}

Hit::Hit(quint16 port, const QByteArray &bytes, const QHostAddress &address)
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { answer += socket.readAll(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [this] { closed = true; });
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [this, bytes] {
        connected = true;
        socket.write(bytes);
    });
    socket.connectToHost(address, port);
}

SignInBench::SignInBench()
{
    request.key = AccountKey{u"default"_s, u"fitbit"_s};
    OAuthClient &client = request.client;
    client.provider = u"fitbit"_s;
    client.providerTitle = u"Fitbit"_s;
    client.clientId = u"23ABCD"_s;
    client.clientSecret = u"s+cr/t"_s;
    client.authorizeUrl = server.url(u"/oauth2/authorize"_s);
    client.tokenUrl = server.url(u"/oauth2/token"_s);
    client.revokeUrl = server.url(u"/oauth2/revoke"_s);
    client.redirectUri = u"http://127.0.0.1:0/fitbit/callback"_s;
    client.redirectSetting = u"FITBIT_REDIRECT_URI"_s;
    client.scopes = {u"activity"_s, u"heartrate"_s};
    client.promptValue = u"login consent"_s;
    server.setHandler([](const SeenRequest &) { return Script::answer(200, tokenBody()); });
    QObject::connect(signIn.get(), &SignIn::authorizeUrlReady, signIn.get(),
                     [this](const QUrl &to, const QString &back) {
                         url = to;
                         redirect = back;
                     });
    QObject::connect(signIn.get(), &SignIn::finished, signIn.get(),
                     [this](const SignInOutcome &outcome) { outcomes.append(outcome); });
}

bool SignInBench::start()
{
    url.clear();
    signIn->start(request);
    return QTest::qWaitFor([this] { return !url.isEmpty() || !outcomes.isEmpty(); });
}

QString SignInBench::asked(const QString &name) const
{
    return QUrlQuery(url.query(QUrl::FullyEncoded)).queryItemValue(name, QUrl::FullyDecoded);
}

quint16 SignInBench::port() const
{
    return quint16(QUrl(redirect).port());
}

QByteArray SignInBench::hostName() const
{
    return "127.0.0.1:" + QByteArray::number(port());
}

QByteArray SignInBench::get(const QByteArray &target, const QByteArray &host) const
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + (host.isEmpty() ? hostName() : host) +
           "\r\nUser-Agent: test\r\n\r\n";
}

QByteArray SignInBench::target(const QByteArray &code) const
{
    return "/fitbit/callback?code=" + code + "&state=" + asked(u"state"_s).toLatin1();
}

QByteArray SignInBench::callback(const QByteArray &code) const
{
    return get(target(code));
}

} // namespace wristkeep::test
