// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql.h"

#include "store/sqlerror.h"

#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>

#include <cstring>

using namespace Qt::StringLiterals;

namespace wristkeep {

Result<QSqlQuery> runSql(const QSqlDatabase &database, const QString &text, const QVariantList &values)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(text))
        return failure(sqlError(query.lastError(), database));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failure(sqlError(query.lastError(), database));
    return query;
}

sqlite3 *sqliteHandle(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || std::strcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

QString sqlDateText(const QDateTime &instant)
{
    return instant.toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u"000"_s;
}

} // namespace wristkeep
