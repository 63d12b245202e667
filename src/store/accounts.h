// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is remembered about an account besides its tokens: its zone and its quota.

#include "core/civilday.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/syncmessages.h"

class QSqlDatabase;

namespace wristkeep {

struct AccountProfile
{
    QString userId;
    Zone zone;
    QDate memberSince; ///< invalid if unknown
    qint64 readAtUtc = 0;
};

class Accounts
{
public:
    explicit Accounts(QSqlDatabase &database);

    Result<std::optional<AccountProfile>> profile(const AccountKey &key) const;
    Outcome saveProfile(const AccountKey &key, const AccountProfile &profile);
    Result<QuotaState> quota(const AccountKey &key) const;
    Outcome saveQuota(const AccountKey &key, const QuotaState &quota);

private:
    QSqlDatabase &m_database;
};

} // namespace wristkeep
