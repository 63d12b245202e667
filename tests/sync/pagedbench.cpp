// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pagedbench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

PagedBench::PagedBench() : FetchBench(provider, {}, tokenOf(u"first"_s), u"paged_data"_s) {}

QStringList PagedBench::pagesAsked() const
{
    QStringList pages;
    for (const SeenRequest &request : server.seen()) {
        const QString inBody = QJsonDocument::fromJson(request.body).object().value(u"page"_s).toString();
        const QUrlQuery query(QUrl::fromEncoded(request.target));
        pages << (request.method == "POST" ? inBody
                                           : query.queryItemValue(u"pageToken"_s, QUrl::FullyDecoded));
    }
    return pages;
}

} // namespace wristkeep::test
