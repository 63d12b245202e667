// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the estimate of what is chosen on the sync card: asks the worker when the choice changes, never
// faster than a person can read, and drops answers to a choice that is no longer there. The service hears
// nothing.

#include "gui/workerlink.h"

#include <QPointer>
#include <QTimer>

#include <optional>

namespace wristkeep {

class DashboardModel;
class SyncCard;

class EstimateDesk : public QObject
{
    Q_OBJECT
public:
    /// All given outlives this.
    EstimateDesk(DashboardModel *model, WorkerLink *link, QObject *parent = nullptr);

    void setCard(SyncCard *card);
    /// Renews the card; call it when the dashboard is renewed. Where no sync may begin, nothing is foretold.
    void present(bool maySync);
    /// What is kept or allowed may have changed.
    void renew();

private:
    void want(const std::optional<SyncRequest> &request);
    void ask();
    void onEstimated(const QList<PlanEstimate> &plans);
    void onEstimateFailed(const SyncRequest &request, const Error &error);
    void presentEstimate();

    DashboardModel *m_model;
    WorkerLink *m_link;
    QPointer<SyncCard> m_card;
    QTimer m_pause; ///< after a question; the next one waits for its end
    std::optional<SyncRequest> m_wanted;
    std::optional<PlanEstimate> m_estimate; ///< of what is wanted
    bool m_maySync = false;
    bool m_asksAgain = false;
    std::optional<Error> m_problem; ///< why the last question had no answer
};

/// Whether it is the estimate of that request, as far as can be told from it.
bool answers(const PlanEstimate &plan, const SyncRequest &request);

} // namespace wristkeep
