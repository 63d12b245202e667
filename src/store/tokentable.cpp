// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tokentable.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "store/secretbox.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// What the original stores when the service told no user id.
const QString unknownUser = u"unknown"_s;

const QString columns =
    u"participant_id, provider, fitbit_user_id, access_token, refresh_token, expires_at, scope, token_type, "
    u"created_at, updated_at, token_host, legacy_user_id, refresh_expires_at, refused_reason, lease_owner, "
    u"lease_until"_s;

struct Row
{
    StoredAccount account;
    QString leaseOwner;
    qint64 leaseUntil = 0;
};

QStringList scopeList(const QString &text)
{
    QStringList scopes = text.split(u' ', Qt::SkipEmptyParts);
    scopes.removeDuplicates();
    scopes.sort();
    return scopes;
}

Row rowOf(const QSqlQuery &query, const SecretBox &box)
{
    Row row;
    StoredAccount &account = row.account;
    account.key = {query.value(0).toString(), query.value(1).toString()};
    Token &token = account.token;
    const QString user = query.value(2).toString();
    token.userId = user == unknownUser ? QString() : user;
    const auto open = [&](int column, const QString &name) {
        return box.open(query.value(column).toString(),
                        SecretBox::associatedData(account.key.participant, account.key.provider, name));
    };
    const auto access = open(3, u"access_token"_s);
    const auto refresh = open(4, u"refresh_token"_s);
    account.opened = access && refresh;
    if (account.opened) {
        token.accessToken = *access;
        token.refreshToken = *refresh;
    }
    token.expiresAt = query.value(5).toDouble();
    token.scopes = scopeList(query.value(6).toString());
    if (const QString type = query.value(7).toString(); !type.isEmpty())
        token.tokenType = type;
    account.createdAt = query.value(8).toString();
    account.updatedAt = query.value(9).toString();
    token.tokenHost = query.value(10).toString();
    token.legacyUserId = query.value(11).toString();
    if (!query.value(12).isNull())
        token.refreshExpiresAt = query.value(12).toDouble();
    account.refusedReason = query.value(13).toString();
    row.leaseOwner = query.value(14).toString();
    row.leaseUntil = query.value(15).toLongLong();
    return row;
}

Result<std::optional<Row>> read(const QSqlDatabase &database, const SecretBox &box, const AccountKey &key)
{
    auto query = runSql(
        database, u"SELECT %1 FROM fitbit_tokens WHERE participant_id = ? AND provider = ?"_s.arg(columns),
        {key.participant, key.provider});
    if (!query)
        return failure(query.error());
    if (!query->next())
        return std::nullopt;
    return rowOf(*query, box);
}

QVariant optionalSeconds(const std::optional<double> &seconds)
{
    return seconds ? QVariant(*seconds) : QVariant(QMetaType::fromType<double>());
}

/// Commits a token write, passing its fail points.
Result<bool> finish(Transaction &transaction, bool value)
{
    WRISTKEEP_FAIL_POINT("store.token.before-commit");
    if (auto done = transaction.commit(); !done)
        return failure(done.error());
    WRISTKEEP_FAIL_POINT("store.token.committed");
    return value;
}

} // namespace

TokenTable::TokenTable(QSqlDatabase &database, const SecretBox &box, const Clock &clock)
    : m_database(database), m_box(box), m_clock(clock)
{
}

QString TokenTable::now() const
{
    return sqlDateText(m_clock.now());
}

Result<TokenTable::Sealed> TokenTable::seal(const AccountKey &key, const QString &access,
                                            const QString &refresh) const
{
    if (!m_box.usable())
        return failure(ErrorKind::KeyUnusable, u"There is no sealing key: the sign-in was not stored."_s);
    const auto place = [&key](const QString &column) {
        return SecretBox::associatedData(key.participant, key.provider, column);
    };
    return Sealed{m_box.seal(access, place(u"access_token"_s)),
                  m_box.seal(refresh, place(u"refresh_token"_s))};
}

