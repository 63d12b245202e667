// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The stored form of a backfill: its range, its types, its state and counts, and how often a cell failed.

#include "core/backfill.h"
#include "core/fetchtask.h"
#include "core/result.h"

#include <QList>

class QSqlDatabase;

namespace wristkeep {

struct BackfillJob
{
    BackfillStatus status;
    qint64 revision = 0; ///< grows with each word of a person
};

struct BackfillTry
{
    QString dataType;
    QDate date;
    int tries = 0; ///< that failed
    qint64 lastTryUtc = 0;
    qint64 nextTryUtc = 0; ///< not before
    bool denied = false;   ///< refused for want of permission
};

class BackfillJobs
{
public:
    explicit BackfillJobs(QSqlDatabase &database);

    /// Of everybody who is still on the list of participants.
    Result<QList<BackfillJob>> all() const;
    Result<std::optional<BackfillJob>> find(const AccountKey &account) const;
    /// A person's word: a job of this account that was there before is replaced, and its tries are forgotten.
    Result<BackfillJob> begin(const BackfillStatus &status);
    /// A person's word on a job that is there; none: there is none. `live`: how far it is by now, if known.
    Result<std::optional<BackfillJob>> setState(const AccountKey &account, BackfillState state, qint64 nowUtc,
                                                const std::optional<BackfillStatus> &live = {});
    /// How far it is, with the cells that failed meanwhile. False: a person has said something else since,
    /// and nothing was noted.
    Result<bool> note(const BackfillJob &job, const QList<BackfillTry> &failed);
    Result<QList<BackfillTry>> tries(const AccountKey &account) const;

private:
    QSqlDatabase &m_database;
};

} // namespace wristkeep
