// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the token manager keeps grants: an asynchronous door, so that the network room knows no SQL and
// never waits for a disk. Each method calls back exactly once on the context's thread; if the context is
// destroyed first, the call is dropped (the work itself is still done).

#include "core/result.h"
#include "core/token.h"

#include <QObject>

namespace wristkeep {

class TokenStore
{
public:
    virtual ~TokenStore() = default;

    /// The row as it is; an empty optional when there is none.
    virtual void load(const AccountKey &key, QObject *context,
                      Callback<std::optional<StoredAccount>> done) = 0;

    /// A short BEGIN IMMEDIATE: takes the lease for `owner` until `untilUtc` if it is free, expired or ours.
    virtual void takeRefreshLease(const AccountKey &key, const QString &owner, qint64 untilUtc,
                                  QObject *context, Callback<RefreshLease> done) = 0;

    /// Compare-and-swap on the old refresh token: durable (synchronous=FULL) when it calls back. False when
    /// a Disconnect or Connect won meanwhile; then nothing was written. Releases the lease.
    virtual void saveRefreshed(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                               const Token &token, QObject *context, Callback<bool> done) = 0;

    /// Gives the lease back without a new token. A non-empty `refusedReason` marks the row "Reconnect",
    /// only if it still holds `oldRefreshToken`.
    virtual void releaseRefreshLease(const AccountKey &key, const QString &owner,
                                     const QString &oldRefreshToken, const QString &refusedReason,
                                     QObject *context, Callback<bool> done) = 0;

    /// Inserts or replaces the account's row after a consent.
    virtual void saveConnected(const AccountKey &key, const Token &token, QObject *context,
                               Callback<bool> done) = 0;

    /// Which other participants are connected at this provider as `userId`.
    virtual void participantsOf(const QString &provider, const QString &userId, QObject *context,
                                Callback<QStringList> done) = 0;

    /// Deletes the row; the data stays.
    virtual void forget(const AccountKey &key, QObject *context, Callback<bool> done) = 0;
};

} // namespace wristkeep
