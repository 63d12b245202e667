// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes missing or damaged day files again, from what the ledger says they were made of and the archive.

#include "store/ingest.h"
#include "store/statement.h"

#include <cstdint>

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
    enum class Sweep : std::uint8_t { No, Yes };
    Result<int> healAll(QSqlQuery query, const DaySlicer &slicer, Sweep sweep);
    Result<bool> healOne(const Row &row, const DayFile &file, const DaySlicer &slicer);
    Result<QByteArray> dayBytes(const Row &row, const DaySlicer &slicer);
    Outcome readBodies(const Row &row);
    static Row rowOf(const QSqlQuery &query);

    const QSqlDatabase &m_database;
    const Archive &m_archive;
    Statement m_hash;
    QString m_readFrom; ///< which documents m_bodies are of: days of one answer come one after the other
    QList<QByteArray> m_bodies;
};

} // namespace wristkeep
