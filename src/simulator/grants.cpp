// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/grants.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxCodes = 1000;
constexpr qsizetype maxGrants = 500;

template<typename Predicate>
Grant *findGrant(QList<Grant> &grants, Predicate predicate)
{
    const auto found = std::find_if(grants.begin(), grants.end(), predicate);
    return found == grants.end() ? nullptr : &*found;
}

QJsonObject toJson(const Grant &grant)
{
    return {
        {u"id"_s, QString::fromLatin1(grant.id)},
        {u"client"_s, grant.clientId},
        {u"user"_s, grant.userId},
        {u"scopes"_s, QJsonArray::fromStringList(grant.scopes)},
        {u"refresh"_s, QString::fromLatin1(grant.refreshToken)},
        {u"generation"_s, grant.generation},
        {u"expiredUpTo"_s, grant.expiredUpTo},
        {u"previousRefresh"_s, QString::fromLatin1(grant.previousRefreshToken)},
        {u"previousAnswer"_s, QString::fromUtf8(grant.previousAnswer)},
        {u"previousUsedAt"_s, grant.previousUsedAt},
        {u"refreshEndsAt"_s, grant.refreshEndsAt},
    };
}

Grant fromJson(const QJsonObject &object)
{
    Grant grant;
    grant.id = object.value(u"id"_s).toString().toLatin1();
    grant.clientId = object.value(u"client"_s).toString();
    grant.userId = object.value(u"user"_s).toString();
    const QJsonArray scopes = object.value(u"scopes"_s).toArray();
    for (const QJsonValue scope : scopes)
        grant.scopes.append(scope.toString());
    grant.refreshToken = object.value(u"refresh"_s).toString().toLatin1();
    grant.generation = object.value(u"generation"_s).toInt();
    grant.expiredUpTo = object.value(u"expiredUpTo"_s).toInt(-1);
    grant.previousRefreshToken = object.value(u"previousRefresh"_s).toString().toLatin1();
    grant.previousAnswer = object.value(u"previousAnswer"_s).toString().toUtf8();
    grant.previousUsedAt = object.value(u"previousUsedAt"_s).toInteger();
    grant.refreshEndsAt = object.value(u"refreshEndsAt"_s).toInteger();
    return grant;
}

} // namespace

QByteArray randomHex(int bytes)
{
    QByteArray raw(bytes, Qt::Uninitialized);
    for (char &byte : raw)
        byte = char(QRandomGenerator::system()->bounded(256));
    return raw.toHex();
}

Grants::Grants() : m_key(randomHex(32)) {}

QByteArray Grants::addCode(const AuthorizationCode &code, QByteArray text)
{
    if (m_codes.size() >= maxCodes)
        m_codes.clear();
    if (text.isEmpty())
        text = randomHex(20);
    m_codes.insert(text, code);
    noteSecret(text);
    return text;
}

void Grants::noteSecret(const QByteArray &secret)
{
    constexpr qsizetype most = 10'000;
    if (m_keepIssued && m_issued.size() < most)
        m_issued.append(secret);
}

AuthorizationCode *Grants::findCode(const QByteArray &code)
{
    const auto found = m_codes.find(code);
    return found == m_codes.end() ? nullptr : &*found;
}

Grant &Grants::add(const QString &clientId, const QString &userId, const QStringList &scopes)
{
    if (m_grants.size() >= maxGrants)
        m_grants.removeFirst();
    Grant grant;
    grant.id = randomHex(8);
    grant.clientId = clientId;
    grant.userId = userId;
    grant.scopes = scopes;
    grant.refreshToken = randomHex(32);
    m_grants.append(grant);
    return m_grants.last();
}

Grant *Grants::byRefreshToken(const QByteArray &token)
{
    return findGrant(
        m_grants, [&token](const Grant &grant) { return !token.isEmpty() && grant.refreshToken == token; });
}

Grant *Grants::byPreviousRefreshToken(const QByteArray &token)
{
    return findGrant(m_grants, [&token](const Grant &grant) {
        return !token.isEmpty() && grant.previousRefreshToken == token;
    });
}

Grant *Grants::byId(const QByteArray &id)
{
    return findGrant(m_grants, [&id](const Grant &grant) { return grant.id == id; });
}

bool Grants::covers(const QString &clientId, const QString &userId, const QStringList &scopes) const
{
    return std::any_of(m_grants.begin(), m_grants.end(), [&](const Grant &grant) {
        return grant.clientId == clientId && grant.userId == userId &&
               std::all_of(scopes.begin(), scopes.end(),
                           [&grant](const QString &scope) { return grant.scopes.contains(scope); });
    });
}

int Grants::revoke(const QString &userId, const QString &clientId)
{
    return int(m_grants.removeIf([&](const Grant &grant) {
        return grant.userId == userId && (clientId.isEmpty() || grant.clientId == clientId);
    }));
}

void Grants::clear()
{
    m_grants.clear();
    m_codes.clear();
}

QByteArray Grants::serialize(const QString &currentUser) const
{
    QJsonArray grants;
    for (const Grant &grant : m_grants)
        grants.append(toJson(grant));
    const QJsonObject state{
        {u"version"_s, 1},
        {u"key"_s, QString::fromLatin1(m_key)},
        {u"currentUser"_s, currentUser},
        {u"grants"_s, grants},
    };
    return QJsonDocument(state).toJson(QJsonDocument::Indented);
}

bool Grants::restore(const QByteArray &bytes, QString *currentUser)
{
    const QJsonObject state = QJsonDocument::fromJson(bytes).object();
    const QByteArray key = state.value(u"key"_s).toString().toLatin1();
    if (state.value(u"version"_s).toInt() != 1 || key.size() != 64)
        return false;
    m_key = key;
    m_grants.clear();
    const QJsonArray grants = state.value(u"grants"_s).toArray();
    for (const QJsonValue grant : grants)
        m_grants.append(fromJson(grant.toObject()));
    *currentUser = state.value(u"currentUser"_s).toString();
    return true;
}

} // namespace wristkeep
