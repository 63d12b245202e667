// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncworker.h"

#include "core/clock.h"
#include "core/logging.h"
#include "core/redaction.h"
#include "net/redirectcheck.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/ingest.h"
#include "store/participants.h"
#include "store/store.h"
#include "sync/disconnector.h"
#include "sync/keepanswer.h"
#include "sync/legacyimport.h"
#include "sync/participantremover.h"
#include "sync/planlook.h"
#include "sync/statusreader.h"
#include "sync/storeoptions.h"
#include "sync/verdict.h"
#include "sync/workerparts.h"

#include <QTimer>

#include <chrono>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A program that was told to end may go on for so long without a word: a token endpoint answers sooner.
constexpr std::chrono::seconds longestFarewell{4};

/// Signals of the worker reach other threads and QSignalSpy by these names.
void registerMessages()
{
    qRegisterMetaType<AccountKey>();
    qRegisterMetaType<SyncRequest>();
    qRegisterMetaType<SyncProgress>();
    qRegisterMetaType<LogEntry>();
    qRegisterMetaType<SyncReport>();
    qRegisterMetaType<ConnectRequest>();
    qRegisterMetaType<ConnectReport>();
    qRegisterMetaType<WrongAccountQuestion>();
    qRegisterMetaType<DisconnectReport>();
    qRegisterMetaType<ParticipantEntry>();
    qRegisterMetaType<RedirectVerdict>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<QList<PlanEstimate>>();
    qRegisterMetaType<BackfillOrder>();
    qRegisterMetaType<BackfillStatus>();
    qRegisterMetaType<QList<BackfillStatus>>();
    qRegisterMetaType<QList<AccountStatus>>();
    qRegisterMetaType<QList<ParticipantEntry>>();
}

} // namespace

SyncWorker::SyncWorker(WorkerOptions options, QObject *parent) : QObject(parent)
{
    registerMessages();
    if (!options.secrets)
        options.secrets = std::make_shared<SecretRegister>();
    if (!options.clock)
        options.clock = std::make_shared<SystemClock>();
    m_parts = std::make_unique<Parts>();
    m_parts->options = std::move(options);
}

SyncWorker::Tools &SyncWorker::tools()
{
    if (!m_parts->tools) {
        m_parts->tools = std::make_unique<Tools>(m_parts->options);
        connect(&m_parts->tools->tokens, &TokenManager::rested, this, &SyncWorker::closeIfIdle,
                Qt::QueuedConnection);
    }
    return *m_parts->tools;
}

SyncWorker::~SyncWorker()
{
    if (m_parts->run)
        m_parts->run->disconnect(this);
    if (m_parts->connector)
        m_parts->connector->disconnect(this);
    if (m_parts->backfills)
        m_parts->backfills->disconnect(this);
}

void SyncWorker::open()
{
    const StoreOptions options = storeOptions(m_parts->options.settings);
    tools().store.open(options, this, [this](const Result<bool> &opened) {
        if (!opened)
            Q_EMIT openFailed(opened.error());
        else
            tidyUp();
    });
}

void SyncWorker::tidyUp()
{
    const Settings &settings = m_parts->options.settings;
    tools().store.run<ImportReport>(
        this,
        [settings, clock = m_parts->options.clock](Store &store) -> Result<ImportReport> {
            ImportReport report = importOriginalFiles(store, settings.dataDir(u"fitbit"_s), *clock);
            report.problems << store.warnings();
            if (const Result<int> healed = store.ingest().healDayFiles(cutDays); !healed)
                report.problems << healed.error().detail;
            return report;
        },
        [this](const Result<ImportReport> &report) {
            if (!report) {
                Q_EMIT openFailed(report.error());
                return;
            }
            if (report->entered > 0)
                log(LogLevel::Info,
                    report->entered == 1
                        ? u"1 file of the original program was entered."_s
                        : u"%1 files of the original program were entered."_s.arg(report->entered));
            for (const QString &problem : report->problems)
                log(LogLevel::Warning, problem);
            Q_EMIT opened();
        });
}

void SyncWorker::log(LogLevel level, const QString &text)
{
    LogEntry entry;
    entry.timeUtc = m_parts->options.clock->now().toMSecsSinceEpoch();
    entry.level = level;
    entry.text = text;
    Q_EMIT logged(entry);
}

