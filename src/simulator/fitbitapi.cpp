// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/fitbitapi.h"

#include "core/gzip.h"
#include "simulator/fitbiterrors.h"
#include "simulator/generators.h"
#include "simulator/oauthservice.h"
#include "simulator/simworld.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype cacheBytes = 64 * 1024 * 1024;

struct ApiRoute
{
    std::string_view prefix; ///< after "/{version}/user/{id}/"; ends with '/' when more follows
    std::string_view scope;
    std::string_view resource;
    SimResponse (*answer)(const ApiCall &);
    std::string_view versions = "1"; ///< separated by spaces
};

/// A new data type is a row here.
constexpr std::array routes = {
    ApiRoute{"profile", "profile", {}, profileAnswer},
    ApiRoute{"devices", "settings", {}, devicesAnswer},
    ApiRoute{"activities/steps/date/", "activity", "steps", stepsAnswer},
    ApiRoute{"activities/tracker/steps/date/", "activity", "tracker/steps", stepsAnswer},
    ApiRoute{"activities/heart/date/", "heartrate", "heart", heartAnswer, "1 1.1"},
    ApiRoute{"activities/active-zone-minutes/date/", "activity", "active-zone-minutes", zoneMinutesAnswer},
    ApiRoute{"sleep/date/", "sleep", "sleep", sleepAnswer, "1.2"},
    ApiRoute{"sleep/list", "sleep", "sleep", sleepListAnswer, "1.2"},
    ApiRoute{"body/log/weight/date/", "weight", "weight", weightLogAnswer},
    ApiRoute{"body/log/fat/date/", "weight", "fat", fatLogAnswer},
    ApiRoute{"body/weight/date/", "weight", "weight", bodySeriesAnswer},
    ApiRoute{"body/fat/date/", "weight", "fat", bodySeriesAnswer},
    ApiRoute{"body/bmi/date/", "weight", "bmi", bodySeriesAnswer},
};

/// Daily series below activities/ and activities/tracker/.
constexpr std::array<std::string_view, 9> activitySeries = {"distance",
                                                            "floors",
                                                            "elevation",
                                                            "calories",
                                                            "minutesSedentary",
                                                            "minutesLightlyActive",
                                                            "minutesFairlyActive",
                                                            "minutesVeryActive",
                                                            "caloriesBMR"};

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

QLatin1StringView latin(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

/// The route of a path, and the resource it asks for.
struct FoundRoute
{
    const ApiRoute *route = nullptr;
    QString resource;
    QStringList parts; ///< what follows the prefix
};

std::optional<FoundRoute> findRoute(const UserPath &path)
{
    for (const ApiRoute &route : routes) {
        const bool open = route.prefix.ends_with('/');
        if (!(open ? path.rest.startsWith(latin(route.prefix)) : path.rest == latin(route.prefix)))
            continue;
        if (!QString(latin(route.versions)).split(u' ').contains(path.version))
            return std::nullopt;
        return FoundRoute{&route, latin(route.resource),
                          path.rest.mid(qsizetype(route.prefix.size())).split(u'/', Qt::SkipEmptyParts)};
    }
    static constexpr ApiRoute series{"activities/", "activity", {}, activityAnswer};
    QStringList parts = path.rest.split(u'/', Qt::SkipEmptyParts);
    if (parts.value(0) != u"activities"_s || path.version != u"1"_s)
        return std::nullopt;
    const qsizetype at = parts.value(1) == u"tracker"_s ? 2 : 1;
    const bool known = std::any_of(activitySeries.begin(), activitySeries.end(),
                                   [&](std::string_view name) { return parts.value(at) == latin(name); });
    if (!known || parts.value(at + 1) != u"date"_s)
        return std::nullopt;
    return FoundRoute{&series, parts.mid(1, at).join(u'/'), parts.mid(at + 2)};
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
    key += ' ' + scopes.join(u' ').toLatin1() + ' ' + request.header("Accept-Language");
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
    const std::optional<FoundRoute> found = path ? findRoute(*path) : std::nullopt;
    if (!found)
        return unknownEndpoint(request.path);
    const QString scope = latin(found->route->scope);
    if (path->userId != u"-"_s && path->userId != user.id()) {
        return fitbitError(403, u"insufficient_permissions"_s,
                           u"This application does not have permission to access data of another user."_s);
    }
    if (!scopes.contains(scope)) {
        return fitbitError(
            403, u"insufficient_scope"_s,
            u"This application does not have permission to access %1 data."_s.arg(scope) +
                u" Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web "
                "API authorization process."_s);
    }
    if (const auto served = m_world.servedBodies.constFind(request.path);
        served != m_world.servedBodies.constEnd())
        return *served;
    const ApiCall call{request,      m_world,         user, path->version,
                       found->parts, found->resource, now,  lastSyncOf(m_world, now)};
    return found->route->answer(call);
}

} // namespace wristkeep
