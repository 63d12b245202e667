// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One statement with bound values, and the transaction every writer uses.

#include "core/result.h"

#include <QSqlQuery>
#include <QVariantList>

struct sqlite3;

namespace wristkeep {

/// Prepares, binds in order and runs; the query is on no row yet.
Result<QSqlQuery> runSql(const QSqlDatabase &database, const QString &text, const QVariantList &values = {});

/// SQLite's own handle of the connection, for statements where QSqlQuery is too slow.
sqlite3 *sqliteHandle(const QSqlDatabase &database);

/// Now, in the text form SQLAlchemy gave the original's dates: UTC with microseconds.
QString sqlDateText(const QDateTime &instant);

} // namespace wristkeep
