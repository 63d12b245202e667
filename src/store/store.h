// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The store: one writing connection and everything kept through it. Synchronous; lives on the store
// thread (tests use it directly). Opening it creates or migrates the database (docs/DATA.md).

#include "core/result.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>

class QSqlDatabase;

namespace wristkeep {

class Clock;
class Ledger;
class Accounts;
class BackfillJobs;
class Ingest;
class Leases;
class Participants;
class Runs;
class TokenTable;

struct StoreOptions
{
    QString databaseFile;             ///< absolute
    QString secretKeyHex;             ///< 64 hex digits, or empty: use keyFile
    QString keyFile;                  ///< created with O_EXCL, 0600, when missing and no rows are sealed yet
    QHash<QString, QString> dataDirs; ///< provider id → absolute folder
    QString fitbitTokenHost;          ///< what a migrated row of the original gets as token_host
};

class Store
{
public:
    /// Errors: Storage (path, reason, remedy), DatabaseTooNew, BadConfiguration (not a database).
    static Result<std::unique_ptr<Store>> open(const StoreOptions &options, const Clock &clock);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    [[nodiscard]] TokenTable &tokens();
    [[nodiscard]] Ledger &ledger();
    [[nodiscard]] Accounts &accounts();
    [[nodiscard]] BackfillJobs &backfills();
    [[nodiscard]] Leases &leases();
    [[nodiscard]] Participants &participants();
    [[nodiscard]] Runs &runs();
    [[nodiscard]] Ingest &ingest();

    /// "sealed with another key" and the like: empty when every sealed value can be opened.
    [[nodiscard]] QString keyProblem() const;

    /// What opening found that a person should know, e.g. two participants of one account.
    [[nodiscard]] QStringList warnings() const;

private:
    Store();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
