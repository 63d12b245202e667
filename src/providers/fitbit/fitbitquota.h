// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fitbit's hourly quota as its headers tell it (docs/PROVIDERS.md, "Quota"): approximate, often missing.

#include "core/http.h"
#include "core/syncmessages.h"

namespace wristkeep {

QuotaState fitbitQuota(const HttpResponse &response, qint64 nowUtc);

/// When to ask again after a 429: by Fitbit-Rate-Limit-Reset, else Retry-After, else the next full hour,
/// each with a margin. Values no hourly window can have are not believed.
qint64 fitbitRetryAt(const HttpResponse &response, qint64 nowUtc);

} // namespace wristkeep
