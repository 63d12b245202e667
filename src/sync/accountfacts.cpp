// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/accountfacts.h"

#include "core/oauthclient.h"
#include "providers/provider.h"
#include "store/participants.h"
#include "store/store.h"
#include "store/tokentable.h"
#include "sync/verdict.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 profileAgeSeconds = 86'400;

/// A token goes nowhere but to the host that issued it.
Error foreignToken(const QString &issuer, const QString &configured)
{
    Error error = errorOf(
        ErrorKind::WrongAccount,
        u"The stored sign-in was given by %1; the settings name %2, which never gets to see it."_s.arg(
            issuer, configured));
    error.nextStep = u"Set the address back, or reconnect."_s;
    return error;
}

} // namespace

Result<AccountFacts> readAccountFacts(Store &store, const AccountKey &key)
{
    return readAccountFacts(store.participants(), store.tokens(), store.accounts(), key);
}

Result<AccountFacts> readAccountFacts(const Participants &participants, const TokenTable &tokens,
                                      const Accounts &accounts, const AccountKey &key)
{
    const Result<Participant> participant = participants.find(key.participant);
    if (!participant)
        return failure(participant.error());
    AccountFacts facts;
    facts.key = {participant->id, key.provider};
    const Result<QList<Participant>> everybody = participants.all();
    if (!everybody)
        return failure(everybody.error());
    facts.severalParticipants = everybody->size() > 1;
    Result<std::optional<StoredAccount>> account = tokens.load(facts.key);
    if (!account)
        return failure(account.error());
    facts.account = std::move(*account);
    Result<std::optional<AccountProfile>> profile = accounts.profile(facts.key);
    if (!profile)
        return failure(profile.error());
    facts.profile = std::move(*profile);
    const Result<QuotaState> quota = accounts.quota(facts.key);
    if (!quota)
        return failure(quota.error());
    facts.quota = *quota;
    return facts;
}

std::optional<Error> tokenProblem(const std::optional<StoredAccount> &account, const OAuthClient &client)
{
    if (!account)
        return errorOf(ErrorKind::NotConnected);
    if (!account->opened)
        return errorOf(ErrorKind::KeyUnusable);
    if (!account->refusedReason.isEmpty())
        return errorOf(ErrorKind::TokenRefused, account->refusedReason);
    const QString host = tokenHostOf(client.tokenUrl);
    if (!account->token.tokenHost.isEmpty() && account->token.tokenHost != host)
        return foreignToken(account->token.tokenHost, host);
    return std::nullopt;
}

Zone zoneOf(const AccountFacts &facts)
{
    return facts.profile && facts.profile->zone.zone.isValid() ? facts.profile->zone : computerZone();
}

bool wantsProfile(const AccountFacts &facts, const QString &userId, qint64 nowUtc)
{
    if (!facts.profile || !facts.profile->zone.zone.isValid() ||
        nowUtc - facts.profile->readAtUtc >= profileAgeSeconds)
        return true;
    const bool known = !userId.isEmpty() && userId != "unknown"_L1 && !facts.profile->userId.isEmpty();
    return known && facts.profile->userId != userId;
}

int profileRequests(const AccountFacts &facts, const Provider &provider, qint64 nowUtc)
{
    const Token token = facts.account ? facts.account->token : Token();
    const QString scope = provider.profileScope();
    const bool granted = scope.isEmpty() || token.scopes.isEmpty() || token.scopes.contains(scope);
    return granted && wantsProfile(facts, token.userId, nowUtc) ? 1 : 0;
}

} // namespace wristkeep
