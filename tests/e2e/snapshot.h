// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything a person owns after a sync, as one text that two runs can be compared by: what the views say
// and what the files hold. Times of fetching are left out: they differ between honest runs.

#include "support/world.h"

namespace wristkeep::test {

/// Ledger, samples, daily values and day files, sorted.
QString ownedData(World &world);

/// Copies a folder with everything in it over another, which is emptied first.
bool replaceFolder(const QString &from, const QString &to);

} // namespace wristkeep::test
