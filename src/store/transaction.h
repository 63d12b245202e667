// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A write transaction that takes the write lock at once: a reader that turns into a writer later fails with
// an error the busy time-out does not cover. Rolls back unless committed.

#include "core/result.h"

class QSqlDatabase;

namespace wristkeep {

/// Full survives a power cut (tokens); Normal may lose the last commits then, never consistency
/// (measurements).
enum class Durability : std::uint8_t { Normal, Full };

class Transaction
{
public:
    static Result<Transaction> begin(const QSqlDatabase &database,
                                     Durability durability = Durability::Normal);
    ~Transaction();
    Transaction(Transaction &&other) noexcept;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    Transaction &operator=(Transaction &&) = delete;

    Outcome commit();

private:
    Transaction(const QSqlDatabase &database, Durability durability);
    void restoreDurability();

    const QSqlDatabase *m_database = nullptr; ///< null: ended or moved from
    Durability m_durability;
};

} // namespace wristkeep
