// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/disconnectcommand.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

void DisconnectCommand::start()
{
    const Result<AccountKey> account = namedAccount();
    if (!account) {
        endWith(account.error());
        return;
    }
    connect(m_context.worker, &SyncWorker::disconnectFinished, this, &DisconnectCommand::onFinished,
            Qt::QueuedConnection);
    m_context.worker->disconnectAccount(*account, m_context.arguments.has("keep-grant"));
}

void DisconnectCommand::onFinished(const DisconnectReport &report)
{
    Console &console = *m_context.console;
    const QString who = report.account.participant;
    if (report.error) {
        console.problem(*report.error, m_context.provider.title);
    } else if (!report.wasConnected) {
        console.problem(u"Participant %1 is not connected to %2, so there is nothing to disconnect."_s.arg(
            who, m_context.provider.title));
    } else if (report.revoked) {
        console.tell(
            u"Disconnected %1. The permission at %2 has ended everywhere; the data stays here."_s.arg(
                who, m_context.provider.title));
    } else if (!m_context.arguments.has("keep-grant")) {
        console.tell(u"Disconnected %1 on this computer. The data stays here."_s.arg(who));
    } else {
        console.tell(
            u"Disconnected %1 on this computer. The permission at %2 was kept; the data stays here."_s.arg(
                who, m_context.provider.title));
    }
    if (!report.warning.isEmpty())
        console.warn(report.warning);
    Q_EMIT finished(exitStatusOf(report));
}

} // namespace wristkeep
