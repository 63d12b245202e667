// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The database whose tables are made anew, held while that goes on: as it was at one moment while others go
// on writing, or alone, so that nothing can be written that the new tables would lack.

#include "store/connection.h"

struct sqlite3;

namespace wristkeep {

class KeptDatabase
{
public:
    enum class Hold : std::uint8_t { Snapshot, Alone };

    KeptDatabase() = default;
    Q_DISABLE_COPY_MOVE(KeptDatabase)

    /// Busy: `Alone` was asked for and another program has the database open.
    Outcome open(const QString &file, Hold hold);
    /// Ends the hold; the connection stays.
    Outcome letGo();

    [[nodiscard]] QSqlDatabase &database() { return m_connection.database(); }
    [[nodiscard]] sqlite3 *handle();

private:
    Outcome beAlone();

    Connection m_connection;
};

} // namespace wristkeep
