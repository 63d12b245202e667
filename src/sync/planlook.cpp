// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/planlook.h"

#include "core/clock.h"
#include "core/settings.h"
#include "providers/registry.h"
#include "store/ledger.h"
#include "store/participants.h"
#include "store/readonlyconnection.h"
#include "store/secretbox.h"
#include "store/store.h"
#include "store/tokentable.h"
#include "sync/accountfacts.h"
#include "sync/estimator.h"
#include "sync/planner.h"
#include "sync/verdict.h"

#include <QFileInfo>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// The tables a plan is made from.
struct PlanTables
{
    const Participants &participants;
    const TokenTable &tokens;
    const Accounts &accounts;
    const Ledger &ledger;
};

Result<AccountPlan> planOfAccount(const PlanTables &tables, const Settings &settings,
                                  const SyncRequest &request, const AccountKey &key, qint64 nowUtc)
{
    const Result<const Provider *> provider = findProvider(key.provider);
    if (!provider)
        return failure(provider.error());
    const auto facts = readAccountFacts(tables.participants, tables.tokens, tables.accounts, key);
    if (!facts)
        return failure(facts.error());
    const Token token = facts->account ? facts->account->token : Token();
    PlanInput input;
    input.account = facts->key;
    input.types = (*provider)->dataTypes();
    input.granted = token.scopes;
    input.request = request;
    input.zone = zoneOf(*facts);
    input.today = civilDate(nowUtc, input.zone);
    const Result<DayRange> days = askedDays(request, input.today);
    if (!days)
        return failure(days.error());
    QStringList ids;
    for (const DataType &type : askedTypes(input))
        ids << type.id;
    Result<QList<Cell>> cells = tables.ledger.cells(facts->key, ids, days->first, days->last);
    if (!cells)
        return failure(cells.error());
    input.cells = std::move(*cells);
    const Result<Plan> plan = planRun(input);
    if (!plan)
        return failure(plan.error());
    AccountPlan made;
    made.estimate = estimateOf(*plan, input.types, (*provider)->allowance(), facts->quota, nowUtc,
                               plan->tasks.isEmpty() ? 0 : profileRequests(*facts, **provider, nowUtc));
    made.problem = tokenProblem(facts->account, (*provider)->oauthClient(settings));
    return made;
}

Result<QList<AccountPlan>> plansFrom(const PlanTables &tables, const Settings &settings,
                                     const SyncRequest &request, qint64 nowUtc)
{
    QList<AccountPlan> plans;
    for (const AccountKey &key : request.accounts) {
        Result<AccountPlan> plan = planOfAccount(tables, settings, request, key, nowUtc);
        if (!plan)
            return failure(plan.error());
        plans << std::move(*plan);
    }
    return plans;
}

Error nobodyConnected(const QString &databaseFile)
{
    Error error = errorOf(ErrorKind::NotConnected);
    if (QFileInfo::exists(databaseFile))
        error.nextStep =
            u"Connect first. A database of the earlier program is taken over by any other command, e.g. status."_s;
    return error;
}

} // namespace

Result<QList<AccountPlan>> plansOf(Store &store, const Settings &settings, const SyncRequest &request,
                                   qint64 nowUtc)
{
    return plansFrom({store.participants(), store.tokens(), store.accounts(), store.ledger()}, settings,
                     request, nowUtc);
}

Result<QList<AccountPlan>> lookAtPlans(const Settings &settings, const QString &provider,
                                       const QString &participant, SyncRequest request, const Clock &clock)
{
    ReadOnlyConnection connection;
    const Result<bool> opened = connection.open(settings.databaseFile);
    if (!opened)
        return failure(opened.error());
    if (!*opened)
        return failure(nobodyConnected(settings.databaseFile));
    const Result<SecretBox> loaded = SecretBox::load(settings.secretKeyHex, settings.keyFile, false);
    if (!loaded && loaded.error().kind == ErrorKind::BadConfiguration)
        return failure(loaded.error());
    const SecretBox box = loaded.value_or(SecretBox());
    QSqlDatabase &database = connection.database();
    const Participants participants(database, clock);
    const TokenTable tokens(database, box, clock);
    const Accounts accounts(database);
    const Ledger ledger(database);
    request.accounts.clear();
    if (!participant.isEmpty()) {
        request.accounts << AccountKey{participant, provider};
    } else {
        const Result<QList<Participant>> everybody = participants.all();
        if (!everybody)
            return failure(everybody.error());
        for (const Participant &each : *everybody) {
            const AccountKey key{each.id, provider};
            const Result<std::optional<StoredAccount>> account = tokens.load(key);
            if (!account)
                return failure(account.error());
            if (*account)
                request.accounts << key;
        }
    }
    if (request.accounts.isEmpty())
        return failure(nobodyConnected({}));
    return plansFrom({participants, tokens, accounts, ledger}, settings, request, clock.nowUtc());
}

} // namespace wristkeep
