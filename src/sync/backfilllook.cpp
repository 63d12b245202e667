// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/backfilllook.h"

#include "providers/registry.h"
#include "store/ledger.h"
#include "store/store.h"
#include "sync/accountfacts.h"
#include "sync/backfillplan.h"
#include "sync/estimator.h"
#include "sync/verdict.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// An order with everything filled in that it left open, as far as that is known.
struct FilledOrder
{
    const Provider *provider = nullptr;
    AccountFacts facts;
    BackfillStatus job;
};

QStringList usualTypes(const Provider &provider, const AccountFacts &facts)
{
    PlanInput usual;
    usual.types = provider.dataTypes();
    usual.granted = facts.account->token.scopes;
    QStringList ids;
    for (const DataType &type : askedTypes(usual))
        ids << type.id;
    return ids;
}

/// The first day is invalid where nobody knows it.
Result<FilledOrder> filled(Store &store, const BackfillOrder &order, qint64 nowUtc)
{
    const Result<const Provider *> provider = findProvider(order.account.provider);
    if (!provider)
        return failure(provider.error());
    Result<AccountFacts> facts = readAccountFacts(store, order.account);
    if (!facts)
        return failure(facts.error());
    if (!facts->account)
        return failure(ErrorKind::NotConnected);
    FilledOrder made{*provider, std::move(*facts), {}};
    made.job.account = made.facts.key;
    made.job.state = BackfillState::Running;
    made.job.changedUtc = nowUtc;
    made.job.last = civilDate(nowUtc, zoneOf(made.facts)).addDays(-1);
    made.job.first = order.first.value_or(made.facts.profile ? made.facts.profile->memberSince : QDate());
    made.job.dataTypes = order.dataTypes.isEmpty() ? usualTypes(**provider, made.facts) : order.dataTypes;
    if (made.job.first > made.job.last)
        return failure(ErrorKind::BadUsage, u"A backfill goes up to yesterday; %1 is later"_s.arg(
                                                made.job.first.toString(Qt::ISODate)));
    return made;
}

} // namespace

Result<BackfillStatus> backfillOf(Store &store, const BackfillOrder &order, qint64 nowUtc)
{
    const Result<FilledOrder> made = filled(store, order, nowUtc);
    if (!made)
        return failure(made.error());
    if (made->job.first.isValid())
        return made->job;
    Error error = errorOf(ErrorKind::BadUsage, u"The account's first day is not known"_s);
    error.nextStep = u"Name the day to go back to."_s;
    return failure(std::move(error));
}

Result<PlanEstimate> estimateOfBackfill(Store &store, const BackfillOrder &order, qint64 nowUtc)
{
    const Result<FilledOrder> made = filled(store, order, nowUtc);
    if (!made)
        return failure(made.error());
    const BackfillStatus &job = made->job;
    PlanEstimate nothing;
    nothing.account = job.account;
    if (!job.first.isValid())
        return nothing;
    Result<QList<Cell>> cells = store.ledger().cells(job.account, job.dataTypes, job.first, job.last);
    if (!cells)
        return failure(cells.error());
    ChunkInput input;
    input.plan.account = job.account;
    input.plan.types = made->provider->dataTypes();
    input.plan.granted = made->facts.account->token.scopes;
    input.plan.request.dataTypes = job.dataTypes;
    input.plan.request.first = job.first;
    input.plan.request.last = job.last;
    input.plan.zone = zoneOf(made->facts);
    input.plan.today = job.last.addDays(1);
    input.plan.cells = std::move(*cells);
    input.allowance = made->provider->allowance();
    input.quota = made->facts.quota;
    input.nowUtc = nowUtc;
    const Result<Plan> plan = planAllLeft(input);
    if (!plan)
        return failure(plan.error());
    const int profile = plan->tasks.isEmpty() ? 0 : profileRequests(made->facts, *made->provider, nowUtc);
    return estimateOf(*plan, input.plan.types, input.allowance, input.quota, nowUtc, profile,
                      input.allowance.reserve);
}

} // namespace wristkeep
