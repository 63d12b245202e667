// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The token manager's door to the token table: each call hops to the store thread and back.

#include "core/tokenstore.h"

namespace wristkeep {

class StoreThread;

class StoreTokens final : public TokenStore
{
public:
    explicit StoreTokens(StoreThread &store);

    void load(const AccountKey &key, QObject *context, Callback<std::optional<StoredAccount>> done) override;
    void takeRefreshLease(const AccountKey &key, const QString &owner, qint64 untilUtc, QObject *context,
                          Callback<RefreshLease> done) override;
    void saveRefreshed(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                       const Token &token, QObject *context, Callback<bool> done) override;
    void releaseRefreshLease(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                             const QString &refusedReason, QObject *context, Callback<bool> done) override;
    void saveConnected(const AccountKey &key, const Token &token, QObject *context,
                       Callback<bool> done) override;
    void participantsOf(const QString &provider, const QString &userId, QObject *context,
                        Callback<QStringList> done) override;
    void forget(const AccountKey &key, QObject *context, Callback<bool> done) override;

private:
    StoreThread &m_store;
};

} // namespace wristkeep
