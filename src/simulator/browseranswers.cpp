// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/browseranswers.h"

#include <QHostAddress>
#include <QUrl>

namespace wristkeep {

using namespace Qt::StringLiterals;

SimResponse ownPage(QByteArray html, int status)
{
    SimResponse response = htmlResponse(std::move(html), status);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    return response;
}

SimResponse sentBack(const QString &redirectUri, const QByteArray &parameters)
{
    QByteArray target = redirectUri.toUtf8();
    target += target.contains('?') ? '&' : '?';
    SimResponse response;
    response.status = 302;
    response.setHeader("Location", target + parameters);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    return response;
}

bool isLoopbackRedirect(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    const bool loopback = url.host() == u"localhost"_s || QHostAddress(url.host()).isLoopback();
    return url.isValid() && url.scheme() == u"http"_s && loopback && !url.hasFragment() &&
           url.userInfo().isEmpty();
}

bool isBase64UrlText(const QString &text)
{
    for (const QChar c : text) {
        const bool ok = (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') ||
                        c == u'-' || c == u'_';
        if (!ok)
            return false;
    }
    return true;
}

} // namespace wristkeep
