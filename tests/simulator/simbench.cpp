// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simbench.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QTimer>

namespace wristkeep {

using namespace Qt::StringLiterals;

QJsonObject SimAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QString SimAnswer::errorType() const
{
    return json().value(u"errors"_s).toArray().at(0).toObject().value(u"errorType"_s).toString();
}

QString SimAnswer::message() const
{
    return json().value(u"errors"_s).toArray().at(0).toObject().value(u"message"_s).toString();
}

SimulatorOptions SimBench::defaults()
{
    SimulatorOptions options;
    options.clientSecret = QString::fromLatin1(secret);
    options.redirectUris = {QString::fromLatin1(redirect)};
    options.control = true;
    return options;
}

SimBench::SimBench(SimulatorOptions options, QDateTime now)
    : clock(std::move(now)), simulator(std::make_unique<Simulator>(std::move(options), clock))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (!simulator->listen())
        qFatal("the simulator does not listen");
}

SimAnswer SimBench::send(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                         const SimHeaders &headers, int timeoutMs)
{
    QNetworkRequest request(QUrl::fromEncoded(simulator->baseUrl().toEncoded() + target));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    SimAnswer answer;
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(timeoutMs, &loop, [&] {
        answer.timedOut = true;
        loop.quit();
    });
    if (!reply->isFinished())
        loop.exec();
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.error = reply->error();
    answer.body = reply->readAll();
    const auto pairs = reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        answer.headers.insert(name.toLower(), value);
    return answer;
}

SimAnswer SimBench::get(const QByteArray &target, const SimHeaders &headers, int timeoutMs)
{
    SimHeaders all = headers;
    all.append({"Authorization", "Bearer " + accessToken});
    return send("GET", target, {}, all, timeoutMs);
}

SimAnswer SimBench::post(const QByteArray &target, const QByteArray &form)
{
    const QByteArray basic = QByteArray("23DEMO:").append(secret).toBase64();
    return send("POST", target, form,
                {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", "Basic " + basic}});
}

QJsonObject SimBench::control(const QByteArray &verb, const QJsonObject &command)
{
    return QJsonDocument::fromJson(
               simulator->control(verb, QJsonDocument(command).toJson(QJsonDocument::Compact)))
        .object();
}

void SimBench::fault(const QJsonObject &rule)
{
    if (!control("fault", rule).contains(u"id"_s))
        qFatal("the simulator refuses a fault");
}

QByteArray SimBench::authorizeTarget(const QByteArray &scopes, const QByteArray &extra)
{
    return "/oauth2/authorize?client_id=23DEMO&response_type=code&scope=" + scopes.toPercentEncoding() +
           "&redirect_uri=" + QByteArray(redirect).toPercentEncoding() + "&state=st%26te" + extra;
}

SimAnswer SimBench::consent(const QByteArray &target, const QByteArray &form)
{
    return send("POST", target, form, {{"Content-Type", "application/x-www-form-urlencoded"}});
}

QByteArray SimBench::codeOf(const SimAnswer &answer)
{
    static const QRegularExpression pattern(u"[?&]code=([0-9a-f]{40})(&|#|$)"_s);
    return pattern.match(QString::fromLatin1(answer.headers.value("location"))).captured(1).toLatin1();
}

SimAnswer SimBench::exchange(const QByteArray &code, const QByteArray &extra)
{
    return post("/oauth2/token", "grant_type=authorization_code&client_id=23DEMO&code=" + code +
                                     "&redirect_uri=" + QByteArray(redirect).toPercentEncoding() + extra);
}

SimAnswer SimBench::refresh(const QByteArray &token)
{
    return post("/oauth2/token", "grant_type=refresh_token&client_id=23DEMO&refresh_token=" + token);
}

bool SimBench::signIn(const QByteArray &scopes, const QByteArray &user)
{
    QByteArray form = "decision=allow";
    for (const QByteArray &scope : scopes.split(' '))
        form += "&scope=" + scope;
    if (!user.isEmpty())
        form += "&user=" + user;
    const SimAnswer answer = exchange(codeOf(consent(authorizeTarget(scopes, "&prompt=consent"), form)));
    take(answer);
    return answer.status == 200;
}

void SimBench::take(const SimAnswer &tokens)
{
    accessToken = tokens.json().value(u"access_token"_s).toString().toLatin1();
    refreshToken = tokens.json().value(u"refresh_token"_s).toString().toLatin1();
}

} // namespace wristkeep
