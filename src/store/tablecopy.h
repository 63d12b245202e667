// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Copies a database's form and rows, table by table, into an empty one: everything but what a rebuild makes
// anew from the archive (docs/DATA.md, "Making the tables anew").

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <functional>

struct sqlite3;

namespace wristkeep {

/// Tables whose rows come out of the archive. Any other table is copied, as nobody knows what made it, except
/// for the leases, which are about processes.
const QByteArrayList &rebuiltTables();

/// Tables, indexes, triggers and views, and the rows of all tables that are not rebuilt. Cancelled when
/// `stop` says so. Storage for a form that cannot be copied.
Outcome copyDatabase(sqlite3 *from, sqlite3 *to, const std::function<bool()> &stop);

/// The rows of a table of the same form on both sides, column by column; rows that are there already stay.
/// `condition` is SQL behind WHERE, with `values` for its question marks.
Outcome copyRows(sqlite3 *from, sqlite3 *to, const QByteArray &table, const QByteArray &condition = {},
                 const QByteArrayList &values = {}, const std::function<bool()> &stop = {});

} // namespace wristkeep
