// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A database of the original, in either of its forms: copied first (sealed), then its token rows taken out of
// their old table and brought into ours. Runs inside the migration's transaction.

#include "core/result.h"

#include <QHash>
#include <QList>
#include <QStringList>
#include <QVariant>

class QSqlDatabase;

namespace wristkeep {

class Clock;
class SecretBox;

/// True when there are tables of the original (and, as the caller knows, none of ours).
Result<bool> isOriginalDatabase(const QSqlDatabase &database);

class OriginalDatabase
{
public:
    OriginalDatabase(QSqlDatabase &database, const SecretBox &box, const Clock &clock);

    /// Makes the sealed copy, reads the token rows and drops their table.
    Outcome takeOut();
    /// Writes the rows, sealed, into our table: the newest of each participant; the others are kept aside.
    Outcome bringIn(const QString &tokenHost);

    [[nodiscard]] const QStringList &warnings() const { return m_warnings; }

private:
    struct Row
    {
        QString participant;
        QHash<QString, QVariant> values;
        [[nodiscard]] QString updatedAt() const;
        [[nodiscard]] qint64 id() const;
    };
    struct Column
    {
        QString name;
        QString type;
    };
    Outcome readRows();
    Outcome addForeignColumns();
    Outcome addParticipants();
    Outcome insert(const Row &row, const QString &tokenHost);
    Outcome setAside(const Row &row);
    void warnOfSharedAccounts(const QList<Row> &rows);
    [[nodiscard]] QString sealed(const Row &row, const QString &column, const QString &place) const;

    QSqlDatabase &m_database;
    const SecretBox &m_box;
    const Clock &m_clock;
    QList<Column> m_columns; ///< of the old table
    QList<Row> m_rows;
    QStringList m_warnings;
};

} // namespace wristkeep
