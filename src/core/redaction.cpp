// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redaction.h"

#include <QRegularExpression>
#include <QUrl>

namespace wristkeep {

namespace {

const QString Hidden = QStringLiteral("[hidden]");

// A secret shorter than this would blot ordinary words out of every log line.
constexpr qsizetype ShortestSecret = 6;

} // namespace

QString blotProviderText(const QString &text)
{
    static const QRegularExpression tokenRun(QStringLiteral("[A-Za-z0-9._~+/=-]{20,}"));
    QString blotted = text;
    return blotted.replace(tokenRun, Hidden);
}

void SecretRegister::add(const QString &secret)
{
    if (secret.size() < ShortestSecret)
        return;
    const QMutexLocker lock(&m_guard);
    const QByteArray bytes = secret.toUtf8();
    m_secrets.insert(secret);
    m_secrets.insert(QString::fromLatin1(QUrl::toPercentEncoding(secret)));
    m_secrets.insert(QString::fromLatin1(bytes.toBase64()));
    m_secrets.insert(
        QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
}

QString SecretRegister::blot(QString text) const
{
    static const QRegularExpression credentials(QStringLiteral("\\b(Bearer|Basic)\\s+[A-Za-z0-9._~+/=-]+"));
    {
        const QMutexLocker lock(&m_guard);
        for (const QString &secret : m_secrets)
            text.replace(secret, Hidden);
    }
    return text.replace(credentials, QStringLiteral("\\1 ") + Hidden);
}

} // namespace wristkeep
