// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What becomes of an answer, in this order and nowhere else: archive and parse (files thread), commit (store
// thread), day files (files thread). The last page of a fetch is cut into its days together with the pages
// before it, which are read back from the archive. Pure of threads; storethread.h sends the answers along
// (docs/adr/0011).

#include "providers/provider.h"
#include "store/ingest.h"

#include <QDate>

namespace wristkeep {

class Archive;
class Ingest;
class Store;

struct KeptAnswer
{
    WriteStats stats;
    QString nextPage;
    Document document;
    qint64 bodyBytes = 0;
    std::optional<Error> notUnderstood; ///< archived, but nothing could be read out of it
    bool broken = false;                ///< not even JSON: asking again may bring a whole answer
};

/// A page of the same fetch that is in.
struct KeptPage
{
    QString page; ///< what it was asked with
    Document document;
};

struct AnswerToKeep
{
    Answer answer;
    const Provider *provider = nullptr;
    int settleDays = 7;
    QDate today;
    QList<KeptPage> earlier = {}; ///< in order
    bool makesDayFiles = true;    ///< false for files that stay where they are
};

/// Durable in the archive, not in the database yet.
struct ArchivedAnswer
{
    AnswerToKeep work;
    QByteArray sha256;
    Result<Batch> batch;                    ///< an Error: not understood
    QList<EarlierPage> earlier = {};        ///< with the last page of several
    QMap<QDate, QByteArray> dayBodies = {}; ///< see CommitRequest
};

/// Rows and cells are in; the day files are not written yet.
struct CommittedAnswer
{
    KeptAnswer kept;
    QList<DayFileWish> dayFiles;
};

// Each gives one result for each answer, in order; an Error only for one that could not be kept (Storage).
// Answers share syncs and transactions as long as all goes well; after an error each goes its way alone.

QList<Result<ArchivedAnswer>> archiveAnswers(const Archive &archive, const QList<AnswerToKeep> &works);
QList<Result<CommittedAnswer>> commitAnswers(Store &store, const QList<ArchivedAnswer> &answers);
QList<Result<CommittedAnswer>> commitAnswers(Ingest &ingest, const QList<ArchivedAnswer> &answers);
QList<Result<KeptAnswer>> showAnswers(const QList<CommittedAnswer> &answers);

/// The second half of archiveAnswers(), for an answer that is in the archive under this hash.
Result<ArchivedAnswer> understand(const Archive &archive, const AnswerToKeep &work, const QByteArray &sha256);

/// Days of an archived answer, cut by the provider whose it is: for healing day files.
Result<DayShares> cutDays(const DayCut &cut);

} // namespace wristkeep
