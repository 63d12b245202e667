// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of documents out of the archive's own indexes: whatever a database does not know of its archive.

#include "core/result.h"

#include <QStringList>

#include <optional>

struct sqlite3;

namespace wristkeep {

struct IndexReading
{
    int added = 0;        ///< answers the database did not know
    QStringList problems; ///< sentences about lines that cannot be read
};

/// Line by line; answers that are known already stay as they are, those that came after `lastUtc` (Unix
/// seconds; none: no limit) are left out. Participants nobody knows are added.
Result<IndexReading> readIndexes(sqlite3 *database, const QStringList &indexFiles,
                                 std::optional<qint64> lastUtc = std::nullopt);

} // namespace wristkeep
