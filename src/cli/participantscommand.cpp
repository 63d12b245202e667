// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/participantscommand.h"

#include <QIODevice>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

void ListParticipantsCommand::start()
{
    QJsonArray participants;
    qsizetype width = 0;
    for (const ParticipantEntry &entry : std::as_const(m_context.participants)) {
        participants.append(QJsonObject{{u"id"_s, entry.id}, {u"name"_s, entry.name}});
        width = std::max(width, entry.id.size());
    }
    for (const ParticipantEntry &entry : std::as_const(m_context.participants))
        m_context.console->say((entry.id.leftJustified(width + 2) + entry.name).trimmed());
    m_context.console->object({{u"type"_s, u"participants"_s}, {u"participants"_s, participants}});
    Q_EMIT finished(ExitStatus::Fine);
}

Outcome AddParticipantCommand::check(const CommandContext &context)
{
    return checkParticipantId(context.arguments.positionals.first());
}

void AddParticipantCommand::start()
{
    SyncWorker *worker = m_context.worker;
    connect(worker, &SyncWorker::participantFailed, this, &AddParticipantCommand::endWith,
            Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::participantAdded, this,
        [this](const QString &id) {
            m_context.console->tell(u"Added %1."_s.arg(id));
            m_context.console->say(u"Next: "_s + m_context.call(u"--participant %1 connect"_s.arg(id)));
            Q_EMIT finished(ExitStatus::Fine);
        },
        Qt::QueuedConnection);
    worker->addParticipant(m_context.arguments.positionals.first(), m_context.arguments.value("name"));
}

Outcome RemoveParticipantCommand::check(const CommandContext &context)
{
    if (context.arguments.has("yes") || context.console->asksPeople())
        return {};
    return failure(ErrorKind::BadUsage, u"Removing a participant needs your word: add --yes"_s);
}

void RemoveParticipantCommand::start()
{
    m_context.arguments.options.insert(u"participant"_s, m_context.arguments.positionals.first());
    const Result<AccountKey> account = namedAccount();
    if (!account) {
        endWith(account.error());
        return;
    }
    m_id = account->participant;
    if (m_context.arguments.has("yes")) {
        remove();
        return;
    }
    connect(m_context.environment->in, &QIODevice::readyRead, this, &RemoveParticipantCommand::onTyped);
    m_context.console->ask(
        u"Remove %1? The permission at the provider ends; files and values stay here. [y/N] "_s.arg(m_id));
}

void RemoveParticipantCommand::onTyped()
{
    if (!m_context.environment->in->canReadLine())
        return;
    const QString answer = QString::fromUtf8(m_context.environment->in->readLine()).trimmed().toLower();
    disconnect(m_context.environment->in, nullptr, this, nullptr);
    if (answer == u"y"_s || answer == u"yes"_s) {
        remove();
        return;
    }
    m_context.console->say(u"Nothing was changed."_s);
    Q_EMIT finished(ExitStatus::Fine);
}

void RemoveParticipantCommand::remove()
{
    SyncWorker *worker = m_context.worker;
    connect(worker, &SyncWorker::participantFailed, this, &RemoveParticipantCommand::endWith,
            Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::participantRemoved, this,
        [this](const QString &id, const QString &warning) {
            m_context.console->tell(u"Removed %1. Files and values stay."_s.arg(id));
            if (!warning.isEmpty())
                m_context.console->warn(warning);
            Q_EMIT finished(ExitStatus::Fine);
        },
        Qt::QueuedConnection);
    worker->removeParticipant(m_id);
}

} // namespace wristkeep
