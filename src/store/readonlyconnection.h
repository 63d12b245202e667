// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A connection that can only read, for as long as one question takes: it sees one moment of the database
// while others go on writing, and leaves no file behind.

#include "core/result.h"

#include <QSqlDatabase>
#include <QString>

namespace wristkeep {

class ReadOnlyConnection
{
public:
    ReadOnlyConnection() = default;
    ~ReadOnlyConnection(); ///< ends the look at that moment, closes and forgets the connection's name
    Q_DISABLE_COPY_MOVE(ReadOnlyConnection)

    /// False: there is no file, or none of our tables in it yet. Errors: Storage, BadConfiguration.
    Result<bool> open(const QString &file);

    [[nodiscard]] QSqlDatabase &database() { return m_database; }

private:
    QSqlDatabase m_database;
};

} // namespace wristkeep
