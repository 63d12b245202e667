// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every moment at which an archived answer came, in the order in which it counted. The archive keeps equal
// bytes once; that they came again is known from the ledger and the history of the database that was there.

#include "core/rebuildmessages.h"
#include "store/ingest.h"
#include "store/statement.h"

#include <vector>

namespace wristkeep {

struct Visit
{
    qint64 document = 0;
    qint64 atUtc = 0;
};

/// `kept` knows the answers up to some row of documents; `rebuilt` has the same rows and those of the
/// indexes.
Result<std::vector<Visit>> visitsInOrder(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope);

/// A row of documents, read back.
struct KeptDocument
{
    Document document;
    Answer answer;    ///< without body, and without the page's token
    qint64 bytes = 0; ///< size of the body
    QString page;     ///< hash of that token; empty: the first page
    QString fileName; ///< of an answer that was a file
};

class DocumentReader
{
public:
    explicit DocumentReader(sqlite3 *database);

    Result<KeptDocument> read(qint64 id);
    /// The newest page before this one that had come by then; none: it is not there.
    Result<std::optional<qint64>> pageBefore(qint64 id, qint64 atUtc);

private:
    Statement m_read;
    Statement m_before;
};

} // namespace wristkeep
