// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include "cli/command.h"
#include "core/redaction.h"
#include "sync/settingsstore.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

struct CommandLine::Parts
{
    QStringList words;
    CliEnvironment environment;
    std::unique_ptr<Console> console;
    CommandContext context;
    const Verb *verb = nullptr;
    std::unique_ptr<SyncWorker> worker;
    std::unique_ptr<Command> command; // goes before the worker it talks to
    bool interrupted = false;
    bool ending = false;
    int status = 0;
};

CommandLine::CommandLine(QStringList words, CliEnvironment environment, QObject *parent)
    : QObject(parent), m_parts(std::make_unique<Parts>())
{
    m_parts->words = std::move(words);
    m_parts->environment = std::move(environment);
    // Until the words are understood, --json can only be guessed at; problems must not break its promise.
    m_parts->console = std::make_unique<Console>(m_parts->environment, m_parts->words.contains(u"--json"_s));
}

CommandLine::~CommandLine() = default;

void CommandLine::start()
{
    const Result<int> begun = begin();
    if (!begun)
        m_parts->console->problem(begun.error(), m_parts->context.provider.title);
    const int status = begun ? *begun : int(exitStatusOf(begun.error()));
    if (status >= 0)
        finish(status);
}

namespace {

constexpr int goesOn = -1;

Outcome prepare(CommandContext &context, const Verb &verb)
{
    Result<Settings> settings =
        SettingsStore(processSources(context.arguments.value("env-file"), context.arguments.has("demo")))
            .load();
    if (!settings)
        return failure(settings.error());
    context.settings = std::move(*settings);
    for (const QString &warning : std::as_const(context.settings.warnings))
        context.console->warn(warning);

    const auto chooseProvider = [&context]() -> Outcome {
        const QString provider = context.arguments.has("provider") ? context.arguments.value("provider")
                                                                   : context.settings.provider;
        const Result<CatalogueEntry> entry = findCatalogueEntry(provider);
        if (!entry)
            return failure(entry.error());
        context.provider = *entry;
        return {};
    };
    if (const Outcome chosen = chooseProvider(); !chosen)
        return chosen;
    if (verb.check) {
        if (const Outcome checked = verb.check(context); !checked)
            return checked;
    }
    if (context.arguments.has("demo")) {
        if (!context.environment->startDemo)
            return failure(ErrorKind::BadUsage, u"This program was built without the demo"_s);
        if (const Outcome started = context.environment->startDemo(context.settings); !started)
            return started;
        // The demo has a provider of its own.
        if (const Outcome chosen = chooseProvider(); !chosen)
            return chosen;
        context.console->say(u"Demo: a made-up person's data; nothing of yours is touched."_s);
    }
    if (verb.needsCredentials)
        return context.settings.checkCredentials(context.provider.provider);
    return {};
}

void registerSecrets(const Settings &settings, SecretRegister &secrets)
{
    for (const SettingKey &key : settingKeys()) {
        if (key.secret)
            secrets.add(settings.value(key.name));
    }
}

} // namespace

Result<int> CommandLine::begin()
{
    Parts &parts = *m_parts;
    const QList<VerbSpec> specs = verbSpecs();
    Result<Arguments> arguments = parseArguments(parts.words, specs, commonOptions());
    if (!arguments)
        return failure(arguments.error());
    parts.console = std::make_unique<Console>(parts.environment, arguments->has("json"));
    if (arguments->version || arguments->help) {
        const QString text = arguments->version ? u"wristkeep-cli " WRISTKEEP_VERSION "\n"_s
                                                : helpText(arguments->verb, specs, commonOptions());
        Console(parts.environment, false).say(text.chopped(1));
        return int(ExitStatus::Fine);
    }
    const auto verb = std::find_if(verbs().begin(), verbs().end(),
                                   [&](const Verb &each) { return each.spec.name == arguments->verb; });
    parts.verb = &*verb;
    parts.context.arguments = std::move(*arguments);
    parts.context.environment = &parts.environment;
    parts.context.console = parts.console.get();
    if (const Outcome prepared = prepare(parts.context, *parts.verb); !prepared)
        return failure(prepared.error());
    registerSecrets(parts.context.settings, *parts.environment.secrets);

    const bool looks = parts.verb->lookOption && parts.context.arguments.has(parts.verb->lookOption);
    if (parts.verb->usesWorker && !looks)
        openWorker();
    else
        startCommand();
    return goesOn;
}

void CommandLine::openWorker()
{
    Parts &parts = *m_parts;
    WorkerOptions options;
    options.settings = parts.context.settings;
    options.clock = parts.environment.clock;
    options.secrets = parts.environment.secrets;
    options.demo = parts.context.arguments.has("demo");
    parts.worker = std::make_unique<SyncWorker>(std::move(options));
    parts.context.worker = parts.worker.get();

    SyncWorker *worker = parts.worker.get();
    constexpr auto once = Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection);
    connect(worker, &SyncWorker::opened, worker, &SyncWorker::readParticipants, once);
    connect(
        worker, &SyncWorker::openFailed, this, [this](const Error &error) { failWith(error); }, once);
    connect(
        worker, &SyncWorker::participantsRead, this,
        [this](const QList<ParticipantEntry> &participants) {
            m_parts->context.participants = participants;
            startCommand();
        },
        once);
    connect(
        worker, &SyncWorker::requestFailed, this,
        [this](const Error &error) {
            if (!m_parts->command)
                failWith(error);
        },
        Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::logged, this, [this](const LogEntry &entry) { m_parts->console->log(entry); },
        Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::closed, this, [this] { Q_EMIT finished(m_parts->status); }, once);
    worker->open();
}

void CommandLine::startCommand()
{
    Parts &parts = *m_parts;
    if (parts.ending)
        return;
    parts.command = parts.verb->create(parts.context);
    connect(
        parts.command.get(), &Command::finished, this, [this](ExitStatus status) { finish(int(status)); },
        Qt::QueuedConnection);
    parts.command->start();
    if (parts.interrupted)
        parts.command->interrupt();
}

void CommandLine::failWith(const Error &error)
{
    if (m_parts->ending)
        return;
    m_parts->console->problem(error, m_parts->context.provider.title);
    finish(int(exitStatusOf(error)));
}

void CommandLine::interrupt()
{
    if (std::exchange(m_parts->interrupted, true) || m_parts->ending)
        return;
    if (m_parts->command)
        m_parts->command->interrupt();
    else
        finish(int(ExitStatus::Interrupted));
}

void CommandLine::finish(int status)
{
    Parts &parts = *m_parts;
    if (std::exchange(parts.ending, true))
        return;
    parts.status = status;
    if (parts.worker)
        parts.worker->close();
    else
        QTimer::singleShot(0, this, [this] { Q_EMIT finished(m_parts->status); });
}

} // namespace wristkeep
