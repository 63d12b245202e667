// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/answertime.h"

#include "core/http.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

qint64 answeredAtUtc(const HttpResponse &response, qint64 nowUtc)
{
    const QString told = QString::fromLatin1(response.header("Date")).trimmed();
    QDateTime instant = QLocale::c().toDateTime(told, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!instant.isValid())
        return nowUtc;
    instant.setTimeSpec(Qt::UTC);
    return std::min(nowUtc, instant.toSecsSinceEpoch());
}

} // namespace wristkeep
