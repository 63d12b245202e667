// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tablecopy.h"

#include "store/sqlerror.h"
#include "store/statement.h"

#include <sqlite3.h>

#include <memory>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct Finalize
{
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using RawStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

Error errorOf(sqlite3 *database)
{
    return sqliteError(sqlite3_extended_errcode(database), QString::fromUtf8(sqlite3_errmsg(database)),
                       QString::fromUtf8(sqlite3_db_filename(database, "main")));
}

Result<RawStatement> prepared(sqlite3 *database, const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database, sql.constData(), int(sql.size()), &statement, nullptr) != SQLITE_OK)
        return failure(errorOf(database));
    return RawStatement(statement);
}

Outcome execute(sqlite3 *database, const QByteArray &sql)
{
    if (sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(errorOf(database));
    return {};
}

QByteArray quoted(QByteArray name)
{
    return '"' + name.replace('"', "\"\"") + '"';
}

/// Columns that hold something of their own; generated ones follow by themselves.
Result<QByteArrayList> columnsOf(sqlite3 *database, const QByteArray &table)
{
    QByteArrayList columns;
    Statement names(database, "SELECT name FROM pragma_table_info(?)");
    names.with(table);
    for (;;) {
        const auto row = names.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return columns;
        columns.append(quoted(names.text(0).toUtf8()));
    }
}

struct SchemaItem
{
    QByteArray type;
    QByteArray name;
    QByteArray sql;
};

Result<QList<SchemaItem>> schemaOf(sqlite3 *database)
{
    QList<SchemaItem> items;
    // What has no text belongs to another item; sqlite_ names are SQLite's own.
    Statement rows(database, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
                             "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY type <> 'table', rowid");
    rows.with();
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return items;
        items.append({rows.text(0).toUtf8(), rows.text(1).toUtf8(), rows.text(2).toUtf8()});
        if (items.last().sql.startsWith("CREATE VIRTUAL")) {
            return failure(
                errorWithRemedy(ErrorKind::Storage,
                                u"The database holds a table that cannot be copied: %1."_s.arg(rows.text(1)),
                                u"It was made by another program. Nothing was changed."_s));
        }
    }
}

/// Numbers in the file's head that another program may have set.
Outcome copyMarks(sqlite3 *from, sqlite3 *to)
{
    for (const QByteArray mark : {"user_version", "application_id"}) {
        const auto read = prepared(from, "PRAGMA " + mark);
        if (!read)
            return failure(read.error());
        if (sqlite3_step(read->get()) != SQLITE_ROW)
            return failure(errorOf(from));
        const auto number = QByteArray::number(sqlite3_column_int64(read->get(), 0));
        if (auto set = execute(to, "PRAGMA " + mark + " = " + number); !set)
            return set;
    }
    return {};
}

/// Which number a table with AUTOINCREMENT gives next.
Outcome copySequences(sqlite3 *from, sqlite3 *to)
{
    Statement has(from, "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");
    const auto there = has.with().step();
    if (!there)
        return failure(there.error());
    if (!*there)
        return {};
    has.reset();
    return execute(to, "DELETE FROM sqlite_sequence").and_then([&] {
        return copyRows(from, to, "sqlite_sequence");
    });
}

} // namespace

const QByteArrayList &rebuiltTables()
{
    static const QByteArrayList tables{"civil_days", "samples", "arrivals", "levels", "daily_values",
                                       "sessions",   "stages",  "history",  "ledger"};
    return tables;
}

Outcome copyRows(sqlite3 *from, sqlite3 *to, const QByteArray &table, const QByteArray &condition,
                 const QByteArrayList &values, const std::function<bool()> &stop)
{
    const auto columns = columnsOf(from, table);
    if (!columns)
        return failure(columns.error());
    const QByteArray names = columns->join(", ");
    const QByteArray marks = QByteArrayList(columns->size(), "?").join(", ");
    const QByteArray where = condition.isEmpty() ? QByteArray() : " WHERE " + condition;
    const auto select = prepared(from, "SELECT " + names + " FROM " + quoted(table) + where);
    if (!select)
        return failure(select.error());
    const auto insert =
        prepared(to, "INSERT OR IGNORE INTO " + quoted(table) + " (" + names + ") VALUES (" + marks + ")");
    if (!insert)
        return failure(insert.error());
    for (int i = 0; i < values.size(); ++i) {
        sqlite3_bind_text(select->get(), i + 1, values.at(i).constData(), int(values.at(i).size()),
                          SQLITE_TRANSIENT);
    }
    constexpr int rowsBetweenLooks = 10'000;
    int code = SQLITE_ROW;
    for (int n = 1; (code = sqlite3_step(select->get())) == SQLITE_ROW; ++n) {
        if (n % rowsBetweenLooks == 0 && stop && stop())
            return failure(ErrorKind::Cancelled);
        for (int i = 0; i < columns->size(); ++i)
            sqlite3_bind_value(insert->get(), i + 1, sqlite3_column_value(select->get(), i));
        if (sqlite3_step(insert->get()) != SQLITE_DONE)
            return failure(errorOf(to));
        sqlite3_reset(insert->get());
    }
    return code == SQLITE_DONE ? Outcome() : Outcome(failure(errorOf(from)));
}

Outcome copyDatabase(sqlite3 *from, sqlite3 *to, const std::function<bool()> &stop)
{
    const auto items = schemaOf(from);
    if (!items)
        return failure(items.error());
    const auto create = [&](bool tables) -> Outcome {
        for (const SchemaItem &item : *items) {
            if ((item.type == "table") != tables)
                continue;
            if (auto made = execute(to, item.sql); !made)
                return made;
        }
        return {};
    };
    const auto fill = [&]() -> Outcome {
        for (const SchemaItem &item : *items) {
            if (item.type != "table" || item.name == "leases" || rebuiltTables().contains(item.name))
                continue;
            if (auto copied = copyRows(from, to, item.name, {}, {}, stop); !copied)
                return copied;
        }
        return {};
    };
    // Triggers and indexes come last: rows that are only moved fire nothing and are sorted once.
    return execute(to, "BEGIN IMMEDIATE")
        .and_then([&] { return create(true); })
        .and_then(fill)
        .and_then([&] { return copySequences(from, to); })
        .and_then([&] { return create(false); })
        .and_then([&] { return copyMarks(from, to); })
        .and_then([&] { return execute(to, "COMMIT"); });
}

} // namespace wristkeep
