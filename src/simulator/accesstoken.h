// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Access tokens of the simulated service: JWTs (RFC 7519) signed with HS256, so that none has to be stored.

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace wristkeep {

struct AccessClaims
{
    QString clientId;
    QString userId;
    QStringList scopes;
    QByteArray grant;     ///< id of the grant it belongs to
    int generation = 0;   ///< how often the grant had been refreshed
    qint64 issuedAt = 0;  ///< Unix seconds
    qint64 expiresAt = 0; ///< Unix seconds
};

QByteArray signAccessToken(const AccessClaims &claims, const QByteArray &key);

/// None when the text is not a token signed with this key.
std::optional<AccessClaims> readAccessToken(const QByteArray &token, const QByteArray &key);

} // namespace wristkeep
