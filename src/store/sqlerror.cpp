// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlerror.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSqlDatabase>
#include <QSqlError>
#include <QStorageInfo>

#include <sqlite3.h>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

Error storageError(QString detail, QString nextStep)
{
    return errorWithRemedy(ErrorKind::Storage, std::move(detail), std::move(nextStep));
}

QString makeRoomText(const QString &path)
{
    return u"Free some space on the disk that holds %1, then try again. What was stored before is intact."_s
        .arg(QFileInfo(path).absolutePath());
}

} // namespace

Error errorWithRemedy(ErrorKind kind, QString detail, QString nextStep)
{
    Error error;
    error.kind = kind;
    error.detail = std::move(detail);
    error.nextStep = std::move(nextStep);
    return error;
}

QString freeSpaceText(const QString &path)
{
    QString folder = QFileInfo(path).absolutePath();
    while (!QFileInfo::exists(folder) && !QDir(folder).isRoot())
        folder = QFileInfo(folder).absolutePath();
    const QStorageInfo disk(folder);
    if (!disk.isValid())
        return u"free space unknown"_s;
    return u"%1 free"_s.arg(QLocale::c().formattedDataSize(disk.bytesAvailable()));
}

Error sqliteError(int code, const QString &message, const QString &databaseFile)
{
    const QString file = QDir::toNativeSeparators(databaseFile);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return storageError(
            u"The disk is full: %1 could not be written (%2)."_s.arg(file, freeSpaceText(databaseFile)),
            makeRoomText(databaseFile));
    case SQLITE_IOERR:
        return storageError(u"Reading or writing %1 failed (%2)."_s.arg(file, freeSpaceText(databaseFile)),
                            u"Check that the disk is connected, healthy and not full."_s);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return storageError(
            u"The database %1 cannot be written."_s.arg(file),
            u"Give yourself permission to write the file and its folder, or set DATABASE_URL to "
            u"another place."_s);
    case SQLITE_CANTOPEN:
        return storageError(
            u"The database %1 cannot be opened (%2)."_s.arg(file, freeSpaceText(databaseFile)),
            u"Check that its folder exists and may be read and written by you, or set "
            u"DATABASE_URL to another place."_s);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return storageError(
            u"Another program has kept the database %1 locked for more than ten seconds."_s.arg(file),
            u"Close the other program that uses this file, then try again."_s);
    case SQLITE_NOTADB:
        return errorWithRemedy(ErrorKind::BadConfiguration, u"%1 is not a database."_s.arg(file),
                               u"Set DATABASE_URL to another file. This one was left untouched."_s);
    case SQLITE_CORRUPT:
        return storageError(
            u"The database %1 is damaged (%2)."_s.arg(file, message),
            u"Move the file elsewhere and keep it, then run wristkeep-cli rebuild --swap: it makes the "
            u"tables anew from the answers in the .archive folders. Only the sign-in has to be done again."_s);
    default:
        return storageError(u"The database %1 reported: %2."_s.arg(file, message),
                            u"Run wristkeep-cli doctor to see what is wrong."_s);
    }
}

Error sqlError(const QSqlError &error, const QSqlDatabase &database)
{
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    const QString message = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return sqliteError(isNumber ? code : SQLITE_ERROR, message, database.databaseName());
}

Error fileError(const QString &doing, const QString &path, int number)
{
    const QString file = QDir::toNativeSeparators(path);
    const QString reason = QString::fromLocal8Bit(std::strerror(number));
    if (number == ENOSPC || number == EDQUOT) {
        return storageError(
            u"The disk is full: could not %1 %2 (%3)."_s.arg(doing, file, freeSpaceText(path)),
            makeRoomText(path));
    }
    if (number == EACCES || number == EPERM || number == EROFS) {
        return storageError(
            u"No permission to %1 %2 (%3)."_s.arg(doing, file, reason),
            u"Give yourself permission to read and write there, or choose another folder in the "
            u"settings."_s);
    }
    return storageError(u"Could not %1 %2: %3 (%4)."_s.arg(doing, file, reason, freeSpaceText(path)),
                        u"Check that the folder exists and the disk is healthy."_s);
}

} // namespace wristkeep
