// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "Start Wristkeep when I log in", as functions: how a desktop does it is not the window's business.

#include "core/result.h"

#include <functional>

namespace wristkeep {

/// Empty where it is not offered (demo).
struct AutostartSwitch
{
    std::function<bool()> isOn;
    std::function<Outcome(bool)> setOn; ///< Storage with path and reason
};

} // namespace wristkeep
