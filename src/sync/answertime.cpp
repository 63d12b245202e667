// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/answertime.h"

#include "core/http.h"

#include <QDateTime>
#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 clockSlackSeconds = 300;

} // namespace

qint64 answeredAtUtc(const HttpResponse &response, qint64 nowUtc)
{
    const QString text = QString::fromLatin1(response.header("Date")).trimmed();
    QDateTime instant = QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!instant.isValid())
        return nowUtc;
    instant.setTimeSpec(Qt::UTC);
    const qint64 told = instant.toSecsSinceEpoch();
    return nowUtc - told > clockSlackSeconds ? told : nowUtc;
}

} // namespace wristkeep
