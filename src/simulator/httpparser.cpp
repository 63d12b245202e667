// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpparser.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace wristkeep {

namespace {

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
    });
}

} // namespace

HttpParser::State HttpParser::take(QByteArray &buffer, SimRequest &request)
{
    if (!m_haveHead) {
        // RFC 9112, 2.2: an empty line before the request line is to be ignored.
        while (buffer.startsWith("\r\n"))
            buffer.remove(0, 2);
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return buffer.size() > maxHeaderBytes ? bad(431) : State::NeedMore;
        if (end > maxHeaderBytes)
            return bad(431);
        m_request = {};
        m_bodyBytes = 0;
        m_badStatus = 400;
        if (!parseHead(buffer.left(end)))
            return bad(m_badStatus);
        buffer.remove(0, end + 4);
        m_haveHead = true;
    }
    if (buffer.size() < m_bodyBytes)
        return State::NeedMore;
    m_request.body = buffer.left(m_bodyBytes);
    buffer.remove(0, m_bodyBytes);
    m_haveHead = false;
    m_expectsContinue = false;
    request = std::exchange(m_request, {});
    return State::Complete;
}

bool HttpParser::takeExpectsContinue()
{
    return std::exchange(m_expectsContinue, false);
}

HttpParser::State HttpParser::bad(int status)
{
    m_badStatus = status;
    return State::Bad;
}

bool HttpParser::parseHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.contains('\r') || line.contains('\0'))
            return false;
    }
    return parseRequestLine(lines.takeFirst()) && parseFields(lines) && interpretFields();
}

bool HttpParser::parseRequestLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || !isToken(words.at(0)) || !words.at(1).startsWith('/'))
        return false;
    if (words.at(2) != "HTTP/1.1" && words.at(2) != "HTTP/1.0") {
        m_badStatus = words.at(2).startsWith("HTTP/") ? 505 : 400;
        return false;
    }
    m_http10 = words.at(2) == "HTTP/1.0";
    m_request.method = words.at(0);
    m_request.target = words.at(1);
    const qsizetype mark = m_request.target.indexOf('?');
    const QByteArray path = mark < 0 ? m_request.target : m_request.target.left(mark);
    m_request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(path));
    if (mark >= 0)
        m_request.query = parseForm(m_request.target.mid(mark + 1));
    return true;
}

bool HttpParser::parseFields(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !isToken(line.left(colon)))
            return false;
        m_request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return true;
}

bool HttpParser::interpretFields()
{
    const QByteArray connection = m_request.header("Connection").toLower();
    m_request.keepAlive = m_http10 ? connection.contains("keep-alive") : !connection.contains("close");
    if (!m_request.header("Transfer-Encoding").isEmpty()) {
        m_badStatus = 411;
        return false;
    }
    std::optional<QByteArray> length;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            continue;
        if (length && *length != value)
            return false;
        length = value;
    }
    if (!length) {
        m_badStatus = 411;
        return m_request.method != "POST" && m_request.method != "PUT";
    }
    const bool digits = !length->isEmpty() && std::all_of(length->begin(), length->end(),
                                                          [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return false;
    if (length->size() > 9 || length->toLongLong() > maxBodyBytes) {
        m_badStatus = 413;
        return false;
    }
    m_bodyBytes = length->toLongLong();
    m_expectsContinue = m_request.header("Expect").toLower() == "100-continue" && !m_http10;
    return true;
}

} // namespace wristkeep
