// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The configured redirect URI, taken apart once and otherwise left exactly as it was written: the provider
// compares it character by character (RFC 6749, 3.1.2.3; RFC 8252, 7.3).

#include "core/result.h"

#include <QByteArray>
#include <QUrl>

namespace wristkeep {

struct RedirectAddress
{
    QString uri;      ///< as configured; with a port of 0 the real one is put in by withPort()
    QString host;     ///< "localhost", "127.0.0.1", "::1"
    quint16 port = 0; ///< 0: any free port
    QByteArray path;  ///< as a browser sends it; at least "/"

    /// BadConfiguration naming `setting` for anything but plain http to this computer.
    static Result<RedirectAddress> parse(const QString &configured, const QString &setting);

    [[nodiscard]] RedirectAddress withPort(quint16 realPort) const;
    /// True for a Host header that names this computer and this port.
    [[nodiscard]] bool isHost(const QByteArray &hostHeader) const;
};

} // namespace wristkeep
