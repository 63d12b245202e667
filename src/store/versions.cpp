// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/versions.h"

#include <sodium.h>
#include <sqlite3.h>

namespace wristkeep {

QString sqliteVersion()
{
    return QString::fromLatin1(sqlite3_libversion());
}

QString sodiumVersion()
{
    return QString::fromLatin1(sodium_version_string());
}

} // namespace wristkeep
