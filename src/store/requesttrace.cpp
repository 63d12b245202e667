// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/requesttrace.h"

#include "store/digest.h"
#include "store/ingest.h"

#include <QUrlQuery>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

bool isLink(const QString &page)
{
    return page.contains(u"://"_s) || page.startsWith(u'/');
}

/// The items as they were sent, so that nothing but the token changes.
QString queryWithout(const QString &page, const QString &query)
{
    QStringList items = query.split(u'&');
    for (QString &item : items) {
        const qsizetype equals = item.indexOf(u'=');
        const QString value = item.mid(equals + 1);
        const bool isToken = value == page || QUrl::fromPercentEncoding(value.toUtf8()) == page;
        if (equals >= 0 && isToken)
            item = item.left(equals) + u"=sha256:"_s + pageTrace(page);
    }
    return items.join(u'&');
}

} // namespace

QString pageTrace(const QString &page)
{
    if (page.isEmpty())
        return {};
    return QString::fromLatin1(sha256Hex(page.toUtf8()));
}

QString addressTrace(const Answer &answer)
{
    // Credentials never belong into a URL; one that has them all the same loses them here.
    QUrl url = answer.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    const QString &page = answer.task.page;
    if (isLink(page))
        url.setQuery(QString());
    else if (!page.isEmpty() && url.hasQuery())
        url.setQuery(queryWithout(page, url.query(QUrl::FullyEncoded)));
    return url.toString(QUrl::FullyEncoded);
}

} // namespace wristkeep
