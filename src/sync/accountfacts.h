// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the store knows about one account before a run, a connect or a disconnect.

#include "core/token.h"
#include "store/accounts.h"

namespace wristkeep {

class Participants;
class Provider;
class Store;
class TokenTable;
struct OAuthClient;

struct AccountFacts
{
    AccountKey key; ///< with the participant's id as it is stored
    std::optional<StoredAccount> account;
    std::optional<AccountProfile> profile;
    QuotaState quota;
    bool severalParticipants = false;
};

/// BadUsage when the participant is not on the list.
Result<AccountFacts> readAccountFacts(Store &store, const AccountKey &key);
/// The same from its tables, for a look that must not write.
Result<AccountFacts> readAccountFacts(const Participants &participants, const TokenTable &tokens,
                                      const Accounts &accounts, const AccountKey &key);

/// Why no request can be made with what is stored: NotConnected, KeyUnusable, TokenRefused, WrongAccount.
std::optional<Error> tokenProblem(const std::optional<StoredAccount> &account, const OAuthClient &client);

/// The zone a run counts days in: the profile's, else this computer's.
Zone zoneOf(const AccountFacts &facts);

/// True when the profile is missing, older than a day, or another account's.
bool wantsProfile(const AccountFacts &facts, const QString &userId, qint64 nowUtc);

/// How many requests a run of this account sends for its profile: one, or none.
int profileRequests(const AccountFacts &facts, const Provider &provider, qint64 nowUtc);

} // namespace wristkeep
