// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/statusreader.h"

#include "core/errortexts.h"
#include "core/settings.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/participants.h"
#include "store/runs.h"
#include "store/store.h"
#include "sync/accountfacts.h"
#include "sync/quota.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

void describeConnection(AccountStatus &status, const AccountFacts &facts, const Provider &provider,
                        const Settings &settings)
{
    const OAuthClient client = provider.oauthClient(settings);
    const Outcome configured = settings.checkCredentials(provider.id());
    if (facts.account) {
        const Token &token = facts.account->token;
        status.userId = token.userId;
        status.granted = token.scopes;
        status.updatedAt = facts.account->updatedAt;
        for (const QString &scope : client.scopes) {
            if (!token.scopes.isEmpty() && !token.scopes.contains(scope))
                status.missing << scope;
        }
        if (token.expiresAt > 0)
            status.expiresAt = token.expiresAt;
        status.refreshEndsAt = token.refreshExpiresAt;
    }
    if (!configured) {
        status.state = ConnectionState::NotConfigured;
        status.reason = errorLine(configured.error(), provider.title());
        return;
    }
    const std::optional<Error> problem = tokenProblem(facts.account, client);
    if (!problem) {
        status.state = ConnectionState::Connected;
        return;
    }
    const bool never = problem->kind == ErrorKind::NotConnected;
    status.state = never ? ConnectionState::NotConnected : ConnectionState::ReconnectNeeded;
    if (!never)
        status.reason = errorLine(*problem, provider.title());
}

Outcome describeLastRun(AccountStatus &status, Store &store)
{
    const Result<std::optional<RunRecord>> run = store.runs().last(status.key);
    if (!run)
        return failure(run.error());
    if (*run) {
        status.lastRunUtc = (*run)->finishedUtc.value_or((*run)->startedUtc);
        status.lastRunText = (*run)->finishedUtc ? (*run)->outcome : u"Did not come to its end."_s;
    }
    return {};
}

} // namespace

Result<QList<AccountStatus>> readStatus(Store &store, const Settings &settings, qint64 nowUtc)
{
    const Result<QList<Participant>> participants = store.participants().all();
    if (!participants)
        return failure(participants.error());
    QList<AccountStatus> accounts;
    for (const Participant &participant : *participants) {
        for (const Provider *provider : providers()) {
            const Result<AccountFacts> facts = readAccountFacts(store, {participant.id, provider->id()});
            if (!facts)
                return failure(facts.error());
            const bool wanted = facts->account || settings.hasCredentials(provider->id()) ||
                                provider->id() == settings.provider;
            if (!wanted)
                continue;
            AccountStatus status;
            status.key = facts->key;
            describeConnection(status, *facts, *provider, settings);
            const Zone zone = zoneOf(*facts);
            status.zone = zone.id();
            status.zoneSource = zoneSourceName(zone.source);
            status.quota = facts->quota;
            status.quota.exhausted = isExhausted(facts->quota, nowUtc);
            if (const Outcome read = describeLastRun(status, store); !read)
                return failure(read.error());
            accounts << status;
        }
    }
    return accounts;
}

} // namespace wristkeep