Result<std::optional<StoredAccount>> TokenTable::load(const AccountKey &key) const
{
    auto row = read(m_database, m_box, key);
    if (!row)
        return failure(row.error());
    if (!*row)
        return std::nullopt;
    return (*row)->account;
}

Result<QList<StoredAccount>> TokenTable::all() const
{
    auto query =
        runSql(m_database, u"SELECT %1 FROM fitbit_tokens ORDER BY participant_id, provider"_s.arg(columns));
    if (!query)
        return failure(query.error());
    QList<StoredAccount> accounts;
    while (query->next())
        accounts.append(rowOf(*query, m_box).account);
    return accounts;
}

Result<RefreshLease> TokenTable::takeRefreshLease(const AccountKey &key, const QString &owner,
                                                  qint64 untilUtc)
{
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    auto row = read(m_database, m_box, key);
    if (!row)
        return failure(row.error());
    RefreshLease lease;
    if (!*row)
        return lease;
    lease.account = (*row)->account;
    if (!(*row)->leaseOwner.isEmpty() && (*row)->leaseOwner != owner &&
        (*row)->leaseUntil > m_clock.nowUtc()) {
        lease.heldUntilUtc = (*row)->leaseUntil;
        lease.heldBy = (*row)->leaseOwner;
        return lease;
    }
    auto taken = runSql(m_database,
                        u"UPDATE fitbit_tokens SET lease_owner = ?, lease_until = ? "
                        u"WHERE participant_id = ? AND provider = ?"_s,
                        {owner, untilUtc, key.participant, key.provider});
    if (!taken)
        return failure(taken.error());
    WRISTKEEP_FAIL_POINT("store.token.lease-taken");
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    lease.granted = true;
    lease.heldUntilUtc = untilUtc;
    return lease;
}

Result<bool> TokenTable::saveRefreshed(const AccountKey &key, const QString &owner,
                                       const QString &oldRefreshToken, const Token &token)
{
    Q_UNUSED(owner) // The old token decides: whoever holds its successor must be able to keep it.
    WRISTKEEP_FAIL_POINT("store.token.begin");
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    auto row = read(m_database, m_box, key);
    if (!row)
        return failure(row.error());
    if (!*row || !(*row)->account.opened || (*row)->account.token.refreshToken != oldRefreshToken)
        return false;
    const Token &old = (*row)->account.token;
    auto sealed =
        seal(key, token.accessToken, token.refreshToken.isEmpty() ? oldRefreshToken : token.refreshToken);
    if (!sealed)
        return failure(sealed.error());
    const QStringList scopes = token.scopes.isEmpty() ? old.scopes : token.scopes;
    const QString user = token.userId.isEmpty() ? old.userId : token.userId;
    auto written = runSql(
        m_database,
        u"UPDATE fitbit_tokens SET access_token = ?, refresh_token = ?, expires_at = ?, scope = ?, "
        u"token_type = ?, fitbit_user_id = ?, token_host = ?, refresh_expires_at = ?, updated_at = ?, "
        u"refused_reason = NULL, lease_owner = NULL, lease_until = NULL "
        u"WHERE participant_id = ? AND provider = ?"_s,
        {sealed->access, sealed->refresh, token.expiresAt, scopes.join(u' '), token.tokenType,
         user.isEmpty() ? unknownUser : user, token.tokenHost.isEmpty() ? old.tokenHost : token.tokenHost,
         optionalSeconds(token.refreshExpiresAt ? token.refreshExpiresAt : old.refreshExpiresAt), now(),
         key.participant, key.provider});
    if (!written)
        return failure(written.error());
    WRISTKEEP_FAIL_POINT("store.token.refreshed");
    return finish(*transaction, true);
}

