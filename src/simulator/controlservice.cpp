// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/controlservice.h"

#include "simulator/apicall.h"
#include "simulator/google/googleaccount.h"
#include "simulator/simworld.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QJsonObject problem(const QString &text)
{
    return {{u"error"_s, text}};
}

QJsonObject done()
{
    return {{u"ok"_s, true}};
}

QDate dateIn(const QJsonObject &command, const QString &name)
{
    return QDate::fromString(command.value(name).toString(), Qt::ISODate);
}

std::optional<qint64> instantIn(const QJsonObject &command, const QString &name)
{
    const QJsonValue value = command.value(name);
    if (value.isDouble())
        return value.toInteger();
    const QDateTime instant = QDateTime::fromString(value.toString(), Qt::ISODate);
    return instant.isValid() ? std::optional(instant.toSecsSinceEpoch()) : std::nullopt;
}

} // namespace

const QHash<QString, ControlService::Verb> &ControlService::verbs()
{
    static const QHash<QString, Verb> known = {
        {u"status"_s, &ControlService::status},   {u"reset"_s, &ControlService::reset},
        {u"clock"_s, &ControlService::clock},     {u"fault"_s, &ControlService::fault},
        {u"faults"_s, &ControlService::faults},   {u"clear-faults"_s, &ControlService::clearFaults},
        {u"body"_s, &ControlService::body},       {u"wear"_s, &ControlService::wear},
        {u"zone"_s, &ControlService::zone},       {u"sync"_s, &ControlService::sync},
        {u"quota"_s, &ControlService::quota},     {u"log"_s, &ControlService::log},
        {u"user"_s, &ControlService::user},       {u"grants"_s, &ControlService::grants},
        {u"expire"_s, &ControlService::expire},   {u"revoke"_s, &ControlService::revoke},
        {u"truth"_s, &ControlService::truth},     {u"switch"_s, &ControlService::switches},
        {u"secrets"_s, &ControlService::secrets}, {u"night"_s, &ControlService::night},
    };
    return known;
}

QJsonObject ControlService::run(const QString &verb, const QJsonObject &command)
{
    const Verb known = verbs().value(verb, nullptr);
    if (!known) {
        QStringList names = verbs().keys();
        names.sort();
        return problem(u"unknown verb %1; there are: %2"_s.arg(verb, names.join(u", "_s)));
    }
    return (this->*known)(command);
}

SimResponse ControlService::answer(const SimRequest &request)
{
    const QByteArray body = request.body.trimmed();
    const QJsonDocument command =
        body.isEmpty() ? QJsonDocument(QJsonObject()) : QJsonDocument::fromJson(body);
    // A browser page sends Origin with such requests; a test does not.
    const bool foreign = !request.header("Origin").isEmpty();
    if (!m_world.options.control || foreign)
        return jsonResponse("{\"error\":\"no control interface\"}", 404);
    const QJsonObject answer = command.isObject() ? run(request.path.mid(9), command.object())
                                                  : problem(u"the body is not a JSON object"_s);
    return jsonResponse(QJsonDocument(answer).toJson(QJsonDocument::Compact),
                        answer.contains(u"error"_s) ? 400 : 200);
}

SimUser *ControlService::userOf(const QJsonObject &command)
{
    const QJsonValue user = command.value(u"user"_s);
    if (user.isUndefined())
        return &m_world.users.current();
    if (user.isDouble()) {
        const int index = user.toInt(-1);
        auto &all = m_world.users.all();
        return index >= 0 && std::size_t(index) < all.size() ? &all.at(std::size_t(index)) : nullptr;
    }
    return m_world.users.find(user.toString());
}

