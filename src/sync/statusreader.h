// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How every account stands, for `status` and the window's card: read on the store thread in one go.

#include "core/result.h"
#include "core/syncmessages.h"

namespace wristkeep {

class Store;
struct Settings;

/// One entry for each participant at each provider that is configured or connected; where there is neither,
/// one for the provider in use, so that nobody is left out.
Result<QList<AccountStatus>> readStatus(Store &store, const Settings &settings, qint64 nowUtc);

} // namespace wristkeep
