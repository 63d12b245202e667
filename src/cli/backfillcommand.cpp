// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/backfillcommand.h"

#include "cli/backfilltext.h"
#include "cli/daterange.h"
#include "cli/synccommand.h"
#include "core/clock.h"

#include <QJsonObject>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

void BackfillCommand::start()
{
    const Result<AccountKey> named = namedAccount();
    if (!named) {
        endWith(named.error());
        return;
    }
    m_account = *named;
    SyncWorker *worker = m_context.worker;
    connect(worker, &SyncWorker::requestFailed, this, &BackfillCommand::endWith, Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::backfillChanged, this,
        [this](const BackfillStatus &status) {
            if (status.account == m_account && !m_ended)
                onChanged(status);
        },
        Qt::QueuedConnection);
    ask(m_account);
}

void BackfillCommand::tellAndEnd(const BackfillStatus &status, ExitStatus exit)
{
    m_ended = true;
    for (const QString &line : backfillLines(status, m_context.call(u"backfill resume"_s)))
        m_context.console->say(line);
    m_context.console->object(backfillObject(status));
    Q_EMIT finished(exit);
}

void WorkBackfillCommand::onChanged(const BackfillStatus &status)
{
    if (status.state != BackfillState::Running) {
        tellAndEnd(status, exitStatusOf(status));
        return;
    }
    if (status.requestsLeft == 0)
        return; // it has only been begun, or its last answers are being kept
    m_requests = std::max(m_requests, status.requestsLeft);
    SyncProgress progress;
    progress.total = m_requests;
    progress.done = m_requests - status.requestsLeft;
    progress.etaSeconds = status.etaSeconds;
    progress.text = u"backfill"_s;
    m_context.console->progress(progress);
}

Outcome StartBackfillCommand::check(const CommandContext &context)
{
    const Result<SyncRequest> request = syncRequestOf(context);
    if (!request)
        return failure(request.error());
    const QDate latest = context.environment->clock->now().toUTC().addDays(1).date();
    return request->first && *request->first > latest ? checkNotFuture({request->first, std::nullopt}, latest)
                                                      : Outcome();
}

void StartBackfillCommand::ask(const AccountKey &account)
{
    const Result<SyncRequest> request = syncRequestOf(m_context);
    if (!request) {
        endWith(request.error());
        return;
    }
    BackfillOrder order;
    order.account = account;
    order.first = request->first;
    order.dataTypes = request->dataTypes;
    m_context.worker->startBackfill(order);
}

void ResumeBackfillCommand::ask(const AccountKey &account)
{
    m_context.worker->resumeBackfill(account);
}

void PauseBackfillCommand::ask(const AccountKey &account)
{
    m_context.worker->pauseBackfill(account);
}

void PauseBackfillCommand::onChanged(const BackfillStatus &status)
{
    if (!isUnderWay(status.state))
        tellAndEnd(status, ExitStatus::Fine);
}

void CancelBackfillCommand::ask(const AccountKey &account)
{
    m_context.worker->cancelBackfill(account);
}

void BackfillStatusCommand::ask(const AccountKey & /*account: all are listed*/)
{
    connect(
        m_context.worker, &SyncWorker::backfillsRead, this,
        [this](const QList<BackfillStatus> &jobs) {
            const auto own = std::find_if(jobs.begin(), jobs.end(), [this](const BackfillStatus &job) {
                return job.account == account();
            });
            if (own != jobs.end()) {
                tellAndEnd(*own, ExitStatus::Fine);
                return;
            }
            m_context.console->tell(u"No backfill of %1 was begun."_s.arg(account().participant));
            m_context.console->say(u"Begin one: "_s + m_context.call(u"backfill start"_s));
            Q_EMIT finished(ExitStatus::Fine);
        },
        Qt::QueuedConnection);
    m_context.worker->readBackfills();
}

void BackfillStatusCommand::onChanged(const BackfillStatus & /*status: the list is the answer*/) {}

} // namespace wristkeep