QJsonObject ControlService::status(const QJsonObject &)
{
    const qint64 now = m_world.clock.nowUtc();
    QJsonArray users;
    for (const SimUser &user : m_world.users.all()) {
        users.append(QJsonObject{{u"id"_s, user.id()},
                                 {u"healthUserId"_s, googleHealthUserId(user)},
                                 {u"name"_s, user.traits().fullName()},
                                 {u"zone"_s, user.zoneOn(user.dateAt(now)).id()},
                                 {u"today"_s, user.dateAt(now).toString(Qt::ISODate)},
                                 {u"memberSince"_s, user.memberSince().toString(Qt::ISODate)},
                                 {u"quotaUsed"_s, m_world.quota.used(user.id(), now)}});
    }
    return {{u"now"_s, now},
            {u"lastSync"_s, lastSyncOf(m_world, now)},
            {u"users"_s, users},
            {u"currentUser"_s, m_world.users.current().id()},
            {u"grants"_s, int(m_world.grants.all().size())},
            {u"quotaPerHour"_s, m_world.quota.perHour()}};
}

QJsonObject ControlService::reset(const QJsonObject &)
{
    m_world.faults.clear();
    m_world.log.clear();
    m_world.quota.reset();
    m_world.quota.setPerHour(m_world.options.quotaPerHour);
    m_world.googleQuota = {};
    m_world.googleQuota.setPerMinute(m_world.options.googlePerMinute);
    m_world.grants.clear();
    m_world.servedBodies.clear();
    m_world.clock.setOffset(0);
    m_world.switches = {};
    m_world.switches.intraday = m_world.options.intradayAllowed;
    for (SimUser &user : m_world.users.all()) {
        user.setZone(m_world.options.zone, std::nullopt);
        user.clearWear();
        user.clearNights();
    }
    m_world.users.setCurrent(m_world.users.all().front().id());
    m_world.save();
    return done();
}

QJsonObject ControlService::clock(const QJsonObject &command)
{
    SimClock &clock = m_world.clock;
    if (command.contains(u"now"_s)) {
        const std::optional<qint64> now = instantIn(command, u"now"_s);
        if (!now)
            return problem(u"now is no instant"_s);
        clock.setOffset(clock.offset() + *now - clock.nowUtc());
    }
    if (command.contains(u"offset"_s))
        clock.setOffset(command.value(u"offset"_s).toInteger());
    if (command.contains(u"advance"_s))
        clock.setOffset(clock.offset() + command.value(u"advance"_s).toInteger());
    return {{u"now"_s, clock.nowUtc()}, {u"offset"_s, clock.offset()}};
}

QJsonObject ControlService::fault(const QJsonObject &command)
{
    const Result<int> id = m_world.faults.add(command);
    return id ? QJsonObject{{u"id"_s, *id}} : problem(id.error().detail);
}

QJsonObject ControlService::faults(const QJsonObject &)
{
    return m_world.faults.toJson();
}

QJsonObject ControlService::clearFaults(const QJsonObject &command)
{
    if (!command.contains(u"id"_s))
        m_world.faults.clear();
    else if (!m_world.faults.remove(command.value(u"id"_s).toInt()))
        return problem(u"no such fault"_s);
    return done();
}

QJsonObject ControlService::body(const QJsonObject &command)
{
    const QString path = command.value(u"path"_s).toString();
    if (path.isEmpty())
        return problem(u"path is missing"_s);
    const bool encoded = command.contains(u"base64"_s);
    if (!encoded && !command.contains(u"body"_s)) {
        m_world.servedBodies.remove(path);
        return done();
    }
    const QByteArray bytes = encoded
                                 ? QByteArray::fromBase64(command.value(u"base64"_s).toString().toLatin1())
                                 : command.value(u"body"_s).toString().toUtf8();
    m_world.servedBodies.insert(path, jsonResponse(bytes, command.value(u"status"_s).toInt(200)));
    return done();
}

QJsonObject ControlService::wear(const QJsonObject &command)
{
    SimUser *user = userOf(command);
    const QDate first = dateIn(command, u"date"_s);
    const QDate last = command.contains(u"to"_s) ? dateIn(command, u"to"_s) : first;
    const QString state = command.value(u"state"_s).toString();
    if (!user || !first.isValid() || !last.isValid() || first.daysTo(last) > 4000)
        return problem(u"user or dates are wrong"_s);
    if (state == u"worn"_s)
        user->setWear(first, last, Wear::Worn);
    else if (state == u"unworn"_s)
        user->setWear(first, last, Wear::Unworn);
    else if (state == u"auto"_s)
        user->setWear(first, last, Wear::Auto);
    else
        return problem(u"state is worn, unworn or auto"_s);
    return done();
}

