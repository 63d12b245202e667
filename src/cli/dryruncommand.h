// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// sync --dry-run: says what the sync would ask, how long it would take and what it would weigh. Opens no
// worker, sends nothing, writes nothing.

#include "cli/command.h"

namespace wristkeep {

class DryRunCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    void start() override;
};

} // namespace wristkeep
