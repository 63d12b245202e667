// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauthclient.h"

namespace wristkeep {

QString tokenHostOf(const QUrl &url)
{
    const int ownPort = url.scheme() == QLatin1String("http") ? 80 : 443;
    const int port = url.port(ownPort);
    const QString host = url.host().toLower();
    return port == ownPort ? host : QStringLiteral("%1:%2").arg(host).arg(port);
}

} // namespace wristkeep
