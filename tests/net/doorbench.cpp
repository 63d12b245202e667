// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/doorbench.h"

namespace wristkeep::test {

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest postOnce(const QUrl &url, const QByteArray &body)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.sendOnce = true;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    return request;
}

std::shared_ptr<Sent> send(HttpDoor &door, const HttpRequest &request, QObject *context,
                           const QString &bearer)
{
    auto sent = std::make_shared<Sent>();
    door.send(request, bearer, context, [sent](const Result<HttpResponse> &result) {
        ++sent->calls;
        sent->result = result;
    });
    return sent;
}

} // namespace wristkeep::test
