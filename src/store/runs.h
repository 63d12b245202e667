// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One row per run: when, for whom, how it ended.

#include "core/ids.h"
#include "core/result.h"

#include <optional>

class QSqlDatabase;

namespace wristkeep {

struct RunRecord
{
    QString id;
    AccountKey account;
    qint64 startedUtc = 0;
    std::optional<qint64> finishedUtc; ///< none: was killed or is going on
    QString outcome;                   ///< a sentence
    int good = 0;
    int notGood = 0;
};

class Runs
{
public:
    explicit Runs(QSqlDatabase &database);
    Outcome begin(const RunRecord &run);
    Outcome finish(const RunRecord &run);
    Result<std::optional<RunRecord>> last(const AccountKey &account) const;

private:
    QSqlDatabase &m_database;
};

} // namespace wristkeep
