// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The writing connection: checks what lies at the path before anything is changed, then opens it with the
// settings every connection of ours has.

#include "core/result.h"

#include <QSqlDatabase>
#include <QString>

namespace wristkeep {

class Connection
{
public:
    Connection() = default;
    ~Connection(); ///< closes and forgets the connection's name
    Q_DISABLE_COPY_MOVE(Connection)

    /// BadConfiguration: not a database. Storage: folder or file cannot be used. Nothing is changed on
    /// errors.
    Outcome open(const QString &file);
    /// Write-ahead log, secure_delete and the like: only after the version is known to be ours.
    Outcome prepareForWriting();

    [[nodiscard]] QSqlDatabase &database() { return m_database; }

    /// Closes and forgets the connection; everything that speaks through it is gone by then.
    void shut();

private:
    Outcome openOnce(const QString &file);
    Outcome useWriteAheadLog();

    QSqlDatabase m_database;
};

} // namespace wristkeep
