// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// disconnect: revokes at the provider, forgets the token, keeps the data.

#include "cli/command.h"

namespace wristkeep {

class DisconnectCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    void start() override;

private:
    void onFinished(const DisconnectReport &report);
};

} // namespace wristkeep
