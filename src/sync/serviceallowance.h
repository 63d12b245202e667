// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a service allows one account, and how fast it answers: what plans are reckoned with before the first
// answer has told better (docs/PROVIDERS.md).

#include "providers/provider.h"

namespace wristkeep {

struct ServiceAllowance
{
    int requests = 0;      ///< in one quota window; 0: no limit is known
    int windowSeconds = 0; ///< windows are counted from full to full, e.g. from hour to hour
    int reserve = 0;       ///< of these, what a backfill leaves to the day's own syncs
    int marginSeconds = 0; ///< after a reset, because the two clocks differ
    RequestPace pace;
    double answerSeconds = 0; ///< of one request, roughly
    qint64 pageBytes = 0;     ///< an answer longer than this comes in pages; 0: in one piece
};

/// Of a provider nobody knows here: its own pace, no limit.
ServiceAllowance allowanceOf(const Provider &provider);

/// Seconds from one request's begin to the next one's, when nothing but the pace holds them back.
double secondsPerRequest(const ServiceAllowance &allowance);

} // namespace wristkeep
