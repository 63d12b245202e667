// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The way of an answer into SQLite and the data folders. Speaks SQLite's C API where thousands of rows go;
// another engine brings an Ingest of its own (docs/adr/0003).

#include "store/archive.h"
#include "store/cellrows.h"
#include "store/commitplan.h"
#include "store/dayfilehealer.h"
#include "store/documents.h"
#include "store/ingest.h"
#include "store/measurements.h"

class QSqlDatabase;

namespace wristkeep {

class SqliteIngest final : public Ingest
{
public:
    SqliteIngest(const QSqlDatabase &database, QHash<QString, QString> dataDirs);
    ~SqliteIngest() override;

    Result<QList<Document>> archiveAll(const QList<Answer> &answers) override;
    Result<QList<Document>> enterAll(const QList<Answer> &answers, const QList<QByteArray> &hashes) override;
    Result<QList<Committed>> commitRows(const QList<CommitRequest> &requests) override;
    Result<int> healDayFiles(const DaySlicer &slicer = {}) override;
    Result<int> showReleasedZeros(const DaySlicer &slicer) override;
    Result<QList<Sample>> samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                  qint64 endUtc) const override;

private:
    struct Source;
    Outcome writeBatch(const CommitRequest &request, const CommitPlan &plan, const Source &source,
                       WriteCounts &counts);
    Outcome writeRows(const CommitRequest &request, const CommitPlan &plan, WriteCounts &counts);
    Outcome withdraw(const CommitRequest &request, const CommitPlan &plan, WriteCounts &counts);
    Result<QList<Cell>> writeCells(const CommitRequest &request, const CommitPlan &plan);
    Result<QList<Cell>> releaseZeros(const CommitRequest &request, const CommitPlan &plan);
    Result<QList<DayFileWish>> dayFilesOf(const CommitRequest &request, const CommitPlan &plan) const;

    const QSqlDatabase &m_database;
    Archive m_archive;
    Documents m_documents;
    CellRows m_cells;
    DayFileHealer m_healer;
    QList<CellKey> m_released; ///< cells whose zeros became data and may lack their day file
    mutable Measurements m_measurements;
    CommitPlanner m_planner;
};

} // namespace wristkeep
