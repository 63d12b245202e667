// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a store lives, out of the settings.

#include "store/store.h"

namespace wristkeep {

struct Settings;

StoreOptions storeOptions(const Settings &settings);

} // namespace wristkeep
