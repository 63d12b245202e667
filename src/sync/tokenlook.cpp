// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/tokenlook.h"

#include "core/clock.h"
#include "core/oauthclient.h"
#include "store/readonlyconnection.h"
#include "store/secretbox.h"
#include "store/tokentable.h"

#include <algorithm>

namespace wristkeep {

namespace {

/// A token about to end could end on its way.
constexpr double leastSecondsLeft = 30;

} // namespace

QString keptAccessToken(const Settings &settings, const QUrl &url, const Clock &clock)
{
    const Result<SecretBox> box = SecretBox::load(settings.secretKeyHex, settings.keyFile, false);
    ReadOnlyConnection connection;
    const Result<bool> opened = connection.open(settings.databaseFile);
    if (!box || !opened || !*opened)
        return {};
    const auto accounts = TokenTable(connection.database(), *box, clock).all();
    if (!accounts)
        return {};
    const auto found = std::find_if(accounts->cbegin(), accounts->cend(), [&](const StoredAccount &account) {
        return account.key.provider == settings.provider && account.usable() &&
               account.token.tokenHost == tokenHostOf(url) &&
               account.token.expiresAt > double(clock.nowUtc()) + leastSecondsLeft;
    });
    return found == accounts->cend() ? QString() : found->token.accessToken;
}

} // namespace wristkeep
