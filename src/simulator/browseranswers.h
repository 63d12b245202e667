// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the two consent pages share: pages of the service's own, the way back, and what a redirect may be.

#include "simulator/simmessage.h"

namespace wristkeep {

/// A page that is neither kept, framed nor allowed to load anything.
SimResponse ownPage(QByteArray html, int status);

/// 302 to the redirect URI with these encoded parameters.
SimResponse sentBack(const QString &redirectUri, const QByteArray &parameters);

/// Plain http to localhost, 127.0.0.1 or [::1], any port and path (RFC 8252, 7.3).
bool isLoopbackRedirect(const QString &uri);

bool isBase64UrlText(const QString &text);

} // namespace wristkeep
