// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "core/clock.h"
#include "core/logging.h"
#include "store/accounts.h"
#include "store/backfilljobs.h"
#include "store/connection.h"
#include "store/leases.h"
#include "store/ledger.h"
#include "store/migrator.h"
#include "store/participants.h"
#include "store/runs.h"
#include "store/secretbox.h"
#include "store/sqliteingest.h"
#include "store/tokentable.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

/// Destroyed from the bottom up: the connection outlives everything that speaks through it.
struct Store::Parts
{
    explicit Parts(const StoreOptions &storeOptions) : options(storeOptions) {}

    Outcome open(const Clock &clock);
    Outcome loadKey(const Migrator &migrator);
    Outcome makeKey();

    StoreOptions options;
    Connection connection;
    SecretBox box;
    std::optional<Error> keyError;
    QStringList warnings;
    std::unique_ptr<TokenTable> tokens;
    std::unique_ptr<Ledger> ledger;
    std::unique_ptr<Accounts> accounts;
    std::unique_ptr<BackfillJobs> backfills;
    std::unique_ptr<Leases> leases;
    std::unique_ptr<Participants> participants;
    std::unique_ptr<Runs> runs;
    std::unique_ptr<SqliteIngest> ingest;
};

Outcome Store::Parts::loadKey(const Migrator &migrator)
{
    const auto sealed = migrator.holdsSealedTokens();
    if (!sealed)
        return failure(sealed.error());
    const auto plain = migrator.holdsPlainTokens();
    if (!plain)
        return failure(plain.error());
    auto loaded = SecretBox::load(options.secretKeyHex, options.keyFile, !*sealed);
    if (loaded) {
        box = *loaded;
        return {};
    }
    // Tokens of the original cannot wait unsealed, and a wrong variable is for the person to put right.
    if (*plain || loaded.error().kind == ErrorKind::BadConfiguration)
        return failure(loaded.error());
    keyError = loaded.error();
    return {};
}

Outcome Store::Parts::makeKey()
{
    // Only a consent leads here. A file that is there is never touched, however useless it is.
    auto loaded = SecretBox::load(options.secretKeyHex, options.keyFile, true);
    if (!loaded)
        return failure(loaded.error());
    box = *loaded;
    keyError.reset();
    qCWarning(lcStore).noquote() << "A new sealing key was made:" << options.keyFile;
    return {};
}

Outcome Store::Parts::open(const Clock &clock)
{
    if (auto opened = connection.open(options.databaseFile); !opened)
        return opened;
    QSqlDatabase &database = connection.database();
    Migrator migrator(database, clock);
    if (auto version = migrator.version(); !version)
        return failure(version.error());
    if (auto loaded = loadKey(migrator); !loaded)
        return loaded;
    if (auto prepared = connection.prepareForWriting(); !prepared)
        return prepared;
    auto migrated = migrator.migrate(box, options.fitbitTokenHost);
    if (!migrated)
        return failure(migrated.error());
    warnings = migrated->warnings;
    tokens = std::make_unique<TokenTable>(database, box, clock);
    tokens->setKeyMaker([this] { return makeKey(); });
    ledger = std::make_unique<Ledger>(database);
    accounts = std::make_unique<Accounts>(database);
    backfills = std::make_unique<BackfillJobs>(database);
    leases = std::make_unique<Leases>(database, clock);
    participants = std::make_unique<Participants>(database, clock);
    runs = std::make_unique<Runs>(database);
    ingest = std::make_unique<SqliteIngest>(database, options.dataDirs);
    for (const QString &warning : std::as_const(warnings))
        qCWarning(lcStore).noquote() << warning;
    return {};
}

Store::Store() = default;
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const StoreOptions &options, const Clock &clock)
{
    std::unique_ptr<Store> store(new Store);
    store->m_parts = std::make_unique<Parts>(options);
    if (auto opened = store->m_parts->open(clock); !opened)
        return failure(opened.error());
    return store;
}

TokenTable &Store::tokens()
{
    return *m_parts->tokens;
}

Ledger &Store::ledger()
{
    return *m_parts->ledger;
}

Accounts &Store::accounts()
{
    return *m_parts->accounts;
}

BackfillJobs &Store::backfills()
{
    return *m_parts->backfills;
}

Leases &Store::leases()
{
    return *m_parts->leases;
}

Participants &Store::participants()
{
    return *m_parts->participants;
}

Runs &Store::runs()
{
    return *m_parts->runs;
}

Ingest &Store::ingest()
{
    return *m_parts->ingest;
}

QString Store::keyProblem() const
{
    if (m_parts->keyError)
        return m_parts->keyError->detail;
    const auto accounts = m_parts->tokens->all();
    if (!accounts)
        return accounts.error().detail;
    const bool allOpened = std::all_of(accounts->cbegin(), accounts->cend(),
                                       [](const StoredAccount &account) { return account.opened; });
    if (allOpened)
        return {};
    const QString place =
        m_parts->options.secretKeyHex.isEmpty() ? m_parts->options.keyFile : u"WRISTKEEP_SECRET_KEY"_s;
    return u"Stored sign-ins were sealed with another key than that of %1."_s.arg(place);
}

QStringList Store::warnings() const
{
    return m_parts->warnings;
}

} // namespace wristkeep
