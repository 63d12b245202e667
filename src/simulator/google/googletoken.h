// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tokens and codes as Google's look: opaque to a client, with the characters that need escaping. Access
// tokens are signed, so that none has to be stored.

#include <QByteArray>

#include <optional>

namespace wristkeep {

struct GoogleAccess
{
    QByteArray grant;     ///< id of the grant it belongs to
    int generation = 0;   ///< how often the grant had been refreshed
    qint64 expiresAt = 0; ///< Unix seconds
};

/// "ya29.…"
QByteArray signGoogleAccess(const GoogleAccess &access, const QByteArray &key);
/// None when the text is not a token signed with this key.
std::optional<GoogleAccess> readGoogleAccess(const QByteArray &token, const QByteArray &key);

/// "4/0A…"
QByteArray newGoogleCode();
/// "1//0…"
QByteArray newGoogleRefreshToken();

} // namespace wristkeep
