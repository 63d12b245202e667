// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/backfilldesk.h"

#include "core/errortexts.h"
#include "gui/backfillcard.h"
#include "gui/backfilldialog.h"
#include "gui/dashboardmodel.h"

#include <chrono>

namespace wristkeep {

namespace {

/// Counting files and drawing the day anew after each request would be work for nothing.
constexpr std::chrono::milliseconds betweenLooks{30'000};

bool hasEnded(BackfillState state)
{
    return state == BackfillState::Done || state == BackfillState::Cancelled;
}

} // namespace

BackfillDesk::BackfillDesk(DashboardModel *model, WorkerLink *link, QWidget *window)
    : QObject(window), m_model(model), m_link(link), m_window(window)
{
    connect(link, &WorkerLink::opened, link, &WorkerLink::backfillsRequested);
    connect(link, &WorkerLink::backfillsRead, this, &BackfillDesk::onRead);
    connect(link, &WorkerLink::backfillChanged, this, &BackfillDesk::onChanged);
    m_kept.setSingleShot(true);
    connect(&m_kept, &QTimer::timeout, this, &BackfillDesk::keptMore);
}

void BackfillDesk::setCard(BackfillCard *card)
{
    m_card = card;
    const auto account = [this] { return m_model->facts().account; };
    connect(card, &BackfillCard::pauseRequested, this,
            [this, account] { Q_EMIT m_link->pauseBackfillRequested(account()); });
    connect(card, &BackfillCard::resumeRequested, this,
            [this, account] { Q_EMIT m_link->resumeBackfillRequested(account()); });
    connect(card, &BackfillCard::cancelRequested, this,
            [this, account] { Q_EMIT m_link->cancelBackfillRequested(account()); });
    connect(card, &BackfillCard::hideRequested, this, [this, account] {
        m_endedHere.remove(account());
        presentJob();
    });
    presentJob();
}

std::optional<BackfillStatus> BackfillDesk::shownJob() const
{
    const DashboardFacts &facts = m_model->facts();
    const auto found = m_jobs.constFind(facts.account);
    if (facts.store != StoreState::Open || found == m_jobs.constEnd())
        return std::nullopt;
    return hasEnded(found->state) && !m_endedHere.contains(facts.account) ? std::nullopt
                                                                          : std::optional(*found);
}

void BackfillDesk::present(bool hasRoom)
{
    m_hasRoom = hasRoom;
    presentJob();
}

void BackfillDesk::presentJob()
{
    const std::optional<BackfillStatus> job = shownJob();
    m_countsDown = false;
    if (!m_card)
        return;
    if (job) {
        const DashboardFacts &facts = m_model->facts();
        const BackfillView view = backfillView(*job, facts.provider, facts.syncing, m_model->nowUtc());
        m_countsDown = view.countsDown;
        m_card->present(view);
    }
    m_card->setVisible(m_hasRoom && job.has_value());
}

void BackfillDesk::askToBegin(const QList<DataType> &types, const DataChoice &data)
{
    if (m_dialog && m_dialog->isVisible())
        return;
    const DashboardFacts &facts = m_model->facts();
    BackfillOffer offer;
    offer.account = facts.account;
    offer.provider = facts.provider;
    offer.types = types;
    offer.granted = facts.status ? facts.status->granted : QStringList();
    offer.data = data;
    offer.today = m_model->today();
    const auto job = m_jobs.constFind(facts.account);
    offer.replaces = job != m_jobs.constEnd() && !hasEnded(job->state);
    auto *dialog = new BackfillDialog(offer, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BackfillDialog::estimateRequested, m_link, &WorkerLink::estimateBackfillRequested);
    connect(dialog, &BackfillDialog::startRequested, m_link, &WorkerLink::startBackfillRequested);
    connect(m_link, &WorkerLink::backfillEstimated, dialog,
            [this, dialog](const PlanEstimate &plan) { dialog->present(plan, m_model->nowUtc()); });
    connect(m_link, &WorkerLink::backfillEstimateFailed, dialog,
            [dialog, title = facts.provider](const BackfillOrder &asked, const Error &error) {
                dialog->presentError(asked, errorLine(error, title));
            });
    dialog->open();
    dialog->askEstimate();
}

void BackfillDesk::onRead(const QList<BackfillStatus> &jobs)
{
    m_jobs.clear();
    for (const BackfillStatus &job : jobs)
        m_jobs.insert(job.account, job);
    Q_EMIT changed();
}

void BackfillDesk::onChanged(const BackfillStatus &job)
{
    const auto before = m_jobs.constFind(job.account);
    const bool isNews = before == m_jobs.constEnd() || before->state != job.state;
    m_jobs.insert(job.account, job);
    if (hasEnded(job.state))
        m_endedHere.insert(job.account);
    presentJob();
    if (isNews) {
        m_kept.start(0);
        // What the limit still holds, and whether a sign-in is needed, is told with the status.
        Q_EMIT m_link->statusRequested();
        Q_EMIT changed();
    } else if (!m_kept.isActive()) {
        m_kept.start(betweenLooks);
    }
}

} // namespace wristkeep
