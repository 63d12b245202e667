// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/versions.h"

#include "store/versions.h"

#include <QtGlobal>

namespace wristkeep {

using namespace Qt::StringLiterals;

QList<Library> libraries()
{
    const QString qt = QString::fromLatin1(qVersion());
    return {
        {u"Qt"_s, qt, u"LGPL-3.0-only"_s},
        {u"Qt Network Authorization"_s, qt, u"GPL-3.0-only"_s},
        {u"SQLite"_s, sqliteVersion(), u"public domain"_s},
        {u"libsodium"_s, sodiumVersion(), u"ISC"_s},
        {u"zlib"_s, {}, u"Zlib"_s},
        {u"simdjson"_s, {}, u"Apache-2.0"_s},
        {u"OpenSSL"_s, {}, u"Apache-2.0"_s},
        {u"libexpected"_s, {}, u"CC0-1.0"_s},
        {u"QCustomPlot"_s, {}, u"GPL-3.0-or-later"_s},
    };
}

} // namespace wristkeep
