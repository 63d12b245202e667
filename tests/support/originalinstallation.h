// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An installation as the original program left it: its .env, its database in one of its two forms, its files.

#include <QString>

namespace wristkeep::test {

enum class OriginalForm { First, Second };

/// The plain tokens in it, all beginning with "PLAIN": no byte of them may survive a migration.
inline const char *const PlainTokenMark = "PLAIN";

/// Writes the database with rows; the second form has three participants, two of them sharing an account.
/// `walLeftOver` leaves the last row in the write-ahead log, as a killed program would.
bool writeOriginalDatabase(const QString &path, OriginalForm form, bool walLeftOver = false);

/// Writes one file of every name the original had below `dataDir`/default, and an exports folder.
bool writeOriginalFiles(const QString &dataDir);

} // namespace wristkeep::test
