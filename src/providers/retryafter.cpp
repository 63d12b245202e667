// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/retryafter.h"

#include <QDateTime>
#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

std::optional<qint64> wholeNumber(const QByteArray &header, qint64 most)
{
    bool ok = false;
    const qint64 value = header.trimmed().toLongLong(&ok);
    if (!ok || value < 0 || value > most)
        return std::nullopt;
    return value;
}

std::optional<qint64> secondsToRetry(const HttpResponse &response, qint64 nowUtc, qint64 most)
{
    const QByteArray header = response.header("Retry-After").trimmed();
    if (const auto seconds = wholeNumber(header, most))
        return seconds;
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(header), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    const qint64 seconds = date.toSecsSinceEpoch() - nowUtc;
    return seconds >= 0 && seconds <= most ? std::optional<qint64>(seconds) : std::nullopt;
}

} // namespace wristkeep
