// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request the simulator received and the answer it will give, as values; and how the answer is to be
// delivered, because a test bench must be able to deliver answers badly.

#include "core/http.h"

#include <QString>

#include <functional>
#include <optional>

namespace wristkeep {

/// Name and value pairs of a query or a form body, in order, decoded (`+` is a space).
using FormFields = QList<QPair<QString, QString>>;

FormFields parseForm(const QByteArray &encoded);
/// The first value of that name; none when the field is missing.
std::optional<QString> formValue(const FormFields &fields, const QString &name);
/// The opposite of parseForm for one value: everything but unreserved characters is escaped.
QByteArray formEncode(const QString &value);

struct SimRequest
{
    QByteArray method;
    QByteArray target; ///< as received: path and query
    QString path;      ///< decoded, without the query
    FormFields query;
    HttpHeaders headers;
    QByteArray body;
    bool keepAlive = true;

    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] FormFields form() const { return parseForm(body); }
    /// The token of "Authorization: Bearer …"; empty without one.
    [[nodiscard]] QByteArray bearer() const;
};

/// Ways to deliver an answer; the default is the honest one.
struct Delivery
{
    int delayMs = 0;
    bool hang = false;                    ///< never answers, keeps the connection open
    bool drop = false;                    ///< closes before the first byte
    std::optional<qint64> dropAfterBytes; ///< closes after so many bytes of the body
    qint64 lengthDelta = 0;               ///< added to Content-Length
    bool truncateGzip = false; ///< half of the compressed bytes, with a Content-Length that fits them
    int slowBodyMs = 0;        ///< the body in ten parts with this pause before each
    bool splitHeader = false;  ///< the header travels in three TCP segments
    bool chunked = false;      ///< Transfer-Encoding: chunked, as the real service often does
};

struct SimResponse
{
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
    QByteArray gzipBody; ///< the same body compressed ahead of time; may be empty
    Delivery delivery;
    std::function<void()> finished; ///< called once, when the answer was handed to the socket or dropped

    void setHeader(const QByteArray &name, const QByteArray &value);
};

SimResponse jsonResponse(QByteArray body, int status = 200);
SimResponse htmlResponse(QByteArray body, int status = 200);

/// "Too Many Requests" and the like.
QByteArray reasonPhrase(int status);

} // namespace wristkeep
