// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardmodel.h"

#include "core/civilday.h"
#include "core/clock.h"
#include "core/errortexts.h"
#include "gui/dashboardstart.h"
#include "gui/runend.h"
#include "gui/wording.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

DashboardModel::DashboardModel(DashboardFacts facts, WorkerLink *link, std::shared_ptr<const Clock> clock,
                               QObject *parent)
    : QObject(parent), m_facts(std::move(facts)), m_link(link), m_clock(std::move(clock))
{
    m_today = today();
    connect(link, &WorkerLink::opened, this, &DashboardModel::onOpened);
    connect(link, &WorkerLink::openFailed, this, &DashboardModel::onOpenFailed);
    connect(link, &WorkerLink::authorizeUrlReady, this, &DashboardModel::onAuthorizeUrlReady);
    connect(link, &WorkerLink::wrongAccount, this, &DashboardModel::wrongAccountAsked);
    connect(link, &WorkerLink::connectFinished, this, &DashboardModel::onConnectFinished);
    connect(link, &WorkerLink::disconnectFinished, this, &DashboardModel::onDisconnectFinished);
    connect(link, &WorkerLink::progressed, this, &DashboardModel::onProgressed);
    connect(link, &WorkerLink::syncFinished, this, &DashboardModel::onSyncFinished);
    connect(link, &WorkerLink::statusRead, this, &DashboardModel::onStatusRead);
    connect(link, &WorkerLink::participantsRead, this, &DashboardModel::onParticipantsRead);
    connect(link, &WorkerLink::participantFailed, this, &DashboardModel::notifyError);
    connect(link, &WorkerLink::requestFailed, this, &DashboardModel::notifyError);
}

qint64 DashboardModel::nowUtc() const
{
    return m_clock->nowUtc();
}

QDate DashboardModel::today() const
{
    Zone zone = computerZone();
    if (m_facts.status && QTimeZone::isTimeZoneIdAvailable(m_facts.status->zone.toLatin1()))
        zone.zone = QTimeZone(m_facts.status->zone.toLatin1());
    return civilDate(nowUtc(), zone);
}

void DashboardModel::openAgain()
{
    m_facts.store = StoreState::Opening;
    m_facts.openError.reset();
    Q_EMIT changed();
    Q_EMIT m_link->openRequested();
}

void DashboardModel::chooseParticipant(const QString &id)
{
    if (busy() || id == m_facts.account.participant)
        return;
    forgetTheLastRun();
    chooseAccount(id);
    Q_EMIT changed();
}

void DashboardModel::chooseService(const QString &id)
{
    if (busy() || id == m_facts.account.provider)
        return;
    forgetTheLastRun();
    useService(m_facts, id);
    Q_EMIT serviceChanged(id);
    chooseAccount(m_facts.account.participant);
    Q_EMIT changed();
}

void DashboardModel::forgetTheLastRun()
{
    m_facts.report.reset();
    m_facts.notice.reset();
    m_facts.serviceGone = false;
    m_facts.offline = false;
    m_facts.movingOver = false;
}

void DashboardModel::connectAccount()
{
    if (busy() || m_facts.store != StoreState::Open)
        return;
    m_facts.connecting = true;
    m_declined = false;
    m_facts.notice.reset();
    m_facts.authorizeUrl.clear();
    m_facts.redirectUri.clear();
    Q_EMIT changed();
    ConnectRequest request;
    request.account = m_facts.account;
    Q_EMIT m_link->connectRequested(request);
}

void DashboardModel::cancel()
{
    if (m_facts.cancelling || !(m_facts.syncing || m_facts.connecting))
        return;
    m_facts.cancelling = true;
    Q_EMIT changed();
    if (m_facts.syncing)
        Q_EMIT m_link->cancelSyncRequested();
    else
        Q_EMIT m_link->cancelConnectRequested();
}

void DashboardModel::answerWrongAccount(bool keepNew)
{
    m_declined = !keepNew;
    Q_EMIT m_link->wrongAccountAnswered(keepNew);
}