void SyncWorker::connectAccount(const ConnectRequest &request)
{
    if (m_parts->connector || m_parts->closing) {
        ConnectReport report;
        report.account = request.account;
        report.error = m_parts->closing
                           ? errorOf(ErrorKind::Cancelled)
                           : errorOf(ErrorKind::Busy, u"Another connect is waiting for the browser."_s);
        Q_EMIT connectFinished(report);
        return;
    }
    m_parts->connector = std::make_unique<Connector>(tools().services, m_parts->options.secrets,
                                                     m_parts->options.demo, request, nullptr);
    Connector *connector = m_parts->connector.get();
    connect(connector, &Connector::authorizeUrlReady, this, &SyncWorker::authorizeUrlReady);
    connect(connector, &Connector::wrongAccount, this, &SyncWorker::wrongAccount);
    connect(connector, &Connector::finished, this, [this](const ConnectReport &report) {
        m_parts->connector.release()->deleteLater(); // we are inside its signal
        Q_EMIT connectFinished(report);
        if (report.connected && m_parts->backfills)
            m_parts->backfills->wake(report.account);
        closeIfIdle();
    });
    connector->start();
}

void SyncWorker::cancelConnect()
{
    if (m_parts->connector)
        m_parts->connector->cancel();
}

void SyncWorker::takePastedAddress(const QString &address)
{
    if (!m_parts->connector || !m_parts->connector->takePastedAddress(address))
        Q_EMIT pastedAddressRefused();
}

void SyncWorker::answerWrongAccount(bool keepNew)
{
    if (m_parts->connector)
        m_parts->connector->answerWrongAccount(keepNew);
}

void SyncWorker::disconnectAccount(const AccountKey &account, bool keepGrant)
{
    auto *job = new Disconnector(tools().services, account, keepGrant, this);
    m_parts->disconnecting << account;
    connect(job, &Disconnector::finished, this, [this, job, account](const DisconnectReport &report) {
        job->deleteLater();
        m_parts->disconnecting.removeOne(account);
        Q_EMIT disconnectFinished(report);
        closeIfIdle();
    });
    job->start();
}

void SyncWorker::sync(const SyncRequest &request)
{
    m_parts->waiting.enqueue(request);
    startNextRun();
}

void SyncWorker::startNextRun()
{
    if (m_parts->run || m_parts->waiting.isEmpty() || isBackfillInTheWay())
        return;
    m_parts->run = std::make_unique<SyncRun>(tools().services, m_parts->waiting.dequeue(), nullptr);
    SyncRun *run = m_parts->run.get();
    connect(run, &SyncRun::progressed, this, &SyncWorker::progressed);
    connect(run, &SyncRun::logged, this, &SyncWorker::logged);
    connect(run, &SyncRun::finished, this, [this](const SyncReport &report) {
        m_parts->run.release()->deleteLater(); // we are inside its signal
        Q_EMIT syncFinished(report);
        startNextRun();
        letBackfillsGoOn();
        closeIfIdle();
    });
    if (m_parts->closing)
        run->cancel();
    run->start();
}

void SyncWorker::cancelSync()
{
    // What waits in line was asked for before this: each ends with a report of its own.
    const QQueue<SyncRequest> waiting = std::exchange(m_parts->waiting, {});
    if (m_parts->run)
        m_parts->run->cancel();
    for (qsizetype i = 0; i < waiting.size(); ++i) {
        SyncReport report;
        report.cancelled = true;
        Q_EMIT syncFinished(report);
    }
    letBackfillsGoOn();
}

void SyncWorker::estimate(const SyncRequest &request)
{
    tools().store.run<QList<AccountPlan>>(
        this,
        [request, settings = m_parts->options.settings, clock = m_parts->options.clock](Store &store) {
            return plansOf(store, settings, request, clock->nowUtc());
        },
        [this, request](const Result<QList<AccountPlan>> &plans) {
            if (!plans) {
                Q_EMIT estimateFailed(request, plans.error());
                return;
            }
            QList<PlanEstimate> estimates;
            for (const AccountPlan &plan : *plans)
                estimates << plan.estimate;
            Q_EMIT estimated(estimates);
        });
}

void SyncWorker::readStatus()
{
    tools().store.run<QList<AccountStatus>>(
        this,
        [settings = m_parts->options.settings, clock = m_parts->options.clock](Store &store) {
            return wristkeep::readStatus(store, settings, clock->nowUtc());
        },
        [this](Result<QList<AccountStatus>> accounts) {
            if (!accounts) {
                Q_EMIT requestFailed(accounts.error());
                return;
            }
            for (AccountStatus &status : *accounts) {
                if (m_parts->connector && m_parts->connector->account() == status.key)
                    status.state = ConnectionState::Connecting;
                else if (m_parts->disconnecting.contains(status.key))
                    status.state = ConnectionState::Disconnecting;
            }
            Q_EMIT statusRead(*accounts);
        });
}

