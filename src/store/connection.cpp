// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include "core/logging.h"
#include "store/durablefile.h"
#include "store/sql.h"
#include "store/sqlerror.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUuid>

#include <sqlite3.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

Outcome checkPlace(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return failure(sqliteError(SQLITE_NOTADB, {}, path));
    if (auto made = makeFolder(info.absolutePath()); !made)
        return made;
    if (!QFileInfo(info.absolutePath()).isWritable())
        return failure(fileError(u"write in the folder"_s, info.absolutePath(), EACCES));
    if (!info.exists()) {
        // Made here, so that it is private from its first moment; an empty file is an empty database.
        if (auto created = createFile(path, {}); !created)
            return failure(created.error());
        return {};
    }
    if (!info.isReadable())
        return failure(fileError(u"read"_s, path, EACCES));
    if (!info.isWritable())
        return failure(fileError(u"write"_s, path, EACCES));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(fileError(u"read"_s, path, EACCES));
    const QByteArray head = file.read(16);
    if (!head.isEmpty() && head != QByteArray("SQLite format 3", 16))
        return failure(sqliteError(SQLITE_NOTADB, {}, path));
    return {};
}

/// Every connection stays on its thread, so SQLite need not lock one at each call, and nobody asks how much
/// memory it holds, which it counts under one lock for all. It listens only before its first use in a
/// process; later the locks stay, which does no harm.
void dropLocksNobodyNeeds()
{
    [[maybe_unused]] static const int threads = sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    [[maybe_unused]] static const int memory = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

} // namespace

Connection::~Connection()
{
    shut();
}

void Connection::shut()
{
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    if (!name.isEmpty())
        QSqlDatabase::removeDatabase(name);
}

Outcome Connection::open(const QString &file)
{
    // While the first look waited for another process, that one may have put another file in this one's place
    // (rebuild --swap): what is open then is the file from before, under another name.
    constexpr int mostTries = 3;
    for (int tries = 1; tries < mostTries; ++tries) {
        if (auto opened = openOnce(file); !opened)
            return opened;
        int hasMoved = 0;
        sqlite3_file_control(sqliteHandle(m_database), "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved);
        if (hasMoved == 0)
            return {};
        shut();
    }
    return openOnce(file);
}

Outcome Connection::openOnce(const QString &file)
{
    if (auto usable = checkPlace(file); !usable)
        return usable;
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s)) {
        return failure(errorWithRemedy(ErrorKind::Storage, u"Qt's SQLite driver is not installed."_s,
                                       u"Install the package libqt6sql6-sqlite."_s));
    }
    dropLocksNobodyNeeds();
    m_database =
        QSqlDatabase::addDatabase(u"QSQLITE"_s, u"store-"_s + QUuid::createUuid().toString(QUuid::Id128));
    m_database.setDatabaseName(file);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    if (!m_database.open())
        return failure(sqlError(m_database.lastError(), m_database));
    if (!sqliteHandle(m_database))
        return failure(ErrorKind::Internal, u"Qt's SQLite driver gave no handle."_s);
    // The first real look at the file: a damaged one says so here, before anything is written.
    auto looked = runSql(m_database, u"SELECT count(*) FROM sqlite_master"_s);
    return looked ? Outcome{} : Outcome(failure(looked.error()));
}

Outcome Connection::useWriteAheadLog()
{
    // Changing the journal does not wait for another process by itself; an empty exclusive transaction does.
    for (int attempt = 0; attempt < 20; ++attempt) {
        auto changed = runSql(m_database, u"PRAGMA journal_mode = WAL"_s);
        if (changed) {
            if (changed->next() && changed->value(0).toString() != "wal"_L1) {
                qCWarning(lcStore) << "The file system of the database offers no write-ahead log;"
                                   << "the rollback journal is used.";
            }
            return {};
        }
        changed = tl::unexpected<Error>(changed.error());
        if (auto waited = runSql(m_database, u"BEGIN EXCLUSIVE"_s); !waited)
            return failure(waited.error());
        if (auto ended = runSql(m_database, u"COMMIT"_s); !ended)
            return failure(ended.error());
    }
    return failure(sqliteError(SQLITE_BUSY, {}, m_database.databaseName()));
}

Outcome Connection::prepareForWriting()
{
    tightenFile(m_database.databaseName());
    for (const char *suffix : {"-wal", "-shm"})
        tightenFile(m_database.databaseName() + QLatin1StringView(suffix));
    if (auto changed = useWriteAheadLog(); !changed)
        return changed;
    for (const char *pragma : {"synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON",
                               "temp_store = MEMORY", "cache_size = -16000"}) {
        if (auto set = runSql(m_database, u"PRAGMA "_s + QLatin1StringView(pragma)); !set)
            return failure(set.error());
    }
    return {};
}

} // namespace wristkeep
