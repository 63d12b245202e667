// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of a database that are taken over as they are, because no answer in the archive gives them any more:
// as a batch, so that they go the way of every answer.

#include "core/rebuildmessages.h"
#include "store/ingest.h"

struct sqlite3;

namespace wristkeep {

/// Days with data whose kept rows came in this answer.
Result<QList<CellKey>> cellsOf(sqlite3 *kept, qint64 document);

/// Days with data of which `rebuilt` knows nothing.
Result<QList<CellKey>> cellsMissing(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope);

/// The cell's rows as an answer for its day alone; `answer.origin` stays empty.
Result<CommitRequest> keptRows(sqlite3 *kept, const CellKey &key);

/// What the archive cannot know: tries that brought nothing in, for days without and with data.
Outcome takeOverTries(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope);

/// From when on daily values and sessions are known, where an answer on the way to them is not read any more.
Outcome takeOverInstants(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope);

/// History that came with, or was about, an answer that is not read any more.
Outcome takeOverHistory(sqlite3 *kept, sqlite3 *rebuilt, qint64 document);

} // namespace wristkeep
