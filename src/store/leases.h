// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One run per participant across processes: a named lease with an owner and an end.

#include "core/result.h"

#include <QList>

class QSqlDatabase;

namespace wristkeep {

class Clock;

struct LeaseState
{
    bool granted = false;
    QString owner;
    qint64 untilUtc = 0;
};

class Leases
{
public:
    Leases(QSqlDatabase &database, const Clock &clock);
    /// Takes or prolongs `name` for `owner` when it is free, expired or ours.
    Result<LeaseState> take(const QString &name, const QString &owner, qint64 untilUtc);
    /// True while anybody holds it.
    Result<bool> isHeld(const QString &name) const;
    /// Those whose names begin so and that have not ended.
    Result<QList<LeaseState>> held(const QString &beginning) const;
    Outcome release(const QString &name, const QString &owner);

private:
    QSqlDatabase &m_database;
    const Clock &m_clock;
};

} // namespace wristkeep
