// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Daily steps out of Fitbit's activity series, one day or a range (docs/PROVIDERS.md, "Steps").

#include "core/records.h"
#include "core/result.h"

namespace wristkeep {

struct ParseContext;

/// Daily values `steps`. A zero is kept as a value that needs heart-rate readings as its witness, because
/// days the device was not worn come back as zeros; alone it does not make a day with data.
Result<Batch> parseSteps(const QByteArray &body, const ParseContext &context);

} // namespace wristkeep
