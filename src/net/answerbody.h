// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From the bytes on the wire to the body a parser may trust: length checked, gzip undone, size capped. Pure.

#include "core/http.h"
#include "core/result.h"

namespace wristkeep {

/// True when the headers name gzip as the body's coding (RFC 9110, 8.4.1.3).
bool isGzipped(const HttpHeaders &headers);

/// `raw` are the body bytes as received, chunks already joined. Errors: Network when bytes are missing or the
/// gzip stream is damaged (a repeat may cure it), NotUnderstood for an unknown encoding or a body too large.
Result<QByteArray> decodeAnswerBody(const QByteArray &method, int status, const HttpHeaders &headers,
                                    const QByteArray &raw, qint64 maxBytes);

} // namespace wristkeep
