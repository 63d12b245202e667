// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/dryruncommand.h"

#include "cli/daterange.h"
#include "cli/plantext.h"
#include "cli/synccommand.h"
#include "sync/planlook.h"

#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

void DryRunCommand::start()
{
    const Result<SyncRequest> request = syncRequestOf(m_context);
    if (!request) {
        endWith(request.error());
        return;
    }
    const QString participant =
        m_context.arguments.has("participant") ? m_context.arguments.value("participant") : QString();
    const auto plans = lookAtPlans(m_context.settings, m_context.provider.provider, participant, *request,
                                   *m_context.environment->clock);
    if (!plans) {
        endWith(plans.error());
        return;
    }
    // A day that has not begun where the participant lives is cut off by the plan, but refused by the sync.
    for (const AccountPlan &plan : *plans) {
        const bool cut = request->last && plan.estimate.last.isValid() && plan.estimate.last < *request->last;
        const Outcome past =
            cut ? checkNotFuture({request->first, request->last}, plan.estimate.last) : Outcome();
        if (!past) {
            endWith(past.error());
            return;
        }
    }
    ExitStatus status = ExitStatus::Fine;
    for (qsizetype i = 0; i < plans->size(); ++i) {
        const AccountPlan &plan = plans->at(i);
        if (i > 0)
            m_context.console->say();
        for (const QString &line : planLines(plan.estimate))
            m_context.console->say(line);
        m_context.console->object(planObject(plan.estimate));
        if (plan.problem) {
            m_context.console->problem(*plan.problem, m_context.provider.title);
            status = ExitStatus::ConnectFirst;
        }
    }
    Q_EMIT finished(status);
}

} // namespace wristkeep
