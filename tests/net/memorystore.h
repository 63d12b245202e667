// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A TokenStore in memory that answers from the event loop like the real one, counts, and can be told to fail.

#include "core/clock.h"
#include "core/tokenstore.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace wristkeep::test {

class MemoryStore final : public TokenStore
{
public:
    explicit MemoryStore(const Clock &clock) : m_clock(clock) {}

    struct Row
    {
        StoredAccount account;
        QString leaseOwner;
        qint64 leaseUntil = 0;
    };
    QHash<AccountKey, Row> rows;
    QStringList calls;                 ///< in order
    int failSaves = 0;                 ///< so many saves fail with Storage
    std::function<void()> beforeLease; ///< what "another process" does just before
    std::function<void()> beforeSave;
    int saveDelayMs = 0;

    void put(const AccountKey &key, const Token &token)
    {
        Row row;
        row.account.key = key;
        row.account.token = token;
        rows.insert(key, row);
    }

    void load(const AccountKey &key, QObject *context, Callback<std::optional<StoredAccount>> done) override
    {
        later<std::optional<StoredAccount>>(u"load", context, std::move(done),
                                            [this, key] { return account(key); });
    }
    void takeRefreshLease(const AccountKey &key, const QString &owner, qint64 until, QObject *context,
                          Callback<RefreshLease> done) override
    {
        later<RefreshLease>(u"lease", context, std::move(done), [this, key, owner, until] {
            if (beforeLease)
                std::exchange(beforeLease, nullptr)();
            RefreshLease lease;
            lease.account = account(key);
            if (!lease.account)
                return lease;
            Row &row = rows[key];
            lease.granted =
                row.leaseOwner.isEmpty() || row.leaseOwner == owner || row.leaseUntil <= m_clock.nowUtc();
            if (lease.granted) {
                row.leaseOwner = owner;
                row.leaseUntil = until;
            }
            lease.heldUntilUtc = row.leaseUntil;
            return lease;
        });
    }
    void saveRefreshed(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                       const Token &token, QObject *context, Callback<bool> done) override
    {
        later<bool>(u"save", context, std::move(done), [=, this]() -> Result<bool> {
            if (beforeSave)
                std::exchange(beforeSave, nullptr)();
            if (failSaves > 0 && failSaves-- > 0)
                return failure(ErrorKind::Storage, QStringLiteral("The disk is full."));
            if (!rows.contains(key) || rows[key].account.token.refreshToken != oldRefreshToken)
                return false;
            Row &row = rows[key];
            row.account.token = token;
            if (row.leaseOwner == owner)
                row.leaseOwner.clear();
            return true;
        });
    }
    void releaseRefreshLease(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                             const QString &refusedReason, QObject *context, Callback<bool> done) override
    {
        later<bool>(u"release", context, std::move(done), [=, this]() -> Result<bool> {
            if (!rows.contains(key))
                return false;
            Row &row = rows[key];
            if (row.leaseOwner == owner)
                row.leaseOwner.clear();
            if (refusedReason.isEmpty())
                return true;
            if (row.account.token.refreshToken != oldRefreshToken)
                return false;
            row.account.refusedReason = refusedReason;
            return true;
        });
    }
    void saveConnected(const AccountKey &key, const Token &token, QObject *context,
                       Callback<bool> done) override
    {
        later<bool>(u"connect", context, std::move(done), [=, this]() -> Result<bool> {
            if (failSaves > 0 && failSaves-- > 0)
                return failure(ErrorKind::Storage, QStringLiteral("The disk is full."));
            put(key, token);
            return true;
        });
    }
    void participantsOf(const QString &provider, const QString &userId, QObject *context,
                        Callback<QStringList> done) override
    {
        later<QStringList>(u"participants", context, std::move(done), [=, this] {
            QStringList found;
            for (auto row = rows.cbegin(); row != rows.cend(); ++row) {
                if (row.key().provider == provider && row.value().account.token.userId == userId)
                    found.append(row.key().participant);
            }
            return found;
        });
    }
    void forget(const AccountKey &key, QObject *context, Callback<bool> done) override
    {
        later<bool>(u"forget", context, std::move(done),
                    [=, this]() -> Result<bool> { return rows.remove(key); });
    }

private:
    [[nodiscard]] std::optional<StoredAccount> account(const AccountKey &key) const
    {
        const auto row = rows.constFind(key);
        return row == rows.constEnd() ? std::nullopt : std::optional(row->account);
    }
    template<typename T>
    void later(QStringView name, QObject *context, Callback<T> done, std::function<Result<T>()> work)
    {
        calls.append(name.toString());
        const bool slow = name == u"save" || name == u"connect";
        QPointer<QObject> guard(context);
        QTimer::singleShot(slow ? saveDelayMs : 0, &m_worker,
                           [guard, done = std::move(done), work = std::move(work)] {
                               Result<T> result = work();
                               if (guard)
                                   done(std::move(result));
                           });
    }

    const Clock &m_clock;
    QObject m_worker;
};

} // namespace wristkeep::test