Result<bool> TokenTable::releaseRefreshLease(const AccountKey &key, const QString &owner,
                                             const QString &oldRefreshToken, const QString &refusedReason)
{
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    auto row = read(m_database, m_box, key);
    if (!row)
        return failure(row.error());
    if (!*row)
        return false;
    bool changed = false;
    if ((*row)->leaseOwner == owner) {
        auto released = runSql(m_database,
                               u"UPDATE fitbit_tokens SET lease_owner = NULL, lease_until = NULL "
                               u"WHERE participant_id = ? AND provider = ?"_s,
                               {key.participant, key.provider});
        if (!released)
            return failure(released.error());
        changed = true;
    }
    const StoredAccount &account = (*row)->account;
    if (!refusedReason.isEmpty() && account.opened && account.token.refreshToken == oldRefreshToken) {
        auto marked = runSql(m_database,
                             u"UPDATE fitbit_tokens SET refused_reason = ?, updated_at = ? "
                             u"WHERE participant_id = ? AND provider = ?"_s,
                             {refusedReason, now(), key.participant, key.provider});
        if (!marked)
            return failure(marked.error());
        changed = true;
    }
    return finish(*transaction, changed);
}

Result<bool> TokenTable::saveConnected(const AccountKey &key, const Token &token)
{
    WRISTKEEP_FAIL_POINT("store.token.begin");
    if (!m_box.usable() && m_keyMaker) {
        if (auto made = m_keyMaker(); !made)
            return failure(made.error());
    }
    auto sealed = seal(key, token.accessToken, token.refreshToken);
    if (!sealed)
        return failure(sealed.error());
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    const QString instant = now();
    auto written = runSql(
        m_database,
        u"INSERT INTO fitbit_tokens (%1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL) "
        u"ON CONFLICT (participant_id, provider) DO UPDATE SET "
        u"fitbit_user_id = excluded.fitbit_user_id, access_token = excluded.access_token, "
        u"refresh_token = excluded.refresh_token, expires_at = excluded.expires_at, "
        u"scope = excluded.scope, token_type = excluded.token_type, updated_at = excluded.updated_at, "
        u"token_host = excluded.token_host, legacy_user_id = excluded.legacy_user_id, "
        u"refresh_expires_at = excluded.refresh_expires_at, refused_reason = NULL, "
        u"lease_owner = NULL, lease_until = NULL"_s.arg(columns),
        {key.participant, key.provider, token.userId.isEmpty() ? unknownUser : token.userId, sealed->access,
         sealed->refresh, token.expiresAt, token.scopes.join(u' '), token.tokenType, instant, instant,
         token.tokenHost, token.legacyUserId.isEmpty() ? QVariant() : token.legacyUserId,
         optionalSeconds(token.refreshExpiresAt)});
    if (!written)
        return failure(written.error());
    WRISTKEEP_FAIL_POINT("store.token.connected");
    return finish(*transaction, true);
}

Result<QStringList> TokenTable::participantsOf(const QString &provider, const QString &userId) const
{
    QStringList participants;
    if (userId.isEmpty())
        return participants;
    auto query = runSql(m_database,
                        u"SELECT participant_id FROM fitbit_tokens WHERE provider = ? AND fitbit_user_id = ? "
                        u"ORDER BY participant_id"_s,
                        {provider, userId});
    if (!query)
        return failure(query.error());
    while (query->next())
        participants.append(query->value(0).toString());
    return participants;
}

Result<bool> TokenTable::forget(const AccountKey &key)
{
    auto transaction = Transaction::begin(m_database, Durability::Full);
    if (!transaction)
        return failure(transaction.error());
    auto deleted =
        runSql(m_database, u"DELETE FROM fitbit_tokens WHERE participant_id = ? AND provider = ?"_s,
               {key.participant, key.provider});
    if (!deleted)
        return failure(deleted.error());
    WRISTKEEP_FAIL_POINT("store.token.forgotten");
    return finish(*transaction, deleted->numRowsAffected() > 0);
}

} // namespace wristkeep
