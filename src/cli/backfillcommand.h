// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// backfill start, status, pause, resume, cancel. `start` and `resume` work it off here until it is done or
// has to wait for something: the terminal never waits.

#include "cli/command.h"

namespace wristkeep {

/// What the five have in common: one account, one job.
class BackfillCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    void start() override;

protected:
    virtual void ask(const AccountKey &account) = 0;
    /// Hears the account's job; ends with endWith(status) when it has heard enough.
    virtual void onChanged(const BackfillStatus &status) = 0;
    void tellAndEnd(const BackfillStatus &status, ExitStatus exit);
    [[nodiscard]] const AccountKey &account() const { return m_account; }

private:
    AccountKey m_account;
    bool m_ended = false;
};

/// Works a job off.
class WorkBackfillCommand : public BackfillCommand
{
    Q_OBJECT
public:
    using BackfillCommand::BackfillCommand;

protected:
    void onChanged(const BackfillStatus &status) override;

private:
    int m_requests = 0; ///< the most that were left
};

class StartBackfillCommand : public WorkBackfillCommand
{
    Q_OBJECT
public:
    using WorkBackfillCommand::WorkBackfillCommand;
    static Outcome check(const CommandContext &context);

protected:
    void ask(const AccountKey &account) override;
};

class ResumeBackfillCommand : public WorkBackfillCommand
{
    Q_OBJECT
public:
    using WorkBackfillCommand::WorkBackfillCommand;

protected:
    void ask(const AccountKey &account) override;
};

class PauseBackfillCommand : public BackfillCommand
{
    Q_OBJECT
public:
    using BackfillCommand::BackfillCommand;

protected:
    void ask(const AccountKey &account) override;
    void onChanged(const BackfillStatus &status) override;
};

class CancelBackfillCommand : public PauseBackfillCommand
{
    Q_OBJECT
public:
    using PauseBackfillCommand::PauseBackfillCommand;

protected:
    void ask(const AccountKey &account) override;
};

class BackfillStatusCommand : public BackfillCommand
{
    Q_OBJECT
public:
    using BackfillCommand::BackfillCommand;

protected:
    void ask(const AccountKey &account) override;
    void onChanged(const BackfillStatus &status) override;
};

} // namespace wristkeep
