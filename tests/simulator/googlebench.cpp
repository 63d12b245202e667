// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/googlebench.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QJsonObject errorOf(const SimAnswer &answer)
{
    return answer.json().value(u"error"_s).toObject();
}

QJsonObject civil(QDate date)
{
    return {{u"date"_s,
             QJsonObject{{u"year"_s, date.year()}, {u"month"_s, date.month()}, {u"day"_s, date.day()}}}};
}

} // namespace

SimulatorOptions GoogleBench::options()
{
    SimulatorOptions options = SimBench::defaults();
    options.googleClientSecret = QString::fromLatin1(secret);
    return options;
}

QByteArray GoogleBench::allScopes()
{
    return QByteArray(activity) + ' ' + metrics + ' ' + settings + ' ' + profile + ' ' + sleep;
}

GoogleBench::GoogleBench(SimulatorOptions options, QDateTime now)
    : SimBench(std::move(options), std::move(now))
{
}

QByteArray GoogleBench::authorizeTarget(const QByteArray &scopes, const QByteArray &extra)
{
    return "/o/oauth2/v2/auth?client_id=" + QByteArray(clientId) +
           "&response_type=code&scope=" + scopes.toPercentEncoding() +
           "&redirect_uri=" + QByteArray(redirect).toPercentEncoding() + "&state=st%26te" + extra;
}

SimAnswer GoogleBench::allow(const QByteArray &target, const QByteArray &scopes)
{
    QByteArray form = "decision=allow";
    for (const QByteArray &scope : scopes.split(' '))
        form += "&scope=" + scope.toPercentEncoding();
    return consent(target, form);
}

QString GoogleBench::locationValue(const SimAnswer &answer, const QString &name)
{
    const QUrlQuery query(QUrl::fromEncoded(answer.headers.value("location")));
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

QByteArray GoogleBench::codeOf(const SimAnswer &answer)
{
    return locationValue(answer, u"code"_s).toLatin1();
}

SimAnswer GoogleBench::tokenPost(const QByteArray &form)
{
    return send("POST", "/token", form, {{"Content-Type", "application/x-www-form-urlencoded"}});
}

SimAnswer GoogleBench::exchange(const QByteArray &code, const QByteArray &extra)
{
    return tokenPost("grant_type=authorization_code&client_id=" + QByteArray(clientId) +
                     "&client_secret=" + secret + "&code=" + code.toPercentEncoding() +
                     "&redirect_uri=" + QByteArray(redirect).toPercentEncoding() + extra);
}

SimAnswer GoogleBench::refresh(const QByteArray &token)
{
    return tokenPost("grant_type=refresh_token&client_id=" + QByteArray(clientId) +
                     "&client_secret=" + secret + "&refresh_token=" + token.toPercentEncoding());
}

bool GoogleBench::signIn(const QByteArray &scopes)
{
    const QByteArray target = authorizeTarget(scopes, "&access_type=offline&prompt=consent");
    const SimAnswer answer = exchange(codeOf(allow(target, scopes)));
    take(answer);
    return answer.status == 200;
}

SimAnswer GoogleBench::list(const QByteArray &points, const QList<QPair<QByteArray, QByteArray>> &query)
{
    QByteArray target = "/v4/users/me/dataTypes/" + points;
    for (const auto &[name, value] : query)
        target += (target.contains('?') ? '&' : '?') + name + '=' + value.toPercentEncoding();
    return get(target);
}

SimAnswer GoogleBench::rollUp(const QByteArray &points, const QJsonObject &body)
{
    return send("POST", "/v4/users/me/dataTypes/" + points,
                QJsonDocument(body).toJson(QJsonDocument::Compact),
                {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + accessToken}});
}

QJsonObject GoogleBench::dailyBody(QDate start, QDate end, int windowDays)
{
    return {{u"range"_s, QJsonObject{{u"start"_s, civil(start)}, {u"end"_s, civil(end)}}},
            {u"windowSizeDays"_s, windowDays}};
}

QJsonObject GoogleBench::windowBody(const QString &start, const QString &end, const QString &window)
{
    return {{u"range"_s, QJsonObject{{u"startTime"_s, start}, {u"endTime"_s, end}}},
            {u"windowSize"_s, window}};
}

QJsonObject GoogleBench::truth(QDate date)
{
    return control("truth", {{u"date"_s, date.toString(Qt::ISODate)}});
}

QString reasonOf(const SimAnswer &answer)
{
    return errorOf(answer).value(u"details"_s).toArray().at(0).toObject().value(u"reason"_s).toString();
}

QString statusOf(const SimAnswer &answer)
{
    return errorOf(answer).value(u"status"_s).toString();
}

QString messageOf(const SimAnswer &answer)
{
    return errorOf(answer).value(u"message"_s).toString();
}

} // namespace wristkeep
