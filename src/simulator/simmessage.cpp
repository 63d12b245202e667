// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simmessage.h"

#include <QUrl>

namespace wristkeep {

namespace {

QString decodeFormText(QByteArray text)
{
    text.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
}

} // namespace

FormFields parseForm(const QByteArray &encoded)
{
    FormFields fields;
    const QList<QByteArray> pairs = encoded.split('&');
    for (const QByteArray &pair : pairs) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = equals < 0 ? pair : pair.left(equals);
        const QByteArray value = equals < 0 ? QByteArray() : pair.mid(equals + 1);
        fields.append({decodeFormText(name), decodeFormText(value)});
    }
    return fields;
}

std::optional<QString> formValue(const FormFields &fields, const QString &name)
{
    for (const auto &[key, value] : fields) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

QByteArray formEncode(const QString &value)
{
    return QUrl::toPercentEncoding(value);
}

QByteArray SimRequest::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray SimRequest::bearer() const
{
    const QByteArray authorization = header("Authorization");
    if (authorization.size() < 7 || authorization.left(7).compare("Bearer ", Qt::CaseInsensitive) != 0)
        return {};
    return authorization.mid(7).trimmed();
}

void SimResponse::setHeader(const QByteArray &name, const QByteArray &value)
{
    for (auto &[key, old] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            old = value;
            return;
        }
    }
    headers.append({name, value});
}

SimResponse jsonResponse(QByteArray body, int status)
{
    SimResponse response;
    response.status = status;
    response.setHeader("Content-Type", "application/json; charset=UTF-8");
    response.body = std::move(body);
    return response;
}

SimResponse htmlResponse(QByteArray body, int status)
{
    SimResponse response;
    response.status = status;
    response.setHeader("Content-Type", "text/html; charset=UTF-8");
    response.body = std::move(body);
    return response;
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 421:
        return "Misdirected Request";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Answer";
    }
}

} // namespace wristkeep
