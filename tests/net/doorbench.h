// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of the door share: requests in one line, and a record of how each one ended.

#include "net/httpdoor.h"
#include "support/testserver.h"

#include <memory>
#include <optional>

namespace wristkeep::test {

/// How often the callback came, and the last thing it said.
struct Sent
{
    int calls = 0;
    std::optional<Result<HttpResponse>> result;
};

HttpRequest get(const QUrl &url);
HttpRequest postOnce(const QUrl &url, const QByteArray &body);
std::shared_ptr<Sent> send(HttpDoor &door, const HttpRequest &request, QObject *context,
                           const QString &bearer = {});

} // namespace wristkeep::test