void DashboardModel::disconnectAccount(bool keepGrant)
{
    if (busy() || m_facts.store != StoreState::Open)
        return;
    m_facts.disconnecting = true;
    m_facts.notice.reset();
    Q_EMIT changed();
    Q_EMIT m_link->disconnectRequested(m_facts.account, keepGrant);
}

void DashboardModel::sync(SyncRequest wish)
{
    wish.accounts = {m_facts.account};
    run(wish);
}

void DashboardModel::run(const SyncRequest &request)
{
    if (busy() || m_facts.store != StoreState::Open)
        return;
    m_facts.syncing = true;
    m_facts.notice.reset();
    m_facts.report.reset();
    m_facts.progress = {};
    Q_EMIT changed();
    Q_EMIT m_link->syncRequested(request);
}

void DashboardModel::lookAtTheClock()
{
    if (const QDate date = today(); date != m_today) {
        m_today = date;
        Q_EMIT todayChanged(date);
    }
}

void DashboardModel::notify(const Notice &notice)
{
    m_facts.notice = notice;
    Q_EMIT changed();
}

void DashboardModel::dismissNotice()
{
    m_facts.notice.reset();
    Q_EMIT changed();
}

void DashboardModel::moveOver(bool moving)
{
    if (busy() || m_facts.movingOver == moving)
        return;
    for (const ServiceFacts &service : std::as_const(m_facts.services)) {
        // What is set up already needs no page.
        if (moving && service.configured && service.title == m_facts.successor) {
            chooseService(QString(service.id));
            return;
        }
    }
    m_facts.movingOver = moving;
    Q_EMIT changed();
}

void DashboardModel::onOpened()
{
    m_facts.store = StoreState::Open;
    m_facts.openError.reset();
    Q_EMIT changed();
    Q_EMIT m_link->participantsRequested();
    Q_EMIT m_link->statusRequested();
}

void DashboardModel::onOpenFailed(const Error &error)
{
    m_facts.store = StoreState::Failed;
    m_facts.openError = error;
    Q_EMIT changed();
}

void DashboardModel::onAuthorizeUrlReady(const QUrl &url, const QString &redirectUri)
{
    if (!m_facts.connecting)
        return;
    m_facts.authorizeUrl = url;
    m_facts.redirectUri = redirectUri;
    Q_EMIT changed();
    Q_EMIT browserWanted(url);
}

void DashboardModel::onConnectFinished(const ConnectReport &report)
{
    m_facts.connecting = false;
    m_facts.cancelling = false;
    Q_EMIT wrongAccountSettled();
    if (!report.connected) {
        m_facts.serviceGone = report.error.kind == ErrorKind::ServiceGone;
        m_facts.offline = report.error.kind == ErrorKind::Network;
        // Whoever pressed Cancel, or chose to leave all as it was, knows it: no notice.
        if (report.error.kind != ErrorKind::Cancelled && !std::exchange(m_declined, false))
            m_facts.notice = noticeOf(report.error);
    } else {
        m_facts.serviceGone = false;
        m_facts.offline = false;
        if (!report.missing.isEmpty())
            m_facts.notice = Notice{
                Tone::Attention, tr("Some permissions were left out"),
                tr("Not allowed: %1. That data stays out of every sync.").arg(scopesInWords(report.missing)),
                tr("Connect again in the Account menu to allow it.")};
        else if (!report.warning.isEmpty())
            m_facts.notice = Notice{Tone::Attention, tr("Connected, with a remark"), report.warning, {}};
    }
    Q_EMIT changed();
    Q_EMIT m_link->statusRequested();
}

void DashboardModel::onDisconnectFinished(const DisconnectReport &report)
{
    m_facts.disconnecting = false;
    m_facts.report.reset();
    m_facts.offline = false;
    m_facts.serviceGone = false;
    if (report.error)
        m_facts.notice = noticeOf(*report.error);
    else if (!report.warning.isEmpty())
        m_facts.notice =
            Notice{Tone::Attention, tr("Disconnected on this computer only"), report.warning, {}};
    Q_EMIT changed();
    Q_EMIT m_link->statusRequested();
}

