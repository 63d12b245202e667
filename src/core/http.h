// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request and its answer as values. Rooms that never open a socket (providers) build and read these.

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QPair>
#include <QUrl>

namespace wristkeep {

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    HttpHeaders headers; ///< without Authorization: the door adds it (RFC 6750)
    QByteArray body;
    bool sendOnce = false; ///< a single-use secret is in it: must never go out twice by itself
};

struct HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    QByteArray body;     ///< decoded (gzip undone), complete
    QByteArray gzipBody; ///< the same as it came over the wire, when that was gzip; else empty
    QUrl url;            ///< what was asked
    qint64 elapsedMs = 0;
    qint64 wireBytes = 0; ///< body bytes as they came over the wire

    /// The last value of a header, compared without case; empty when missing.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::HttpResponse)
