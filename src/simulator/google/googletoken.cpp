// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googletoken.h"

#include "simulator/grants.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace wristkeep {

namespace {

constexpr auto tokenForm = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype signatureSize = 43; ///< 32 bytes in base64url without padding

QByteArray googleSignature(const QByteArray &text, const QByteArray &key)
{
    // A word of its own in front, so that no token of the other service can be taken for one of these.
    return QMessageAuthenticationCode::hash("google " + text, key, QCryptographicHash::Sha256)
        .toBase64(tokenForm);
}

QByteArray randomText(int bytes)
{
    return QByteArray::fromHex(randomHex(bytes)).toBase64(tokenForm);
}

} // namespace

QByteArray signGoogleAccess(const GoogleAccess &access, const QByteArray &key)
{
    const QByteArray claims = access.grant + ' ' + QByteArray::number(access.generation) + ' ' +
                              QByteArray::number(access.expiresAt);
    const QByteArray text = claims.toBase64(tokenForm);
    return "ya29.a0" + text + googleSignature(text, key);
}

std::optional<GoogleAccess> readGoogleAccess(const QByteArray &token, const QByteArray &key)
{
    const QByteArray start = QByteArrayLiteral("ya29.a0");
    if (!token.startsWith(start) || token.size() <= start.size() + signatureSize)
        return std::nullopt;
    const QByteArray text = token.mid(start.size()).chopped(signatureSize);
    if (googleSignature(text, key) != token.last(signatureSize))
        return std::nullopt;
    const QList<QByteArray> claims = QByteArray::fromBase64(text, tokenForm).split(' ');
    if (claims.size() != 3)
        return std::nullopt;
    return GoogleAccess{claims.at(0), claims.at(1).toInt(), claims.at(2).toLongLong()};
}

QByteArray newGoogleCode()
{
    return "4/0A" + randomText(48);
}

QByteArray newGoogleRefreshToken()
{
    return "1//0" + randomText(54);
}

} // namespace wristkeep
