// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/fitbitapi.h"

#include "core/gzip.h"
#include "simulator/fitbiterrors.h"
#include "simulator/generators.h"
#include "simulator/oauthservice.h"
#include "simulator/simworld.h"

#include <array>
#include <memory>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype cacheBytes = 64 * 1024 * 1024;

struct ApiRoute
{
    QLatin1StringView prefix; ///< after "/{version}/user/{id}/"; ends with '/' when more follows
    QLatin1StringView scope;
    QLatin1StringView resource;
    SimResponse (*answer)(const ApiCall &);
};

/// A new data type is a row here.
constexpr std::array<ApiRoute, 5> routes = {{
    {QLatin1StringView("profile"), QLatin1StringView("profile"), {}, profileAnswer},
    {QLatin1StringView("devices"), QLatin1StringView("settings"), {}, devicesAnswer},
    {QLatin1StringView("activities/steps/date/"), QLatin1StringView("activity"), QLatin1StringView("steps"),
     stepsAnswer},
    {QLatin1StringView("activities/tracker/steps/date/"), QLatin1StringView("activity"),
     QLatin1StringView("tracker/steps"), stepsAnswer},
    {QLatin1StringView("activities/heart/date/"), QLatin1StringView("heartrate"), QLatin1StringView("heart"),
     heartAnswer},
}};

struct UserPath
{
    QString version;
    QString userId;
    QString rest; ///< without ".json"
};

std::optional<UserPath> readUserPath(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (parts.size() < 5 || !parts.at(0).isEmpty() || parts.at(2) != u"user"_s || !path.endsWith(u".json"_s))
        return std::nullopt;
    QString rest = parts.mid(4).join(u'/');
    rest.chop(5);
    return UserPath{parts.at(1), parts.at(3), rest};
}

const ApiRoute *findRoute(const QString &rest)
{
    for (const ApiRoute &route : routes) {
        const bool open = route.prefix.endsWith(u'/');
        if (open ? rest.startsWith(route.prefix) : rest == route.prefix)
            return &route;
    }
    return nullptr;
}

/// Every date of the path lies so far back that its day is over in any zone and has been synced.
bool datesAreOld(const QString &path, QDate limit)
{
    bool any = false;
    const QStringList parts = path.chopped(5).split(u'/');
    for (const QString &part : parts) {
        if (part == u"today"_s)
            return false;
        const QDate date = QDate::fromString(part, u"yyyy-MM-dd"_s);
        if (date.isValid() && date >= limit)
            return false;
        any = any || date.isValid();
    }
    return any;
}

} // namespace

FitbitApi::FitbitApi(SimWorld &world, OAuthService &oauth)
    : m_world(world), m_oauth(oauth), m_answers(cacheBytes)
{
}

SimResponse FitbitApi::answer(const SimRequest &request)
{
    const BearerCheck bearer = m_oauth.checkBearer(request);
    if (bearer.refusal)
        return *bearer.refusal;
    SimUser *user = m_world.users.find(bearer.userId);
    if (!user)
        return oauthError(401, u"invalid_token"_s,
                          u"Access token invalid: %1."_s.arg(QString::fromLatin1(request.bearer())));
    const qint64 now = m_world.clock.nowUtc();
    if (!m_world.quota.take(user->id(), now))
        return m_world.quota.refusal(user->id(), now);
    SimResponse response = authorized(request, *user, bearer.scopes);
    m_world.quota.addHeaders(response, user->id(), now);
    return response;
}

SimResponse FitbitApi::authorized(const SimRequest &request, SimUser &user, const QStringList &scopes)
{
    const qint64 now = m_world.clock.nowUtc();
    if (request.path == u"/1.1/oauth2/introspect"_s)
        return m_oauth.introspect(request);
    if (request.method != "GET" && request.method != "HEAD") {
        return fitbitError(403, u"insufficient_permissions"_s,
                           u"Read-only API client is not authorized to update resources."_s);
    }
    if (!isSettled(request, user, now))
        return generate(request, user, scopes, now);
    QByteArray key = user.id().toLatin1() + ' ' + QByteArray::number(user.revision()) + ' ' + request.target;
    key += ' ' + scopes.join(u' ').toLatin1();
    const bool wantsGzip = request.header("Accept-Encoding").contains("gzip");
    if (SimResponse *known = m_answers.object(key)) {
        if (wantsGzip && known->gzipBody.isEmpty())
            known->gzipBody = gzipCompress(known->body, 1);
        return *known;
    }
    SimResponse made = generate(request, user, scopes, now);
    if (made.status != 200)
        return made;
    if (wantsGzip)
        made.gzipBody = gzipCompress(made.body, 1);
    // The compressed form may come later: a fifth is what it usually takes.
    const qsizetype cost = made.body.size() + made.body.size() / 5 + 512;
    m_answers.insert(key, std::make_unique<SimResponse>(made).release(), cost);
    return made;
}

bool FitbitApi::isSettled(const SimRequest &request, const SimUser &user, qint64 now) const
{
    return datesAreOld(request.path, user.dateAt(lastSyncOf(m_world, now)).addDays(-1));
}

SimResponse FitbitApi::generate(const SimRequest &request, const SimUser &user, const QStringList &scopes,
                                qint64 now)
{
    const std::optional<UserPath> path = readUserPath(request.path);
    const ApiRoute *route = path ? findRoute(path->rest) : nullptr;
    if (!route || (path->version != u"1"_s && !(path->version == u"1.1"_s && route->resource == u"heart"_s)))
        return unknownEndpoint(request.path);
    if (path->userId != u"-"_s && path->userId != user.id()) {
        return fitbitError(403, u"insufficient_permissions"_s,
                           u"This application does not have permission to access data of another user."_s);
    }
    if (!scopes.contains(route->scope)) {
        return fitbitError(
            403, u"insufficient_scope"_s,
            u"This application does not have permission to access %1 data."_s.arg(route->scope) +
                u" Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web "
                "API authorization process."_s);
    }
    if (const auto served = m_world.servedBodies.constFind(request.path);
        served != m_world.servedBodies.constEnd())
        return *served;
    const QStringList parts = path->rest.mid(route->prefix.size()).split(u'/', Qt::SkipEmptyParts);
    const ApiCall call{request, m_world,         user, path->version,
                       parts,   route->resource, now,  lastSyncOf(m_world, now)};
    return route->answer(call);
}

} // namespace wristkeep
