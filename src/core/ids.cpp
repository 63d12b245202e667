// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <QCryptographicHash>

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qsizetype LongestId = 64;

bool isLetterOrDigit(QChar c)
{
    return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
           (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) ||
           (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
}

bool isIdCharacter(QChar c)
{
    return isLetterOrDigit(c) || c == QLatin1Char('.') || c == QLatin1Char('_') || c == QLatin1Char('-');
}

} // namespace

size_t qHash(const AccountKey &key, size_t seed)
{
    return qHashMulti(seed, key.participant, key.provider);
}

QString defaultParticipant()
{
    return QStringLiteral("default");
}

Outcome checkParticipantId(const QString &id)
{
    const QString rule =
        QStringLiteral("A participant id is 1 to 64 letters, digits, dots, underscores or hyphens, "
                       "begins with a letter or digit, and is not \"exports\".");
    const bool wellFormed = !id.isEmpty() && id.size() <= LongestId && isLetterOrDigit(id.front()) &&
                            std::all_of(id.begin(), id.end(), isIdCharacter);
    if (!wellFormed || sameParticipant(id, QStringLiteral("exports")))
        return failure(ErrorKind::BadUsage, rule);
    return {};
}

bool sameParticipant(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

QString participantFolder(const QString &id)
{
    if (checkParticipantId(id))
        return id;
    QString escaped;
    for (const QChar c : id)
        escaped += isLetterOrDigit(c) ? c : QLatin1Char('_');
    // Two ids that escape alike must not share a folder, so the id's own hash tells them apart.
    const QByteArray hash =
        QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return QStringLiteral("imported_%1_%2").arg(escaped.left(32), QString::fromLatin1(hash));
}

} // namespace wristkeep
