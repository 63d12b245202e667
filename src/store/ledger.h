// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ledger of promise 1: what is known about every (participant, provider, data type, civil day).

#include "core/fetchtask.h"
#include "core/result.h"

#include <QList>

class QSqlDatabase;

namespace wristkeep {

class Ledger
{
public:
    explicit Ledger(QSqlDatabase &database);

    /// None: never asked.
    Result<std::optional<Cell>> cell(const CellKey &key) const;
    /// The cells of an account in a range, oldest first; days never asked are not in the list.
    Result<QList<Cell>> cells(const AccountKey &account, const QStringList &dataTypes, QDate first,
                              QDate last) const;
    /// A try that brought nothing in: a cell with data keeps its state and gets last_try and last_error only;
    /// any other cell becomes `state` (Failed or NotPermitted) with `reason`.
    Result<Cell> markTried(const CellKey &key, CellState state, const QString &reason, qint64 atUtc);

private:
    QSqlDatabase &m_database;
};

} // namespace wristkeep
