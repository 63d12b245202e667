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
#include <QMap>
#include <QUrl>

#include <functional>
#include <optional>

namespace wristkeep {

/// What an answer says of each day, as source text.
using DayShares = QMap<QDate, QByteArray>;

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
    FetchTask task; ///< `page`: the token it was asked with; only its hash is written down
    int pageNumber = 1;
    QUrl url; ///< without secrets
    QByteArray body;
    QByteArray gzipBody; ///< the same as a gzip stream when it came as one; else empty
    qint64 fetchedAtUtc = 0;
    QString language; ///< Accept-Language that was sent
    Zone zone;        ///< the participant's zone when it was fetched
    QString origin;   ///< provider id for answers, "original" for files of the original
};

/// True when the answer is its day's file as it stands: one day, one page.
bool isDayFile(const Answer &answer, const Batch &batch);

/// A page of the same fetch that came before.
struct EarlierPage
{
    qint64 document = 0; ///< row of documents
    Batch batch;
};

struct CommitRequest
{
    Answer answer;
    Document document;
    Batch batch;
    QList<EarlierPage> earlier; ///< with the last page of several: those before it, in order
    /// Each day's share of the answer and its pages; days that are missing here get no file. Not looked at
    /// where the answer itself is the day file.
    DayShares dayBodies;
    QDate today; ///< on the participant's wall clock: today's cells stay provisional
    int settleDays = 7;
    bool writeDayFiles = true; ///< off for imported files, which stay where they are
};

struct WriteStats
{
    int added = 0;
    int changed = 0;
    int same = 0;
    int withdrawn = 0;        ///< kept until now, and gone from a newer whole answer
    QList<Cell> cells;        ///< as they stand after the commit
    QStringList filesWritten; ///< absolute paths
};

/// An answer whose rows are in; its day files are still to be written.
struct Committed
{
    WriteStats stats;
    QList<DayFileWish> dayFiles;
};

/// Day files to be cut out of an archived answer.
struct DayCut
{
    QList<QByteArray> bodies; ///< its pages, in order
    QList<QDate> dates;
    FetchTask task; ///< what was asked, without the page
    Zone zone;
};

/// The store knows no provider's answers: whoever does cuts them.
using DaySlicer = std::function<Result<DayShares>(const DayCut &)>;

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
    /// Rows, cells and day files of one answer. After an error nothing is committed, or all is and day files
    /// are missing.
    Result<WriteStats> commit(const CommitRequest &request);

    /// Rewrites missing or damaged day files from archive and ledger; returns how many. Without a slicer only
    /// those that are one answer as it stands.
    virtual Result<int> healDayFiles(const DaySlicer &slicer = {}) = 0;
    /// Day files of zeros that have become data since this was last called; returns how many. What a crash
    /// leaves undone healDayFiles() does.
    virtual Result<int> showReleasedZeros(const DaySlicer &slicer) = 0;
    /// Sample rows of the given type within [firstUtc, endUtc): for tests, plots and the zero rule.
    virtual Result<QList<Sample>> samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                          qint64 endUtc) const = 0;
};

} // namespace wristkeep
