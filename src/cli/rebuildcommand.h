// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// rebuild: makes the tables anew from the archive, says what would change, and changes it only with --swap.

#include "cli/command.h"
#include "core/rebuildmessages.h"

namespace wristkeep {

class RebuildThread;

class RebuildCommand : public Command
{
    Q_OBJECT
public:
    explicit RebuildCommand(CommandContext &context);
    ~RebuildCommand() override;

    static Outcome check(const CommandContext &context);
    void start() override;
    void interrupt() override;

private:
    void onFinished(const RebuildReport &report);

    std::unique_ptr<RebuildThread> m_thread;
};

} // namespace wristkeep
