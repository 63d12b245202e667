// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/closepolicy.h"

namespace wristkeep {

CloseAnswer closeAnswer(const CloseFacts &facts)
{
    if (facts.ending)
        return CloseAnswer::Quit;
    if (facts.tray)
        return CloseAnswer::Hide;
    return facts.schedule ? CloseAnswer::Minimise : CloseAnswer::Quit;
}

} // namespace wristkeep
