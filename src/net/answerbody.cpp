// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/answerbody.h"

#include "core/gzip.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

bool hasNoBody(const QByteArray &method, int status)
{
    return method == "HEAD" || status == 204 || status == 304 || status < 200;
}

// RFC 1952, 2.3.1: the last four bytes are the size once undone. In a truncated stream they are anything, so
// only a size that deflate can reach at all (1032:1) counts.
bool announcesMoreThan(const QByteArray &gzip, qint64 maxBytes)
{
    if (gzip.size() < 18)
        return false;
    const qint64 announced = qFromLittleEndian<quint32>(gzip.constEnd() - 4);
    return announced > maxBytes && announced <= gzip.size() * 1032;
}

QByteArray codingOf(const HttpHeaders &headers)
{
    HttpResponse answer;
    answer.headers = headers;
    return answer.header("Content-Encoding").trimmed().toLower();
}

} // namespace

bool isGzipped(const HttpHeaders &headers)
{
    const QByteArray coding = codingOf(headers);
    return coding == "gzip" || coding == "x-gzip";
}

Result<QByteArray> decodeAnswerBody(const QByteArray &method, int status, const HttpHeaders &headers,
                                    const QByteArray &raw, qint64 maxBytes)
{
    if (hasNoBody(method, status))
        return QByteArray();

    HttpResponse answer;
    answer.headers = headers;
    const QByteArray length = answer.header("Content-Length").trimmed();
    // RFC 9112, 6.3: with a transfer coding the length is not the body's.
    if (!length.isEmpty() && answer.header("Transfer-Encoding").isEmpty()) {
        bool understood = false;
        const qint64 expected = length.toLongLong(&understood);
        if (!understood || expected < 0)
            return failure(ErrorKind::Network, u"The answer's length is not a number."_s);
        if (expected != raw.size()) {
            return failure(ErrorKind::Network, u"The answer broke off: %1 of %2 bytes arrived."_s.arg(
                                                   QString::number(raw.size()), QString::number(expected)));
        }
    }
    if (raw.size() > maxBytes)
        return failure(ErrorKind::NotUnderstood, u"The answer is larger than %1 bytes."_s.arg(maxBytes));

    const QByteArray encoding = codingOf(headers);
    if (encoding.isEmpty() || encoding == "identity" || raw.isEmpty())
        return raw;
    if (!isGzipped(headers))
        return failure(ErrorKind::NotUnderstood, u"The answer came in an encoding that was not asked for."_s);

    Result<QByteArray> body = gzipDecompress(raw, maxBytes);
    if (body)
        return body;
    if (announcesMoreThan(raw, maxBytes))
        return failure(ErrorKind::NotUnderstood, u"The answer is larger than %1 bytes."_s.arg(maxBytes));
    return failure(ErrorKind::Network, u"The answer arrived damaged: its compressed data is incomplete."_s);
}

} // namespace wristkeep
