// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The switch "Start with the computer", as functions: how a desktop does it is the program's affair.

#include "core/result.h"

#include <functional>

namespace wristkeep {

struct Autostart
{
    std::function<bool()> isOn;
    std::function<Outcome(bool on)> setOn;
    bool available = false;
};

} // namespace wristkeep
