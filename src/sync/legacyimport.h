// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Enters the files the original program left in its data folder into ledger and tables, as documents of
// their own origin. The files stay as they are. What is in already is recognised by the ledger, so that
// nothing new costs next to nothing; a problem with one file never stops the rest.

#include "core/result.h"

#include <QStringList>

namespace wristkeep {

class Clock;
class Store;

struct ImportReport
{
    int entered = 0;      ///< files whose rows went in
    int looked = 0;       ///< files that had to be read
    QStringList problems; ///< sentences
};

ImportReport importOriginalFiles(Store &store, const QString &dataDir, const Clock &clock);

} // namespace wristkeep
