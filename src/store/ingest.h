// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From an answer to durable rows: archive, then (after the caller's parse) one transaction for rows and
// ledger cells, then the day files. Steps 5 to 7 of one sync (docs/ARCHITECTURE.md).

#include "core/civilday.h"
#include "core/fetchtask.h"
#include "core/records.h"
#include "core/result.h"
#include "store/dayfiles.h"

#include <QByteArray>
#include <QUrl>

#include <optional>

namespace wristkeep {

/// An archived answer.
struct Document
{
    qint64 id = 0;     ///< row of documents
    QByteArray sha256; ///< lower-case hex of the body
    qint64 fetchedAtUtc = 0;
    bool known = false; ///< the same bytes were archived for this request before
};

/// A 2xx answer on its way in.
struct Answer
{
    FetchTask task;
    QUrl url; ///< without secrets
    QByteArray body;
    QByteArray gzipBody; ///< the same as a gzip stream when it came as one; else empty
    qint64 fetchedAtUtc = 0;
    QString language; ///< Accept-Language that was sent
    Zone zone;        ///< the participant's zone when it was fetched
    QString origin;   ///< provider id for answers, "original" for files of the original
};

struct CommitRequest
{
    Answer answer;
    Document document;
    Batch batch;
    QDate today; ///< on the participant's wall clock: today's cells stay provisional
    int settleDays = 7;
    bool writeDayFiles = true; ///< off for imported files, which stay where they are
};

struct WriteStats
{
    int added = 0;
    int changed = 0;
    int same = 0;
    QList<Cell> cells;        ///< as they stand after the commit
    QStringList filesWritten; ///< absolute paths
};

/// An answer whose rows are in; its day file is still to be written.
struct Committed
{
    WriteStats stats;
    std::optional<DayFileWish> dayFile;
};

class Ingest
{
public:
    virtual ~Ingest() = default;

    /// Durable in archive and documents before it returns, with one sync for what can share it. Storage on
    /// any failure, and then any of the answers may be archived or not: asking again does no harm.
    virtual Result<QList<Document>> archiveAll(const QList<Answer> &answers) = 0;
    /// The second half of archiveAll(), for bodies that are in the archive under these hashes.
    virtual Result<QList<Document>> enterAll(const QList<Answer> &answers,
                                             const QList<QByteArray> &hashes) = 0;
    /// Rows and cells of all of them in one transaction; after an error none is committed. Unchanged data
    /// writes no row.
    virtual Result<QList<Committed>> commitRows(const QList<CommitRequest> &requests) = 0;

    Result<Document> archive(const Answer &answer);
    /// Rows, cells and day file of one answer. After an error nothing is committed, or all is and the day
    /// file is missing.
    Result<WriteStats> commit(const CommitRequest &request);

    /// Rewrites missing or damaged day files from archive and ledger; returns how many.
    virtual Result<int> healDayFiles() = 0;
    /// Sample rows of the given type within [firstUtc, endUtc): for tests, plots and the zero rule.
    virtual Result<QList<Sample>> samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                          qint64 endUtc) const = 0;
};

} // namespace wristkeep
