// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The database that is made beside another one: its file, how it gets the other's form, and how it takes the
// other's place. At every moment the name of the database stands for a whole one, the old or the new.

#include "store/connection.h"

#include <functional>
#include <memory>

struct sqlite3;

namespace wristkeep {

class KeptDatabase;

class RebuildFile
{
public:
    /// Beside this database; a symbolic link is followed.
    explicit RebuildFile(const QString &databaseFile);
    ~RebuildFile(); ///< removes the file unless it took its place
    Q_DISABLE_COPY_MOVE(RebuildFile)

    /// Everything of `kept` but what the archive gives. Clears away what a killed one left behind.
    Outcome make(KeptDatabase &kept, const std::function<bool()> &stop);

    [[nodiscard]] QSqlDatabase &database() { return m_connection.database(); }
    [[nodiscard]] sqlite3 *handle();

    /// Checks the file from end to end and closes it. Storage when it is not sound.
    Outcome finish();
    /// Takes the other's place; the old file keeps a name of its own, which is given back. Only while nobody
    /// else has the other open.
    Result<QString> takePlace();

private:
    void sweep() const;

    QString m_databaseFile;
    QString m_file;
    Connection m_connection;
};

} // namespace wristkeep
