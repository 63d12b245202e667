// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rebuildfile.h"

#include "core/failpoint.h"
#include "store/durablefile.h"
#include "store/keptdatabase.h"
#include "store/sql.h"
#include "store/sqlerror.h"
#include "store/tablecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// "kept.db.before-rebuild", then "kept.db.before-rebuild-2" and so on.
QString nameFromBefore(const QString &databaseFile, int number)
{
    const QString name = databaseFile + u".before-rebuild"_s;
    return number == 1 ? name : name + u'-' + QString::number(number);
}

Outcome runAll(QSqlDatabase &database, std::initializer_list<const char *> statements)
{
    for (const char *statement : statements) {
        if (auto done = runSql(database, QString::fromLatin1(statement)); !done)
            return failure(done.error());
    }
    return {};
}

} // namespace

RebuildFile::RebuildFile(const QString &databaseFile)
{
    const QString real = QFileInfo(databaseFile).canonicalFilePath();
    m_databaseFile = real.isEmpty() ? databaseFile : real;
    m_file = m_databaseFile + u".rebuilding"_s;
}

RebuildFile::~RebuildFile()
{
    m_connection.shut();
    sweep();
}

sqlite3 *RebuildFile::handle()
{
    return sqliteHandle(database());
}

void RebuildFile::sweep() const
{
    for (const QString &suffix : {u""_s, u"-journal"_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(m_file + suffix);
    // Killed between the second name and the change of places: the name is still that of the file in use.
    const QFileInfo info(m_databaseFile);
    const QStringList names =
        info.absoluteDir().entryList({info.fileName() + u".before-rebuild*"_s}, QDir::Files | QDir::Hidden);
    for (const QString &name : names) {
        const QString path = info.absoluteDir().filePath(name);
        if (isOneFile(path, m_databaseFile))
            QFile::remove(path);
    }
}

Outcome RebuildFile::make(KeptDatabase &kept, const std::function<bool()> &stop)
{
    sweep();
    if (auto created = createFile(m_file, {}); !created)
        return failure(created.error());
    WRISTKEEP_FAIL_POINT("store.rebuild.created");
    if (auto opened = m_connection.open(m_file); !opened)
        return opened;
    // Nothing needs to survive a crash before the file is whole: then it is synced at once.
    auto prepared = runAll(database(), {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = MEMORY",
                                        "PRAGMA synchronous = OFF", "PRAGMA temp_store = MEMORY",
                                        "PRAGMA cache_size = -16000"});
    if (prepared)
        prepared = copyDatabase(kept.handle(), handle(), stop);
    if (!prepared)
        return prepared;
    WRISTKEEP_FAIL_POINT("store.rebuild.copied");
    return runAll(database(), {"PRAGMA foreign_keys = ON"});
}

Outcome RebuildFile::finish()
{
    auto pruned = runAll(database(), {"DELETE FROM series WHERE NOT EXISTS "
                                      "(SELECT 1 FROM samples WHERE series = series.id)"});
    if (!pruned)
        return pruned;
    for (const QString &check : {u"PRAGMA foreign_key_check"_s, u"PRAGMA integrity_check(1)"_s}) {
        auto checked = runSql(database(), check);
        if (!checked)
            return failure(checked.error());
        if (checked->next() && checked->value(0).toString() != "ok"_L1) {
            return failure(errorWithRemedy(
                ErrorKind::Storage, u"The new tables are not sound (%1)."_s.arg(checked->value(0).toString()),
                u"Nothing was changed. Check that the disk is healthy, then try again."_s));
        }
    }
    m_connection.shut();
    WRISTKEEP_FAIL_POINT("store.rebuild.finished");
    return {};
}

Result<QString> RebuildFile::takePlace()
{
    QString before;
    for (int number = 1; before.isEmpty(); ++number) {
        const QString name = nameFromBefore(m_databaseFile, number);
        const auto named = addName(m_databaseFile, name);
        if (!named)
            return failure(named.error());
        if (*named)
            before = name;
    }
    WRISTKEEP_FAIL_POINT("store.rebuild.named");
    if (auto renamed = syncAndRename(m_file, m_databaseFile); !renamed)
        return failure(renamed.error());
    WRISTKEEP_FAIL_POINT("store.rebuild.renamed");
    return before;
}

} // namespace wristkeep
