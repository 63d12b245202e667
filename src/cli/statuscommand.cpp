// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statuscommand.h"

#include "cli/statustext.h"
#include "core/clock.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

QList<AccountStatus> accountsAskedFor(const QList<AccountStatus> &all, const QString &provider,
                                      const QString &participant)
{
    QList<AccountStatus> accounts;
    for (const AccountStatus &account : all) {
        const bool asked = participant.isEmpty() || sameParticipant(account.key.participant, participant);
        if (account.key.provider == provider && asked)
            accounts.append(account);
    }
    // "default" is there from the start; in a study nobody ever connects it, and that is no fault.
    const auto neverUsedDefault = [](const AccountStatus &account) {
        return account.key.participant == defaultParticipant() &&
               account.state == ConnectionState::NotConnected;
    };
    if (participant.isEmpty() && accounts.size() > 1)
        accounts.erase(std::remove_if(accounts.begin(), accounts.end(), neverUsedDefault), accounts.end());
    return accounts;
}

void StatusCommand::start()
{
    if (m_context.arguments.has("participant")) {
        const Result<AccountKey> account = namedAccount();
        if (!account) {
            endWith(account.error());
            return;
        }
        m_participant = account->participant;
    }
    connect(m_context.worker, &SyncWorker::statusRead, this, &StatusCommand::onRead, Qt::QueuedConnection);
    connect(m_context.worker, &SyncWorker::requestFailed, this, &StatusCommand::endWith,
            Qt::QueuedConnection);
    m_context.worker->readStatus();
}

QString StatusCommand::callFor(const AccountStatus &account) const
{
    const bool several = m_context.participants.size() > 1;
    return m_context.call(several ? u"--participant %1 connect"_s.arg(account.key.participant)
                                  : u"connect"_s);
}

void StatusCommand::onRead(const QList<AccountStatus> &all)
{
    const QList<AccountStatus> accounts = accountsAskedFor(all, m_context.provider.provider, m_participant);
    QJsonArray participants;
    for (const AccountStatus &account : accounts) {
        participants.append(statusObject(account));
        if (participants.size() > 1)
            m_context.console->say();
        const QStringList lines = statusLines(account, m_context.provider.title, callFor(account),
                                              m_context.environment->clock->nowUtc());
        for (const QString &line : lines)
            m_context.console->say(line);
    }
    m_context.console->object({{u"type"_s, u"status"_s}, {u"participants"_s, participants}});
    const Outcome credentials = m_context.settings.checkCredentials(m_context.provider.provider);
    const ExitStatus status = exitStatusOf(accounts);
    if (!credentials)
        m_context.console->problem(credentials.error(), m_context.provider.title);
    Q_EMIT finished(credentials ? status : ExitStatus::Wrong);
}

} // namespace wristkeep
