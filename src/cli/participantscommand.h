// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// participants list, add, remove.

#include "cli/command.h"

namespace wristkeep {

class ListParticipantsCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    void start() override;
};

class AddParticipantCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    static Outcome check(const CommandContext &context);
    void start() override;
};

/// Asks on a terminal; elsewhere --yes must say it.
class RemoveParticipantCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    static Outcome check(const CommandContext &context);
    void start() override;

private:
    void onTyped();
    void remove();

    QString m_id; ///< as it is stored
};

} // namespace wristkeep
