// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/documents.h"

#include "core/failpoint.h"
#include "store/requesttrace.h"

namespace wristkeep {

Documents::Documents(sqlite3 *database)
    : m_find(database, "SELECT id, fetched_at FROM documents WHERE participant = ? AND provider = ? "
                       "AND data_type = ? AND first = ? AND last = ? AND page = ? AND sha256 = ?"),
      m_insert(database,
               "INSERT INTO documents (participant, provider, data_type, first, last, page, sha256, url, "
               "bytes, fetched_at, language, zone, zone_source, origin, page_number) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"),
      m_hash(database, "SELECT sha256 FROM documents WHERE id = ?")
{
}

Result<std::optional<Document>> Documents::find(const Answer &answer, const QByteArray &sha256)
{
    const FetchTask &task = answer.task;
    auto found = m_find
                     .with(task.account.participant, task.account.provider, task.dataType, task.first,
                           task.last, pageTrace(task.page), sha256)
                     .step();
    if (!found)
        return failure(found.error());
    if (!*found)
        return std::nullopt;
    const Document document{m_find.integer(0), sha256, m_find.integer(1), true};
    m_find.reset();
    return document;
}

Result<Document> Documents::add(const Answer &answer, const QByteArray &sha256)
{
    const auto known = find(answer, sha256);
    if (!known)
        return failure(known.error());
    if (*known)
        return **known;
    const FetchTask &task = answer.task;
    auto inserted = m_insert
                        .with(task.account.participant, task.account.provider, task.dataType, task.first,
                              task.last, pageTrace(task.page), sha256, addressTrace(answer),
                              qint64(answer.body.size()), answer.fetchedAtUtc, answer.language,
                              answer.zone.zone.isValid() ? answer.zone.id() : QString(),
                              zoneSourceName(answer.zone.source), answer.origin, answer.pageNumber)
                        .step();
    if (!inserted)
        return failure(inserted.error());
    const Document document{m_insert.integer(0), sha256, answer.fetchedAtUtc, false};
    m_insert.reset();
    WRISTKEEP_FAIL_POINT("store.archive.before-commit");
    return document;
}

Result<QByteArray> Documents::hashOf(qint64 document)
{
    const auto found = m_hash.with(document).step();
    if (!found)
        return failure(found.error());
    const QByteArray hash = *found ? m_hash.text(0).toLatin1() : QByteArray();
    m_hash.reset();
    return hash;
}

} // namespace wristkeep
