// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeping count of a quota from headers that come late and out of order. Pure.

#include "core/error.h"
#include "core/syncmessages.h"

namespace wristkeep {

/// The newer knowledge; within one window the more pessimistic count wins, because headers lag.
QuotaState mergeQuota(const QuotaState &known, const QuotaState &told);

/// The state after a 429. Without any reset told it is the next full hour (docs/PROVIDERS.md).
QuotaState exhaustedQuota(const QuotaState &known, const Error &error, qint64 nowUtc);

/// True while a 429 was seen and its reset has not come.
bool isExhausted(const QuotaState &quota, qint64 nowUtc);

} // namespace wristkeep
