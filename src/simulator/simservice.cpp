// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simservice.h"

#include "simulator/fitbiterrors.h"
#include "simulator/simworld.h"

#include <QLocale>
#include <QUrl>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QByteArray httpDate(const QDateTime &instant)
{
    return QLocale::c().toString(instant.toUTC(), u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1() + " GMT";
}

SimResponse methodNotAllowed(const QByteArray &allowed)
{
    SimResponse response = fitbitError(405, u"request"_s, u"Method not allowed."_s);
    response.setHeader("Allow", allowed);
    return response;
}

} // namespace

SimService::SimService(SimWorld &world, ControlHandler control)
    : m_world(world), m_control(std::move(control)), m_oauth(world), m_authorize(world),
      m_api(world, m_oauth), m_google(world)
{
}

SimResponse SimService::answer(const SimRequest &request)
{
    if (isForeign(request))
        return fitbitError(421, u"request"_s, u"This service answers to its loopback address only."_s);
    if (request.path.startsWith(u"/control/"_s))
        return m_control(request);
    const QDateTime now = m_world.clock.now();
    const qint64 number = m_world.log.add(request, now.toSecsSinceEpoch());
    SimResponse response = withFaults(request);
    m_world.log.setStatus(number, response.delivery.drop || response.delivery.hang ? 0 : response.status);
    response.setHeader("Date", httpDate(now));
    response.setHeader("Server", "ESF");
    response.setHeader("Vary", "Origin,X-Origin,Referer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (m_world.switches.chunked && response.status != 204)
        response.delivery.chunked = true;
    return response;
}

SimResponse SimService::withFaults(const SimRequest &request)
{
    const bool google = isGooglePath(request.path);
    if (m_world.switches.gone && !google) {
        SimResponse gone;
        gone.status = 410;
        return gone;
    }
    const std::optional<FaultRule> rule = m_world.faults.take(request);
    if (!rule)
        return route(request);
    touchGrant(*rule, request);
    if (auto replaced = faultReplacement(*rule, google)) {
        replaced->delivery.delayMs = rule->delayMs;
        return *replaced;
    }
    SimResponse response = route(request);
    applyFault(*rule, response);
    return response;
}

void SimService::touchGrant(const FaultRule &rule, const SimRequest &request)
{
    const bool google = isGooglePath(request.path);
    const BearerCheck fitbit = google ? BearerCheck{} : m_oauth.checkBearer(request);
    const GoogleBearer bearer = google ? m_google.checkBearer(request) : GoogleBearer{};
    if (google ? !bearer.valid : fitbit.refusal.has_value())
        return;
    Grant *grant = m_world.grants.byId(google ? bearer.grantId : fitbit.grantId);
    if (!grant)
        return;
    if (rule.kind == FaultKind::Quota)
        useUpQuota(grant->userId, google);
    if (rule.kind == FaultKind::Expired)
        grant->expiredUpTo = grant->generation;
    if (rule.kind == FaultKind::Revoked)
        m_world.grants.revoke(QString(grant->userId), QString(grant->clientId));
}

void SimService::useUpQuota(const QString &userId, bool google)
{
    const qint64 now = m_world.clock.nowUtc();
    if (google)
        m_world.googleQuota.setUsed(userId, now, m_world.googleQuota.perMinute());
    else
        m_world.quota.setUsed(userId, now, m_world.quota.perHour());
}

SimResponse SimService::route(const SimRequest &request)
{
    const QString &path = request.path;
    if (isGooglePath(path))
        return m_google.answer(request);
    if (path == u"/oauth2/authorize"_s) {
        const bool known = request.method == "GET" || request.method == "HEAD" || request.method == "POST";
        return known ? m_authorize.answer(request) : methodNotAllowed("GET, POST");
    }
    if (path == u"/oauth2/token"_s)
        return request.method == "POST" ? m_oauth.token(request) : methodNotAllowed("POST");
    if (path == u"/oauth2/revoke"_s)
        return request.method == "POST" ? m_oauth.revoke(request) : methodNotAllowed("POST");
    if (path.startsWith(u"/1/"_s) || path.startsWith(u"/1.1/"_s) || path.startsWith(u"/1.2/"_s))
        return m_api.answer(request);
    return fitbitError(404, u"not_found"_s, u"The resource with given id doesn't exist"_s);
}

bool SimService::isForeign(const SimRequest &request) const
{
    // A web page whose name was rebound to 127.0.0.1 must not reach the made-up account.
    const QByteArray host = request.header("Host");
    if (host.isEmpty())
        return false;
    const QString name = QUrl(u"http://"_s + QString::fromLatin1(host)).host();
    return name != u"localhost"_s && name != u"127.0.0.1"_s && name != u"::1"_s;
}

} // namespace wristkeep