void DashboardModel::onProgressed(const SyncProgress &progress)
{
    // A late line of a run that has ended says nothing any more.
    if (!m_facts.syncing)
        return;
    m_facts.progress = progress;
    Q_EMIT changed();
}

void DashboardModel::onSyncFinished(const SyncReport &report)
{
    m_facts.syncing = false;
    m_facts.cancelling = false;
    m_facts.report = report;
    m_facts.serviceGone = report.stopped && report.stopped->kind == ErrorKind::ServiceGone;
    m_facts.offline = reachedNobody(report);
    Q_EMIT changed();
    Q_EMIT runEnded();
    Q_EMIT m_link->statusRequested();
}

void DashboardModel::onStatusRead(const QList<AccountStatus> &accounts)
{
    m_accounts = accounts;
    m_accountsRead = true;
    pickStatus();
    Q_EMIT changed();
}

void DashboardModel::onParticipantsRead(const QList<ParticipantEntry> &participants)
{
    m_participants = participants;
    const auto chosen = [this](const ParticipantEntry &entry) {
        return entry.id == m_facts.account.participant;
    };
    // An imported database may not know "default": start with the first one it does know.
    if (!participants.isEmpty() && !busy() &&
        std::none_of(participants.cbegin(), participants.cend(), chosen))
        chooseAccount(participants.first().id);
    Q_EMIT participantsChanged();
    Q_EMIT changed();
}

void DashboardModel::notifyError(const Error &error)
{
    notify(noticeOf(error));
}

bool DashboardModel::busy() const
{
    return m_facts.connecting || m_facts.disconnecting || m_facts.syncing;
}

Notice DashboardModel::noticeOf(const Error &error) const
{
    const ErrorText text = errorText(error, m_facts.provider);
    const bool passing = isTransient(error.kind) || error.kind == ErrorKind::RateLimited ||
                         error.kind == ErrorKind::ConsentDenied || error.kind == ErrorKind::ConsentTimedOut ||
                         error.kind == ErrorKind::Busy;
    return {passing ? Tone::Attention : Tone::Problem, text.title, text.sentence, text.nextStep};
}

void DashboardModel::chooseAccount(const QString &participant)
{
    m_facts.account.participant = participant;
    m_facts.goesOnFrom = {}; // the day pane tells it anew
    pickStatus();
    Q_EMIT accountChanged(m_facts.account);
}

void DashboardModel::noteDays(const SyncedDays &days)
{
    if (days.account != m_facts.account || days.goesOnFrom == m_facts.goesOnFrom)
        return;
    m_facts.goesOnFrom = days.goesOnFrom;
    Q_EMIT changed();
}

void DashboardModel::pickStatus()
{
    m_facts.status.reset();
    if (m_accountsRead)
        findStatus();
    lookAtTheClock();
}

void DashboardModel::findPredecessor()
{
    m_facts.predecessor.clear();
    const QString before = catalogueEntry(m_facts.account.provider).predecessor;
    for (const AccountStatus &account : std::as_const(m_accounts)) {
        const bool isHere = account.state == ConnectionState::Connected ||
                            account.state == ConnectionState::ReconnectNeeded || account.lastRunUtc;
        if (isHere && account.key == AccountKey{m_facts.account.participant, before})
            m_facts.predecessor = catalogueEntry(before).title;
    }
}

void DashboardModel::findStatus()
{
    findPredecessor();
    for (const AccountStatus &account : std::as_const(m_accounts)) {
        if (account.key == m_facts.account)
            m_facts.status = account;
    }
    // Nobody has connected yet: the worker may have no row to tell about.
    if (!m_facts.status) {
        AccountStatus none;
        none.key = m_facts.account;
        none.state = m_facts.configured ? ConnectionState::NotConnected : ConnectionState::NotConfigured;
        m_facts.status = none;
    }
}

} // namespace wristkeep
