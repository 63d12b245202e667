// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/callbackrequest.h"

#include <QList>

#include <algorithm>

namespace wristkeep {
namespace {

bool isTokenText(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

bool isVisible(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// "GET /path?query HTTP/1.1"
bool readRequestLine(const QByteArray &line, CallbackRequest &request)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || !isTokenText(words[0]) || !isVisible(words[1]) || !words[1].startsWith('/'))
        return false;
    if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0")
        return false;
    request.method = words[0];
    const qsizetype mark = words[1].indexOf('?');
    request.path = mark < 0 ? words[1] : words[1].left(mark);
    request.query = mark < 0 ? QByteArray() : words[1].mid(mark + 1);
    return true;
}

} // namespace

std::optional<QString> CallbackRequest::parameter(const QByteArray &name) const
{
    std::optional<QString> found;
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (QByteArray::fromPercentEncoding(equals < 0 ? pair : pair.left(equals)) != name)
            continue;
        if (found)
            return std::nullopt;
        found =
            equals < 0 ? QString() : QString::fromUtf8(QByteArray::fromPercentEncoding(pair.mid(equals + 1)));
    }
    return found;
}

QString CallbackRequest::sentence(const QByteArray &name) const
{
    CallbackRequest spaced = *this;
    spaced.query.replace('+', "%20");
    return spaced.parameter(name).value_or(QString());
}

CallbackRead CallbackRead::from(const QByteArray &bytes)
{
    CallbackRead read;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return read;
    read.state = State::Malformed;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    bool hostSeen = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArray line = lines[i];
        if (i + 1 < lines.size()) { // the last line's CR belongs to the end mark
            if (!line.endsWith('\r'))
                return read;
            line.chop(1);
        }
        if (line.contains('\r') || line.contains('\0'))
            return read;
        if (i == 0) {
            if (!readRequestLine(line, read.request))
                return read;
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !isTokenText(line.left(colon)))
            return read;
        if (line.left(colon).compare("host", Qt::CaseInsensitive) != 0)
            continue;
        if (hostSeen)
            return read;
        hostSeen = true;
        read.request.host = line.mid(colon + 1).trimmed();
    }
    if (hostSeen)
        read.state = State::Whole;
    return read;
}

} // namespace wristkeep
