// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Turns what SQLite and the operating system say into a sentence with path, reason, free space and remedy.

#include "core/error.h"

class QSqlDatabase;
class QSqlError;

namespace wristkeep {

/// An error whose next step is known better here than in the table of error kinds.
Error errorWithRemedy(ErrorKind kind, QString detail, QString nextStep);

/// `code` is SQLite's result code, plain or extended.
Error sqliteError(int code, const QString &message, const QString &databaseFile);
Error sqlError(const QSqlError &error, const QSqlDatabase &database);

/// `doing` continues "Could not …": "write"; `number` is errno.
Error fileError(const QString &doing, const QString &path, int number);

/// "12 MB free", for the file system that holds `path`, also when `path` does not exist yet.
QString freeSpaceText(const QString &path);

} // namespace wristkeep
