// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/accounts.h"

#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

template<typename T>
QVariant orNull(const std::optional<T> &value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<T>());
}

Outcome writeAccount(const QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return failure(transaction.error());
    if (auto written = runSql(database, statement, values); !written)
        return failure(written.error());
    return transaction->commit();
}

} // namespace

Accounts::Accounts(QSqlDatabase &database) : m_database(database) {}

Result<std::optional<AccountProfile>> Accounts::profile(const AccountKey &key) const
{
    auto query = runSql(m_database,
                        u"SELECT user_id, zone, zone_source, member_since, read_at FROM accounts "
                        u"WHERE participant = ? AND provider = ?"_s,
                        {key.participant, key.provider});
    if (!query)
        return failure(query.error());
    if (!query->next())
        return std::nullopt;
    AccountProfile profile;
    profile.userId = query->value(0).toString();
    profile.zone.zone = QTimeZone(query->value(1).toByteArray());
    profile.zone.source = zoneSourceFromName(query->value(2).toString()).value_or(ZoneSource::Computer);
    // A zone this computer's data base does not know is as good as none.
    if (!profile.zone.zone.isValid())
        profile.zone = computerZone();
    profile.memberSince = QDate::fromString(query->value(3).toString(), Qt::ISODate);
    profile.readAtUtc = query->value(4).toLongLong();
    return profile;
}

Outcome Accounts::saveProfile(const AccountKey &key, const AccountProfile &profile)
{
    return writeAccount(
        m_database,
        u"INSERT INTO accounts (participant, provider, user_id, zone, zone_source, member_since, read_at) "
        u"VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (participant, provider) DO UPDATE SET "
        u"user_id = excluded.user_id, zone = excluded.zone, zone_source = excluded.zone_source, "
        u"member_since = excluded.member_since, read_at = excluded.read_at"_s,
        {key.participant, key.provider, profile.userId.isNull() ? u""_s : profile.userId,
         profile.zone.zone.isValid() ? profile.zone.id() : u""_s, zoneSourceName(profile.zone.source),
         profile.memberSince.isValid() ? QVariant(profile.memberSince.toString(Qt::ISODate))
                                       : QVariant(QMetaType::fromType<QString>()),
         profile.readAtUtc});
}

Result<QuotaState> Accounts::quota(const AccountKey &key) const
{
    auto query = runSql(m_database,
                        u"SELECT quota_limit, quota_left, reset_at, exhausted FROM quota "
                        u"WHERE participant = ? AND provider = ?"_s,
                        {key.participant, key.provider});
    if (!query)
        return failure(query.error());
    QuotaState state;
    if (!query->next())
        return state;
    if (!query->value(0).isNull())
        state.limit = query->value(0).toInt();
    if (!query->value(1).isNull())
        state.left = query->value(1).toInt();
    if (!query->value(2).isNull())
        state.resetAtUtc = query->value(2).toLongLong();
    state.exhausted = query->value(3).toBool();
    return state;
}

Outcome Accounts::saveQuota(const AccountKey &key, const QuotaState &quota)
{
    return writeAccount(
        m_database,
        u"INSERT INTO quota (participant, provider, quota_limit, quota_left, reset_at, exhausted) "
        u"VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (participant, provider) DO UPDATE SET "
        u"quota_limit = excluded.quota_limit, quota_left = excluded.quota_left, "
        u"reset_at = excluded.reset_at, exhausted = excluded.exhausted"_s,
        {key.participant, key.provider, orNull(quota.limit), orNull(quota.left), orNull(quota.resetAtUtc),
         int(quota.exhausted)});
}

} // namespace wristkeep
