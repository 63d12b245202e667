// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of the token manager share: the manager with an account whose token is about to end, a token
// endpoint over real sockets, and a record of what each caller heard.

#include "core/clock.h"
#include "core/redaction.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/tokenmanager.h"
#include "support/testserver.h"

#include <memory>
#include <optional>

namespace wristkeep::test {

/// A new pair as Fitbit answers a refresh: access-NAME and refresh-NAME.
QByteArray pairBody(const QByteArray &name);

/// An error in Fitbit's own shape.
QByteArray fitbitError(const QByteArray &type);

/// How often a caller was called, and the last thing it heard.
struct Heard
{
    int calls = 0;
    std::optional<Result<Token>> result;
    [[nodiscard]] ErrorKind kind() const { return result->error().kind; }
};

/// TokenManager with all it needs; the account's token is "old" and lives for ten more seconds.
struct RefreshBench
{
    FixedClock clock{QDateTime(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC)};
    MemoryStore store{clock};
    TestServer server;
    HttpLimits limits;
    std::unique_ptr<HttpDoor> door;
    std::shared_ptr<SecretRegister> secrets = std::make_shared<SecretRegister>();
    std::unique_ptr<TokenManager> manager;
    AccountKey key;
    OAuthClient client;
    QObject context;

    explicit RefreshBench(int silenceMs = 30'000);

    [[nodiscard]] QString host() const;
    [[nodiscard]] Token token(const QString &name, double lives) const;

    /// Asks for a valid token, or for another one than `rejected`.
    std::shared_ptr<Heard> ask(const QString &rejected = {});
    [[nodiscard]] MemoryStore::Row row() const { return store.rows.value(key); }
};

} // namespace wristkeep::test
