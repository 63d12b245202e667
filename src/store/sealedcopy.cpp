// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sealedcopy.h"

#include "core/failpoint.h"
#include "core/ids.h"
#include "store/durablefile.h"
#include "store/secretbox.h"
#include "store/sqlerror.h"
#include "store/statement.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cerrno>
#include <memory>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct Closer
{
    void operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Handle openHandle(const QByteArray &name, int flags)
{
    sqlite3 *database = nullptr;
    sqlite3_open_v2(name.constData(), &database, flags, nullptr);
    Handle handle(database);
    if (handle)
        sqlite3_busy_timeout(handle.get(), 10000);
    return handle;
}

Error errorOf(sqlite3 *database, int code, const QString &file)
{
    return sqliteError(code, QString::fromUtf8(sqlite3_errmsg(database)), file);
}

/// A read-only connection of its own: SQLite does not back up out of a connection that is writing.
Result<Handle> readIntoMemory(const QString &file)
{
    Handle source = openHandle(QFile::encodeName(file), SQLITE_OPEN_READONLY);
    Handle memory = openHandle(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!source || !memory)
        return failure(ErrorKind::Internal, u"No memory for a copy of %1."_s.arg(file));
    sqlite3_backup *backup = sqlite3_backup_init(memory.get(), "main", source.get(), "main");
    if (!backup)
        return failure(errorOf(memory.get(), sqlite3_errcode(memory.get()), file));
    sqlite3_backup_step(backup, -1);
    if (const int code = sqlite3_backup_finish(backup); code != SQLITE_OK)
        return failure(errorOf(memory.get(), code, file));
    return memory;
}

bool hasTokens(sqlite3 *database)
{
    Statement statement(database,
                        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'fitbit_tokens'");
    const auto found = statement.step();
    return found && *found;
}

Outcome sealTokens(sqlite3 *database, const SecretBox &box)
{
    if (!hasTokens(database))
        return {};
    struct Row
    {
        qint64 id;
        QString participant;
        QString access;
        QString refresh;
    };
    QList<Row> rows;
    Statement select(database,
                     "SELECT rowid, participant_id, access_token, refresh_token FROM fitbit_tokens");
    for (;;) {
        const auto more = select.step();
        if (!more)
            return failure(more.error());
        if (!*more)
            break;
        rows.append({select.integer(0), participantOfRow(select.text(1)), select.text(2), select.text(3)});
    }
    Statement update(database,
                     "UPDATE fitbit_tokens SET access_token = ?, refresh_token = ? WHERE rowid = ?");
    for (const Row &row : rows) {
        const auto seal = [&](const QString &text, const QString &column) {
            if (SecretBox::isSealed(text))
                return text;
            return box.seal(text, SecretBox::associatedData(row.participant, u"fitbit"_s, column));
        };
        auto done =
            update.with(seal(row.access, u"access_token"_s), seal(row.refresh, u"refresh_token"_s), row.id)
                .run();
        if (!done)
            return done;
    }
    return {};
}

QString freeName(const QString &databaseFile)
{
    const QString base = databaseFile + u".before-wristkeep"_s;
    QString name = base;
    for (int n = 2; QFileInfo::exists(name); ++n)
        name = u"%1-%2"_s.arg(base).arg(n);
    return name;
}

} // namespace

QString participantOfRow(const QString &participantId)
{
    return participantId.isEmpty() ? defaultParticipant() : participantId;
}

Result<QString> makeSealedCopy(const QString &databaseFile, const SecretBox &box)
{
    auto memory = readIntoMemory(databaseFile);
    if (!memory)
        return failure(memory.error());
    if (auto sealed = sealTokens(memory->get(), box); !sealed)
        return failure(sealed.error());
    WRISTKEEP_FAIL_POINT("store.migrate.copy-sealed");
    const QString target = freeName(databaseFile);
    const QString part = target + u".part"_s;
    if (QFileInfo::exists(part) && !QFile::remove(part))
        return failure(fileError(u"replace"_s, part, EACCES));
    // Made by us, empty and private: SQLite accepts an empty file and keeps its permissions.
    if (auto created = createFile(part, {}); !created)
        return failure(created.error());
    {
        // Leaves free pages behind, and with them what an UPDATE overwrote.
        Statement vacuum(memory->get(), "VACUUM INTO ?");
        if (auto written = vacuum.with(part).run(); !written) {
            QFile::remove(part);
            Error error = written.error();
            error.detail = u"No copy of the database could be made at %1: %2"_s.arg(part, error.detail);
            return failure(error);
        }
    }
    WRISTKEEP_FAIL_POINT("store.migrate.copy-written");
    if (auto kept = syncAndRename(part, target); !kept)
        return failure(kept.error());
    WRISTKEEP_FAIL_POINT("store.migrate.copied");
    return target;
}

} // namespace wristkeep
