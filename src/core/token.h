// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A grant's tokens in the clear (RFC 6749, 5.1), and what is stored about a connected account.
// Neither type can be streamed to a log on purpose.

#include "core/ids.h"

#include <QMetaType>
#include <QStringList>

#include <optional>

namespace wristkeep {

struct Token
{
    QString accessToken;
    QString refreshToken;
    double expiresAt = 0; ///< Unix seconds, counted from when the request was sent
    QStringList scopes;   ///< granted, as a set: sorted, no duplicates
    QString tokenType = QStringLiteral("Bearer");
    QString userId;                         ///< Fitbit's encoded id or the health user id
    QString tokenHost;                      ///< "host" or "host:port" that issued it: it is sent nowhere else
    std::optional<double> refreshExpiresAt; ///< Unix seconds; only where the provider says so
    QString legacyUserId;
};

/// One row of fitbit_tokens, opened.
struct StoredAccount
{
    AccountKey key;
    Token token;           ///< empty token texts when `opened` is false
    bool opened = true;    ///< false: the sealing key is lost or wrong; say "Reconnect", overwrite nothing
    QString refusedReason; ///< not empty: the provider refused the refresh; say "Reconnect"
    QString updatedAt;     ///< "2025-11-18 20:15:03.123456", UTC, as SQLAlchemy writes it
    QString createdAt;

    [[nodiscard]] bool usable() const { return opened && refusedReason.isEmpty(); }
};

/// The answer to asking for the right to refresh.
struct RefreshLease
{
    bool granted = false;                 ///< false: another process or thread is refreshing
    qint64 heldUntilUtc = 0;              ///< when the holder's lease ends
    QString heldBy;                       ///< the other owner, where it was not granted
    std::optional<StoredAccount> account; ///< as it is now; none: disconnected meanwhile
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::StoredAccount)
