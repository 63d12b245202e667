// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// sync: fetches the days asked for, shows how far it is, and says how each of them stands.

#include "cli/command.h"

namespace wristkeep {

/// The days and data the words ask for; accounts are the caller's business.
Result<SyncRequest> syncRequestOf(const CommandContext &context);

class SyncCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    static Outcome check(const CommandContext &context);
    void start() override;
    void interrupt() override;

private:
    void onStatus(const QList<AccountStatus> &accounts);
    void onFinished(const SyncReport &report);

    QString m_participant; ///< empty: everybody who is connected
    bool m_running = false;
};

} // namespace wristkeep
