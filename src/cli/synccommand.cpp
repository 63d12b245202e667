// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/synccommand.h"

#include "cli/daterange.h"
#include "cli/reporttext.h"
#include "core/civilday.h"
#include "core/clock.h"

#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Offset of the zone where each day begins first: a later date is the future for everybody.
constexpr qint64 earliestZone = 14 * 3600;

QDate todayOf(const AccountStatus &account, const Clock &clock)
{
    const QTimeZone zone(account.zone.toLatin1());
    return civilDate(clock.nowUtc(), zone.isValid() ? Zone{zone, ZoneSource::Profile} : computerZone());
}

} // namespace

Result<SyncRequest> syncRequestOf(const CommandContext &context)
{
    const Result<DateRange> range = dateRange(context.arguments);
    if (!range)
        return failure(range.error());
    SyncRequest request;
    if (context.arguments.has("data")) {
        Result<QStringList> types =
            resolveDataTypes(context.provider.provider, context.arguments.value("data"));
        if (!types)
            return failure(types.error());
        request.dataTypes = std::move(*types);
    }
    request.first = range->first;
    request.last = range->last;
    request.askSettledAgain = range->first && range->first == range->last;
    return request;
}

Outcome SyncCommand::check(const CommandContext &context)
{
    const Result<DateRange> range = dateRange(context.arguments);
    if (!range)
        return failure(range.error());
    const QDateTime latest = context.environment->clock->now().toUTC().addSecs(earliestZone);
    if (range->last && *range->last > latest.date())
        return checkNotFuture(*range, latest.date());
    const Result<SyncRequest> request = syncRequestOf(context);
    return request ? Outcome() : failure(request.error());
}

void SyncCommand::start()
{
    if (m_context.arguments.has("participant")) {
        const Result<AccountKey> account = namedAccount();
        if (!account) {
            endWith(account.error());
            return;
        }
        m_participant = account->participant;
    }
    SyncWorker *worker = m_context.worker;
    connect(worker, &SyncWorker::statusRead, this, &SyncCommand::onStatus,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    connect(worker, &SyncWorker::requestFailed, this, &SyncCommand::endWith, Qt::QueuedConnection);
    connect(worker, &SyncWorker::syncFinished, this, &SyncCommand::onFinished, Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::progressed, this,
        [this](const SyncProgress &progress) { m_context.console->progress(progress); },
        Qt::QueuedConnection);
    worker->readStatus();
}

void SyncCommand::interrupt()
{
    if (m_running)
        m_context.worker->cancelSync();
    else
        Command::interrupt();
}

void SyncCommand::onStatus(const QList<AccountStatus> &all)
{
    const Result<SyncRequest> asked = syncRequestOf(m_context);
    if (!asked) {
        endWith(asked.error());
        return;
    }
    SyncRequest request = *asked;
    QList<AccountStatus> accounts;
    for (const AccountStatus &account : all) {
        const bool meant = m_participant.isEmpty() ? account.state == ConnectionState::Connected ||
                                                         account.state == ConnectionState::ReconnectNeeded
                                                   : sameParticipant(account.key.participant, m_participant);
        if (account.key.provider == m_context.provider.provider && meant) {
            accounts.append(account);
            request.accounts.append(account.key);
        }
    }
    const Result<DateRange> range = dateRange(m_context.arguments);
    for (const AccountStatus &account : std::as_const(accounts)) {
        if (const Outcome past = checkNotFuture(*range, todayOf(account, *m_context.environment->clock));
            !past) {
            endWith(past.error());
            return;
        }
    }
    if (accounts.isEmpty()) {
        Error error;
        error.kind = ErrorKind::NotConnected;
        error.nextStep = u"Connect first: "_s + m_context.call(u"connect"_s);
        endWith(error);
        return;
    }
    m_running = true;
    m_context.worker->sync(request);
}

void SyncCommand::onFinished(const SyncReport &report)
{
    Console &console = *m_context.console;
    const ExitStatus status = exitStatusOf(report);
    const QStringList lines = reportLines(report);
    for (const QString &line : lines)
        console.say(line);
    if (report.stopped && report.stopped->kind != ErrorKind::Cancelled)
        console.problem(*report.stopped, m_context.provider.title);
    else if (report.noUsableToken && report.cells.isEmpty())
        console.problem(u"No usable permission at %1. Reconnect: %2"_s.arg(m_context.provider.title,
                                                                           m_context.call(u"connect"_s)));
    if (!report.cells.isEmpty() && !lines.isEmpty())
        console.say();
    console.say(reportSummary(report));
    if (report.noUsableToken && !report.cells.isEmpty())
        console.problem(u"Reconnect to get the rest: "_s + m_context.call(u"connect"_s));
    if (console.json())
        console.object(reportObject(report, status));
    Q_EMIT finished(status);
}

} // namespace wristkeep