QJsonObject ControlService::zone(const QJsonObject &command)
{
    SimUser *user = userOf(command);
    std::optional<QDate> from;
    if (command.contains(u"from"_s))
        from = dateIn(command, u"from"_s);
    if (!user || (from && !from->isValid()) ||
        !user->setZone(command.value(u"zone"_s).toString().toLatin1(), from))
        return problem(u"user, zone or date is wrong"_s);
    return done();
}

QJsonObject ControlService::sync(const QJsonObject &command)
{
    m_world.switches.syncLag = command.value(u"lag"_s).toInteger(0);
    m_world.switches.lastSync = instantIn(command, u"at"_s);
    return {{u"lastSync"_s, lastSyncOf(m_world, m_world.clock.nowUtc())}};
}

QJsonObject ControlService::quota(const QJsonObject &command)
{
    SimUser *user = userOf(command);
    if (!user)
        return problem(u"no such user"_s);
    Quota &quota = m_world.quota;
    const qint64 now = m_world.clock.nowUtc();
    if (command.contains(u"perHour"_s))
        quota.setPerHour(command.value(u"perHour"_s).toInt());
    if (command.contains(u"used"_s))
        quota.setUsed(user->id(), now, command.value(u"used"_s).toInt());
    if (command.contains(u"lag"_s))
        quota.setLag(command.value(u"lag"_s).toInt());
    if (command.contains(u"headers"_s))
        quota.setHeadersShown(command.value(u"headers"_s).toBool());
    if (command.contains(u"retryAfter"_s)) {
        const QJsonValue value = command.value(u"retryAfter"_s);
        quota.setRetryAfter(value.isDouble() ? std::optional(value.toInt()) : std::nullopt);
    }
    if (command.contains(u"body"_s)) {
        const QString body = command.value(u"body"_s).toString();
        quota.setBody(body == u"front-end"_s
                          ? Quota::Body::FrontEnd
                          : (body == u"request"_s ? Quota::Body::Request : Quota::Body::System));
    }
    setGoogleQuota(command, *user);
    return {{u"perHour"_s, quota.perHour()},
            {u"used"_s, quota.used(user->id(), now)},
            {u"googlePerMinute"_s, m_world.googleQuota.perMinute()},
            {u"googleUsed"_s, m_world.googleQuota.used(user->id(), now)}};
}

void ControlService::setGoogleQuota(const QJsonObject &command, const SimUser &user)
{
    GoogleQuota &quota = m_world.googleQuota;
    if (command.contains(u"googlePerMinute"_s))
        quota.setPerMinute(command.value(u"googlePerMinute"_s).toInt());
    if (command.contains(u"googleUsed"_s))
        quota.setUsed(user.id(), m_world.clock.nowUtc(), command.value(u"googleUsed"_s).toInt());
    if (command.contains(u"googleRetryAfter"_s)) {
        const QJsonValue value = command.value(u"googleRetryAfter"_s);
        quota.setRetryAfter(value.isDouble() ? std::optional(value.toInt()) : std::nullopt);
    }
}

QJsonObject ControlService::log(const QJsonObject &command)
{
    const QJsonObject answer = m_world.log.toJson(command.value(u"entries"_s).toBool(true));
    if (command.value(u"clear"_s).toBool())
        m_world.log.clear();
    return answer;
}

QJsonObject ControlService::user(const QJsonObject &command)
{
    if (command.value(u"add"_s).toBool())
        m_world.users.setCurrent(m_world.users.add().id());
    const SimUser *user = userOf(command);
    if (!user)
        return problem(u"no such user"_s);
    m_world.users.setCurrent(user->id());
    m_world.save();
    return {{u"id"_s, user->id()}, {u"name"_s, user->traits().fullName()}};
}

} // namespace wristkeep
