// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rebuildcommand.h"

#include "cli/rebuildtext.h"
#include "sync/rebuildthread.h"

#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

RebuildCommand::RebuildCommand(CommandContext &context) : Command(context) {}

RebuildCommand::~RebuildCommand() = default;

Outcome RebuildCommand::check(const CommandContext &context)
{
    const Arguments &arguments = context.arguments;
    if (arguments.has("swap") && (arguments.has("participant") || arguments.has("provider"))) {
        Error error;
        error.kind = ErrorKind::BadUsage;
        error.detail =
            u"With --swap all tables change at once: it takes neither --participant nor --provider"_s;
        error.nextStep = u"Leave --swap out to look at one of them, or the others out to swap."_s;
        return failure(std::move(error));
    }
    return {};
}

void RebuildCommand::start()
{
    const Arguments &arguments = m_context.arguments;
    RebuildRequest request;
    request.swap = arguments.has("swap");
    request.keepZones = arguments.has("keep-zones");
    request.scope.participant = arguments.value("participant");
    if (arguments.has("provider"))
        request.scope.provider = m_context.provider.provider;
    m_thread = std::make_unique<RebuildThread>(m_context.settings, m_context.environment->clock);
    connect(
        m_thread.get(), &RebuildThread::progressed, this,
        [this](const SyncProgress &progress) { m_context.console->progress(progress); },
        Qt::QueuedConnection);
    connect(m_thread.get(), &RebuildThread::failed, this, &RebuildCommand::endWith, Qt::QueuedConnection);
    connect(m_thread.get(), &RebuildThread::finished, this, &RebuildCommand::onFinished,
            Qt::QueuedConnection);
    m_thread->start(request);
}

void RebuildCommand::interrupt()
{
    // Ends in failed() once the half-made file is gone.
    if (m_thread)
        m_thread->stop();
    else
        Command::interrupt();
}

void RebuildCommand::onFinished(const RebuildReport &report)
{
    Console &console = *m_context.console;
    const ExitStatus status = exitStatusOf(report);
    // An archive that is gone would fill the screen.
    for (const RebuildProblem &problem : report.problems.mid(0, mostDifferencesShown)) {
        if (!console.json())
            console.problem(problemLine(problem));
        console.object(problemObject(problem));
    }
    if (const qsizetype more = report.problems.size() - mostDifferencesShown; more > 0)
        console.problem(u"%1 more answers of the archive could not be used."_s.arg(more));
    for (const RebuildDifference &difference : report.differences) {
        console.say(differenceLine(difference));
        console.object(differenceObject(difference));
    }
    for (const QString &line : rebuildSummary(report, m_context.call(u"rebuild --swap"_s)))
        console.say(line);
    console.object(rebuildObject(report, status));
    Q_EMIT finished(status);
}

} // namespace wristkeep
