// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readonlyconnection.h"

#include "store/sql.h"
#include "store/sqlerror.h"

#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Without a log beside it nobody writes: then SQLite is told not to look for one, as it would make one.
QString addressOf(const QString &file)
{
    QUrl url = QUrl::fromLocalFile(file);
    if (!QFileInfo::exists(file + u"-wal"_s))
        url.setQuery(u"immutable=1"_s);
    return url.toString(QUrl::FullyEncoded);
}

} // namespace

ReadOnlyConnection::~ReadOnlyConnection()
{
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    if (!name.isEmpty())
        QSqlDatabase::removeDatabase(name);
}

Result<bool> ReadOnlyConnection::open(const QString &file)
{
    const QFileInfo info(file);
    if (file.isEmpty() || !info.exists() || info.size() == 0)
        return false;
    m_database =
        QSqlDatabase::addDatabase(u"QSQLITE"_s, u"read-"_s + QUuid::createUuid().toString(QUuid::Id128));
    m_database.setDatabaseName(addressOf(file));
    m_database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (!m_database.open())
        return failure(sqlError(m_database.lastError(), m_database));
    // All that is read until the end belongs to one moment.
    if (auto begun = runSql(m_database, u"BEGIN"_s); !begun)
        return failure(begun.error());
    auto known =
        runSql(m_database, u"SELECT count(*) FROM sqlite_master WHERE name IN "
                           u"('ledger', 'v_daily', 'series', 'samples', 'civil_days', 'accounts')"_s);
    if (!known)
        return failure(known.error());
    return known->next() && known->value(0).toInt() == 6;
}

} // namespace wristkeep
