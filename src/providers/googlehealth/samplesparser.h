// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Types that become a series: windows of a roll-up, each at its start, and single readings.

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct GoogleHealthType;
struct ParseContext;

/// Ascending, whatever the order served; of several readings in one second the last wins. A window that is
/// missing was not measured; each day counts what began on it by the clock of the context's zone.
Result<Batch> parseSamples(const QByteArray &body, const ParseContext &context, const GoogleHealthType &row);

} // namespace wristkeep
