// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table fitbit_tokens: sealed at rest, one row per participant and provider, with the refresh lease.
// Semantics of each method: core/tokenstore.h. Every write is synchronous=FULL and BEGIN IMMEDIATE.

#include "core/result.h"
#include "core/token.h"

#include <functional>

class QSqlDatabase;

namespace wristkeep {

class Clock;
class SecretBox;

class TokenTable
{
public:
    TokenTable(QSqlDatabase &database, const SecretBox &box, const Clock &clock);

    /// Called before a consent is stored while the box has no key: fills it, or says why that must not be.
    void setKeyMaker(std::function<Outcome()> maker) { m_keyMaker = std::move(maker); }

    Result<std::optional<StoredAccount>> load(const AccountKey &key) const;
    Result<QList<StoredAccount>> all() const;
    Result<RefreshLease> takeRefreshLease(const AccountKey &key, const QString &owner, qint64 untilUtc);
    Result<bool> saveRefreshed(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                               const Token &token);
    Result<bool> releaseRefreshLease(const AccountKey &key, const QString &owner,
                                     const QString &oldRefreshToken, const QString &refusedReason);
    Result<bool> saveConnected(const AccountKey &key, const Token &token);
    /// Every participant connected as `userId`, in the order of their ids; a caller leaves itself out.
    Result<QStringList> participantsOf(const QString &provider, const QString &userId) const;
    Result<bool> forget(const AccountKey &key);

private:
    struct Sealed
    {
        QString access;
        QString refresh;
    };
    Result<Sealed> seal(const AccountKey &key, const QString &access, const QString &refresh) const;
    [[nodiscard]] QString now() const;

    std::function<Outcome()> m_keyMaker;
    QSqlDatabase &m_database;
    const SecretBox &m_box;
    const Clock &m_clock;
};

} // namespace wristkeep
