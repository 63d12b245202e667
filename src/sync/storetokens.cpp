// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storetokens.h"

#include "store/store.h"
#include "store/tokentable.h"
#include "sync/processmark.h"
#include "sync/storethread.h"

namespace wristkeep {

namespace {

/// Takes the lease; one that a killed process left behind is taken over at once: the grace of the service
/// for a repeated refresh is short.
Result<RefreshLease> leaseToRefresh(TokenTable &tokens, const AccountKey &key, const QString &owner,
                                    qint64 untilUtc)
{
    Result<RefreshLease> lease = tokens.takeRefreshLease(key, owner, untilUtc);
    if (!lease || lease->granted || !lease->account || lease->heldBy.isEmpty() || !isGone(lease->heldBy))
        return lease;
    const Result<bool> released =
        tokens.releaseRefreshLease(key, lease->heldBy, lease->account->token.refreshToken, {});
    if (!released)
        return failure(released.error());
    return tokens.takeRefreshLease(key, owner, untilUtc);
}

} // namespace

StoreTokens::StoreTokens(StoreThread &store) : m_store(store) {}

void StoreTokens::load(const AccountKey &key, QObject *context, Callback<std::optional<StoredAccount>> done)
{
    m_store.run<std::optional<StoredAccount>>(
        context, [key](Store &store) { return store.tokens().load(key); }, std::move(done));
}

void StoreTokens::takeRefreshLease(const AccountKey &key, const QString &owner, qint64 untilUtc,
                                   QObject *context, Callback<RefreshLease> done)
{
    m_store.run<RefreshLease>(
        context, [=](Store &store) { return leaseToRefresh(store.tokens(), key, owner, untilUtc); },
        std::move(done));
}

void StoreTokens::saveRefreshed(const AccountKey &key, const QString &owner, const QString &oldRefreshToken,
                                const Token &token, QObject *context, Callback<bool> done)
{
    m_store.run<bool>(
        context,
        [=](Store &store) { return store.tokens().saveRefreshed(key, owner, oldRefreshToken, token); },
        std::move(done));
}

void StoreTokens::releaseRefreshLease(const AccountKey &key, const QString &owner,
                                      const QString &oldRefreshToken, const QString &refusedReason,
                                      QObject *context, Callback<bool> done)
{
    m_store.run<bool>(
        context,
        [=](Store &store) {
            return store.tokens().releaseRefreshLease(key, owner, oldRefreshToken, refusedReason);
        },
        std::move(done));
}

void StoreTokens::saveConnected(const AccountKey &key, const Token &token, QObject *context,
                                Callback<bool> done)
{
    m_store.run<bool>(
        context, [=](Store &store) { return store.tokens().saveConnected(key, token); }, std::move(done));
}

void StoreTokens::participantsOf(const QString &provider, const QString &userId, QObject *context,
                                 Callback<QStringList> done)
{
    m_store.run<QStringList>(
        context, [=](Store &store) { return store.tokens().participantsOf(provider, userId); },
        std::move(done));
}

void StoreTokens::forget(const AccountKey &key, QObject *context, Callback<bool> done)
{
    m_store.run<bool>(
        context, [key](Store &store) { return store.tokens().forget(key); }, std::move(done));
}

} // namespace wristkeep
