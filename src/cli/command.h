// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One verb at work: started once, ends once with its exit status. Everything it needs is handed to it.

#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/exitstatus.h"
#include "core/settings.h"
#include "sync/catalogue.h"
#include "sync/syncworker.h"

#include <QObject>

#include <memory>

namespace wristkeep {

struct CommandContext
{
    Arguments arguments;
    Settings settings;
    CatalogueEntry provider;
    QList<ParticipantEntry> participants; ///< known once the worker has opened
    SyncWorker *worker = nullptr;         ///< none for a verb that needs none
    const CliEnvironment *environment = nullptr;
    Console *console = nullptr;

    /// What to type next, e.g. "wristkeep-cli --demo sync".
    [[nodiscard]] QString call(const QString &words) const;
};

class Command : public QObject
{
    Q_OBJECT
public:
    explicit Command(CommandContext &context);
    ~Command() override;

    virtual void start() = 0;
    /// Stops what is under way; ends in finished() like any other end.
    virtual void interrupt();

Q_SIGNALS:
    void finished(wristkeep::ExitStatus status);

protected:
    /// The participant named, in the spelling it is stored in; without a name the only one or "default".
    [[nodiscard]] Result<AccountKey> namedAccount() const;
    /// Says the error and ends with its status.
    void endWith(const Error &error);

    // NOLINTNEXTLINE(cppcoreguidelines-non-private-member-variables-in-classes)
    CommandContext &m_context;
};

/// A verb as a row of the table: what is typed, what it needs, and how it is made.
struct Verb
{
    VerbSpec spec;
    bool usesWorker = true;
    bool needsCredentials = false;
    /// Everything that can be judged before anything is opened; may be empty.
    Outcome (*check)(const CommandContext &context) = nullptr;
    std::unique_ptr<Command> (*create)(CommandContext &context) = nullptr;
    const char *lookOption =
        nullptr; ///< with this option the verb only looks: no worker, so nothing is written
};

const QList<Verb> &verbs();
QList<VerbSpec> verbSpecs();
/// The options every verb takes.
const QList<OptionSpec> &commonOptions();

} // namespace wristkeep