void SyncWorker::readParticipants()
{
    tools().store.run<QList<ParticipantEntry>>(
        this,
        [](Store &store) -> Result<QList<ParticipantEntry>> {
            const Result<QList<Participant>> all = store.participants().all();
            if (!all)
                return failure(all.error());
            QList<ParticipantEntry> entries;
            for (const Participant &participant : *all)
                entries << ParticipantEntry{participant.id, participant.name};
            return entries;
        },
        [this](const Result<QList<ParticipantEntry>> &entries) {
            if (entries)
                Q_EMIT participantsRead(*entries);
            else
                Q_EMIT requestFailed(entries.error());
        });
}

void SyncWorker::addParticipant(const QString &id, const QString &name)
{
    tools().store.run<bool>(
        this,
        [id, name](Store &store) -> Result<bool> {
            if (const Outcome valid = checkParticipantId(id); !valid)
                return failure(valid.error());
            return store.participants().add({id, name, {}, {}}).map([] { return true; });
        },
        [this, id](const Result<bool> &added) {
            if (added)
                Q_EMIT participantAdded(id);
            else
                Q_EMIT participantFailed(added.error());
        });
}

void SyncWorker::renameParticipant(const QString &id, const QString &name)
{
    const QString shown = name.simplified();
    tools().store.run<Participant>(
        this, [id, shown](Store &store) { return store.participants().rename(id, shown); },
        [this](const Result<Participant> &renamed) {
            if (renamed)
                Q_EMIT participantRenamed(renamed->id, renamed->name);
            else
                Q_EMIT participantFailed(renamed.error());
        });
}

void SyncWorker::removeParticipant(const QString &id)
{
    auto *job = new ParticipantRemover(tools().services, id, this);
    ++m_parts->removing;
    const auto ended = [this, job] {
        job->deleteLater();
        --m_parts->removing;
        closeIfIdle();
    };
    connect(job, &ParticipantRemover::removed, this, [this, ended](const RemovedParticipant &participant) {
        Q_EMIT participantRemoved(participant.id, participant.warning);
        ended();
    });
    connect(job, &ParticipantRemover::failed, this, [this, ended](const Error &error) {
        Q_EMIT participantFailed(error);
        ended();
    });
    job->start();
}

void SyncWorker::checkRedirect(const QString &redirectUri, const QString &setting)
{
    if (m_parts->connector) {
        RedirectVerdict verdict;
        verdict.redirectUri = redirectUri;
        verdict.error =
            errorOf(ErrorKind::Busy, u"A sign-in is waiting at this address right now, so it works."_s);
        Q_EMIT redirectChecked(verdict);
        return;
    }
    auto *check = new RedirectCheck(redirectUri, setting, this);
    connect(check, &RedirectCheck::finished, this, [this, check](const RedirectVerdict &verdict) {
        check->deleteLater();
        Q_EMIT redirectChecked(verdict);
    });
    check->start();
}

void SyncWorker::close()
{
    if (m_parts->closing)
        return;
    m_parts->closing = true;
    cancelSync();
    cancelConnect();
    tools().tokens.cancelAll();
    if (m_parts->backfills)
        m_parts->backfills->shut();
    QTimer::singleShot(longestFarewell, this, [this] {
        m_parts->isOutOfPatience = true;
        closeIfIdle();
    });
    closeIfIdle();
}

void SyncWorker::closeIfIdle()
{
    if (!m_parts->closing || m_parts->shut)
        return;
    const bool filling = m_parts->backfills && m_parts->backfills->isBusy();
    // Its answer is the only copy of a rotated permission: dropped, somebody would have to connect again.
    const bool refreshing = !m_parts->isOutOfPatience && tools().tokens.isRefreshing();
    const bool busy = filling || m_parts->run || m_parts->connector || !m_parts->disconnecting.isEmpty() ||
                      m_parts->removing > 0 || refreshing;
    if (busy)
        return;
    m_parts->shut = true;
    tools().store.shut(this, [this](const Result<bool> &) { Q_EMIT closed(); });
}

} // namespace wristkeep
