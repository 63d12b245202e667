// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From an answer to durable rows: archive, then (after the caller's parse) one transaction for rows and
// ledger cells, then the day files. Steps 5 to 7 of one sync (docs/ARCHITECTURE.md).

#include "core/civilday.h"
#include "core/fetchtask.h"
#include "core/records.h"
#include "core/result.h"

#include <QByteArray>
#include <QUrl>

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

class Ingest
{
public:
    virtual ~Ingest() = default;
    /// Durable before it returns, with one sync for what can share it. Storage on any failure, and then any
    /// of the answers may be archived or not: asking again does no harm.
    virtual Result<QList<Document>> archiveAll(const QList<Answer> &answers) = 0;
    /// Rows and cells of all of them in one transaction, then day files. Unchanged data writes no row and no
    /// file. After an error nothing is committed, or everything is and a day file is missing.
    virtual Result<QList<WriteStats>> commitAll(const QList<CommitRequest> &requests) = 0;

    Result<Document> archive(const Answer &answer)
    {
        return archiveAll({answer}).map([](const QList<Document> &all) { return all.first(); });
    }
    Result<WriteStats> commit(const CommitRequest &request)
    {
        return commitAll({request}).map([](const QList<WriteStats> &all) { return all.first(); });
    }
    /// Rewrites missing or damaged day files from archive and ledger; returns how many.
    virtual Result<int> healDayFiles() = 0;
    /// Sample rows of the given type within [firstUtc, endUtc): for tests, plots and the zero rule.
    virtual Result<QList<Sample>> samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                          qint64 endUtc) const = 0;
};

} // namespace wristkeep
