// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// gzip (RFC 1952) in memory: the archive's files and the wire's Content-Encoding.

#include "core/result.h"

namespace wristkeep {

/// level 1 (fast) … 9 (small).
QByteArray gzipCompress(const QByteArray &bytes, int level = 6);

/// NotUnderstood when truncated, damaged, followed by garbage, or larger than maxBytes once undone.
Result<QByteArray> gzipDecompress(const QByteArray &bytes, qint64 maxBytes);

} // namespace wristkeep
