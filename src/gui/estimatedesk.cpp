// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/estimatedesk.h"

#include "core/errortexts.h"
#include "gui/dashboardmodel.h"
#include "gui/synccard.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace wristkeep {

namespace {

constexpr std::chrono::milliseconds betweenQuestions{200};
constexpr qint64 freshSeconds = 60;

bool isSame(const SyncRequest &a, const SyncRequest &b)
{
    return a.accounts == b.accounts && a.dataTypes == b.dataTypes && a.first == b.first && a.last == b.last &&
           a.askSettledAgain == b.askSettledAgain;
}

} // namespace

bool answers(const PlanEstimate &plan, const SyncRequest &request)
{
    if (!request.accounts.contains(plan.account))
        return false;
    if (request.first ? *request.first != plan.first : plan.first != plan.last)
        return false;
    // Days after the participant's today are cut off.
    if (request.last && plan.last > *request.last)
        return false;
    if (request.dataTypes.isEmpty())
        return true;
    return request.dataTypes.size() == plan.types.size() &&
           std::all_of(plan.types.cbegin(), plan.types.cend(), [&request](const PlanEstimate::OfType &type) {
               return request.dataTypes.contains(type.dataType);
           });
}

EstimateDesk::EstimateDesk(DashboardModel *model, WorkerLink *link, QObject *parent)
    : QObject(parent), m_model(model), m_link(link)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_asksAgain, false))
            ask();
    });
    connect(link, &WorkerLink::estimated, this, &EstimateDesk::onEstimated);
    connect(link, &WorkerLink::estimateFailed, this, &EstimateDesk::onEstimateFailed);
    connect(link, &WorkerLink::statusRead, this, &EstimateDesk::renew);
    connect(model, &DashboardModel::todayChanged, this, &EstimateDesk::renew);
}

void EstimateDesk::setCard(SyncCard *card)
{
    m_card = card;
    connect(card, &SyncCard::choiceChanged, this, [this] { present(m_maySync); });
}

void EstimateDesk::present(bool maySync)
{
    m_maySync = maySync;
    std::optional<SyncRequest> wish;
    if (maySync && m_card) {
        wish = m_card->wish();
        wish->accounts = {m_model->facts().account};
    }
    want(wish);
    // Times that were foretold get older.
    if (m_estimate && m_model->nowUtc() - (m_estimate->finishUtc - m_estimate->seconds) >= freshSeconds)
        renew();
    presentEstimate();
}

void EstimateDesk::want(const std::optional<SyncRequest> &request)
{
    if (request.has_value() == m_wanted.has_value() && (!request || isSame(*request, *m_wanted)))
        return;
    m_wanted = request;
    m_estimate.reset();
    if (!m_wanted)
        m_pause.stop();
    renew();
}

void EstimateDesk::renew()
{
    if (!m_wanted)
        return;
    if (m_pause.isActive())
        m_asksAgain = true;
    else
        ask();
}

void EstimateDesk::ask()
{
    if (!m_wanted)
        return;
    m_problem.reset();
    m_pause.start(betweenQuestions);
    Q_EMIT m_link->estimateRequested(*m_wanted);
}

void EstimateDesk::onEstimated(const QList<PlanEstimate> &plans)
{
    if (!m_wanted || plans.isEmpty() || !answers(plans.first(), *m_wanted))
        return;
    m_estimate = plans.first();
    presentEstimate();
}

void EstimateDesk::onEstimateFailed(const SyncRequest &request, const Error &error)
{
    if (!m_wanted || !isSame(request, *m_wanted))
        return;
    m_problem = error;
    presentEstimate();
}

void EstimateDesk::presentEstimate()
{
    if (!m_card)
        return;
    if (m_wanted && !m_estimate && m_problem)
        m_card->presentNoEstimate(errorLine(*m_problem, m_model->facts().provider));
    else if (m_wanted && !m_estimate)
        m_card->presentReckoning();
    else
        m_card->presentEstimate(m_estimate, m_model->nowUtc());
}

} // namespace wristkeep
