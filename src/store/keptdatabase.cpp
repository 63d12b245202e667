// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptdatabase.h"

#include "store/sql.h"
#include "store/sqlerror.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> openElsewhere(const QString &file)
{
    return failure(errorWithRemedy(
        ErrorKind::Busy,
        u"Another program has the database %1 open, most likely the window of Wristkeep."_s.arg(file),
        u"Quit Wristkeep, also where it waits in the tray, then try again."_s));
}

} // namespace

Outcome KeptDatabase::open(const QString &file, Hold hold)
{
    if (auto opened = m_connection.open(file); !opened)
        return opened;
    if (hold == Hold::Alone)
        return beAlone();
    // The moment is that of the first look.
    for (const QString &statement : {u"BEGIN"_s, u"SELECT count(*) FROM sqlite_master"_s}) {
        if (auto done = runSql(database(), statement); !done)
            return failure(done.error());
    }
    return {};
}

Outcome KeptDatabase::beAlone()
{
    if (auto set = runSql(database(), u"PRAGMA busy_timeout = 1000"_s); !set)
        return failure(set.error());
    // Whoever has a database with a write-ahead log open holds a lock on it as long as that is so: leaving
    // the log behind succeeds only when nobody has. It also makes the file whole in itself.
    {
        auto left = runSql(database(), u"PRAGMA journal_mode = DELETE"_s);
        if (!left || !left->next() || left->value(0).toString() == "wal"_L1)
            return openElsewhere(database().databaseName());
    }
    if (auto begun = runSql(database(), u"BEGIN EXCLUSIVE"_s); !begun)
        return openElsewhere(database().databaseName());
    return {};
}

Outcome KeptDatabase::letGo()
{
    auto ended = runSql(database(), u"COMMIT"_s);
    return ended ? Outcome() : Outcome(failure(ended.error()));
}

sqlite3 *KeptDatabase::handle()
{
    return sqliteHandle(database());
}

} // namespace wristkeep
