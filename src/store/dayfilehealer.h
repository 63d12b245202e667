// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes missing or damaged day files again, from what the ledger says they were made of and the archive.

#include "store/ingest.h"
#include "store/statement.h"

#include <optional>

class QSqlDatabase;
class QSqlQuery;

namespace wristkeep {

class Archive;

class DayFileHealer
{
public:
    DayFileHealer(const QSqlDatabase &database, const Archive &archive);

    /// How many files were written. Storage when one could not be; an answer that is missing in the archive
    /// or cannot be cut is told in the log and costs its own files alone.
    Result<int> heal(const DaySlicer &slicer);
    /// The same for these cells alone.
    Result<int> heal(const DaySlicer &slicer, const QList<CellKey> &cells);

private:
    struct Row;
    /// None where the provider has no folder in these settings: nothing to show there.
    [[nodiscard]] std::optional<Row> rowOf(const QSqlQuery &query) const;
    Result<QList<QByteArray>> pagesOf(const Row &row);
    /// The rows are of one answer.
    Result<DayShares> sharesOf(const QList<Row> &rows, const DaySlicer &slicer);
    Result<int> makeAgain(const QList<Row> &rows, const DaySlicer &slicer);

    const QSqlDatabase &m_database;
    const Archive &m_archive;
    Statement m_hash;
};

} // namespace wristkeep
