// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of documents: which archived answer is of which request (docs/DATA.md). The caller holds the
// transaction.

#include "store/ingest.h"
#include "store/statement.h"

namespace wristkeep {

class Documents
{
public:
    explicit Documents(sqlite3 *database);

    /// The row of these bytes for this request, if there is one.
    Result<std::optional<Document>> find(const Answer &answer, const QByteArray &sha256);
    /// A new row, or the one another process has added since the caller looked.
    Result<Document> add(const Answer &answer, const QByteArray &sha256);
    /// Empty for an unknown row.
    Result<QByteArray> hashOf(qint64 document);

private:
    Statement m_find;
    Statement m_insert;
    Statement m_hash;
};

} // namespace wristkeep
