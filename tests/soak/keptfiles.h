// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What lies in the folders: day files that say what the tables say, an archive whose files are what their
// names say, and no secret anywhere.

#include "soak/expected.h"

#include <QStringList>

namespace wristkeep::test {

class World;

/// True when a day file is JSON and, for steps and heart rate, holds what is expected.
bool isDayFileOf(const QByteArray &bytes, const QString &type, bool google, const CellContent &expected);

QStringList archiveProblems(World &world);

/// Looks in what was printed and in every file of the world.
QStringList spiltSecrets(World &world, const QByteArray &printed);

} // namespace wristkeep::test
