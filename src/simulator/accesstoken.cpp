// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/accesstoken.h"

#include "simulator/simscopes.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr auto urlForm = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray signature(const QByteArray &text, const QByteArray &key)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).toBase64(urlForm);
}

QString shortScopes(const QStringList &scopes)
{
    QStringList names;
    for (const QString &scope : scopes) {
        if (const SimScope *known = findSimScope(scope))
            names.append(known->shortForm);
    }
    return names.join(u' ');
}

QStringList longScopes(const QString &text)
{
    QStringList names;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        for (const SimScope &scope : simScopes()) {
            if (scope.shortForm == word)
                names.append(scope.id);
        }
    }
    return names;
}

} // namespace

QByteArray signAccessToken(const AccessClaims &claims, const QByteArray &key)
{
    const QJsonObject payload{
        {u"aud"_s, claims.clientId},
        {u"sub"_s, claims.userId},
        {u"iss"_s, u"Fitbit"_s},
        {u"typ"_s, u"access_token"_s},
        {u"scopes"_s, shortScopes(claims.scopes)},
        {u"exp"_s, claims.expiresAt},
        {u"iat"_s, claims.issuedAt},
        {u"jti"_s, u"%1.%2"_s.arg(QString::fromLatin1(claims.grant)).arg(claims.generation)},
    };
    const QByteArray head = QByteArrayLiteral(R"({"alg":"HS256"})").toBase64(urlForm);
    const QByteArray text =
        head + '.' + QJsonDocument(payload).toJson(QJsonDocument::Compact).toBase64(urlForm);
    return text + '.' + signature(text, key);
}

std::optional<AccessClaims> readAccessToken(const QByteArray &token, const QByteArray &key)
{
    const QList<QByteArray> parts = token.split('.');
    if (parts.size() != 3 || signature(parts.at(0) + '.' + parts.at(1), key) != parts.at(2))
        return std::nullopt;
    const QJsonObject payload =
        QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1), urlForm)).object();
    const QStringList id = payload.value(u"jti"_s).toString().split(u'.');
    if (id.size() != 2)
        return std::nullopt;
    AccessClaims claims;
    claims.clientId = payload.value(u"aud"_s).toString();
    claims.userId = payload.value(u"sub"_s).toString();
    claims.scopes = longScopes(payload.value(u"scopes"_s).toString());
    claims.grant = id.at(0).toLatin1();
    claims.generation = id.at(1).toInt();
    claims.issuedAt = payload.value(u"iat"_s).toInteger();
    claims.expiresAt = payload.value(u"exp"_s).toInteger();
    return claims;
}

} // namespace wristkeep
