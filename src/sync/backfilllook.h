// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an order for a backfill stands for, and what it would cost: looks at the store, changes nothing.

#include "core/backfill.h"
#include "core/result.h"
#include "sync/planestimate.h"

namespace wristkeep {

class Store;

/// The job an order stands for. NotConnected; BadUsage without a first day, and for one after yesterday.
Result<BackfillStatus> backfillOf(Store &store, const BackfillOrder &order, qint64 nowUtc);

/// All that is not kept yet, by the backfill's own rules. Without a first day, told or known, everything but
/// the account stays empty. NotConnected; BadUsage for a first day after yesterday.
Result<PlanEstimate> estimateOfBackfill(Store &store, const BackfillOrder &order, qint64 nowUtc);

} // namespace wristkeep
