// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Databases as the original left them, in both forms, and the plain tokens they hold.

#include <QByteArrayList>
#include <QString>

namespace wristkeep::test {

/// The first form: one row, participant NULL, user id "unknown", an extra column and an extra table.
void makeFirstForm(const QString &databaseFile);
/// The second form: several participants, one with two rows, two who share an account.
void makeSecondForm(const QString &databaseFile);
/// The second form with its last rows only in the write-ahead log, as after a crash.
void makeSecondFormWithLog(const QString &databaseFile);

/// What must be found nowhere after the migration.
QByteArrayList plainTokens();

} // namespace wristkeep::test
