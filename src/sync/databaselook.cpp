// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/databaselook.h"

#include "store/migrator.h"
#include "store/sql.h"
#include "store/sqlerror.h"

#include <QFileInfo>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A larger database would keep the person waiting.
constexpr qint64 largestChecked = 128LL * 1024 * 1024;

/// Without a log beside it nobody writes: then SQLite is told not to look for one, as it would make one.
QString address(const QString &file)
{
    QUrl url = QUrl::fromLocalFile(file);
    if (!QFileInfo::exists(file + u"-wal"_s))
        url.setQuery(u"immutable=1"_s);
    return url.toString(QUrl::FullyEncoded);
}

Outcome look(QSqlDatabase &database, const QString &file, const Clock &clock)
{
    if (!database.open())
        return failure(sqlError(database.lastError(), database));
    if (const Result<int> version = Migrator(database, clock).version(); !version)
        return failure(version.error());
    if (QFileInfo(file).size() > largestChecked)
        return {};
    auto checked = runSql(database, u"PRAGMA quick_check(1)"_s);
    if (!checked)
        return failure(checked.error());
    if (checked->next() && checked->value(0).toString() != "ok"_L1)
        return failure(ErrorKind::Storage, u"%1 is damaged: %2."_s.arg(file, checked->value(0).toString()));
    return {};
}

} // namespace

Outcome lookIntoDatabase(const QString &file, const Clock &clock)
{
    const QString name = u"look-"_s + QUuid::createUuid().toString(QUuid::Id128);
    const auto forget = qScopeGuard([&name] { QSqlDatabase::removeDatabase(name); });
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(address(file));
    database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=2000"_s);
    const Outcome seen = look(database, file, clock);
    database.close();
    database = QSqlDatabase();
    if (seen)
        return {};
    Error error = seen.error();
    error.detail.replace(address(file), file); // a person knows the path, not SQLite's address
    return failure(error);
}

} // namespace wristkeep
