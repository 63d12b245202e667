// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace wristkeep {

namespace {

constexpr int GzipWindow = 15 + 16; // 16 asks zlib for the gzip wrapper
constexpr qsizetype ChunkBytes = 64 * 1024;

Bytef *bytesOf(QByteArray &array)
{
    return reinterpret_cast<Bytef *>(array.data());
}

/// zlib takes its input as non-const although it never writes to it.
Bytef *inputOf(const QByteArray &array)
{
    return const_cast<Bytef *>(reinterpret_cast<const Bytef *>(array.constData()));
}

} // namespace

QByteArray gzipCompress(const QByteArray &bytes, int level)
{
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = inputOf(bytes);
    stream.avail_in = uInt(bytes.size());
    stream.next_out = bytesOf(packed);
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

Result<QByteArray> gzipDecompress(const QByteArray &bytes, qint64 maxBytes)
{
    if (bytes.size() > std::numeric_limits<int>::max())
        return failure(ErrorKind::NotUnderstood, QStringLiteral("The compressed data is too large."));
    z_stream stream{};
    if (inflateInit2(&stream, GzipWindow) != Z_OK)
        return failure(ErrorKind::Internal, QStringLiteral("zlib could not start."));
    stream.next_in = inputOf(bytes);
    stream.avail_in = uInt(bytes.size());

    QByteArray plain;
    int state = Z_OK;
    while (state == Z_OK) {
        const qsizetype had = plain.size();
        plain.resize(had + std::max(ChunkBytes, had));
        stream.next_out = bytesOf(plain) + had;
        stream.avail_out = uInt(plain.size() - had);
        state = inflate(&stream, Z_NO_FLUSH);
        plain.truncate(plain.size() - qsizetype(stream.avail_out));
        if (plain.size() > maxBytes) {
            inflateEnd(&stream);
            return failure(ErrorKind::NotUnderstood,
                           QStringLiteral("The answer is larger than %1 MB.").arg(maxBytes / (1024 * 1024)));
        }
    }
    const bool garbageBehind = stream.avail_in != 0;
    inflateEnd(&stream);
    if (state == Z_BUF_ERROR)
        return failure(ErrorKind::NotUnderstood, QStringLiteral("The compressed data ends too early."));
    if (state != Z_STREAM_END || garbageBehind)
        return failure(ErrorKind::NotUnderstood, QStringLiteral("The compressed data is damaged."));
    return plain;
}

} // namespace wristkeep
