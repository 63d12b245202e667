// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Brings a database to the present schema, step by step (resources/schema), and takes over a database of the
// original. May be killed anywhere: the next open goes on.

#include "core/result.h"

#include <QStringList>

class QSqlDatabase;

namespace wristkeep {

class Clock;
class SecretBox;

struct MigrationResult
{
    QStringList warnings; ///< what a person should know, e.g. two participants that share an account
};

class Migrator
{
public:
    Migrator(QSqlDatabase &database, const Clock &clock);

    /// Reads only. 0: none of our tables yet. DatabaseTooNew; BadConfiguration: another program's database.
    Result<int> version() const;
    /// True when the next migrate() has plain tokens of the original to seal.
    Result<bool> holdsPlainTokens() const;
    /// True when some token is stored sealed: then a missing key must not be replaced.
    Result<bool> holdsSealedTokens() const;

    Result<MigrationResult> migrate(const SecretBox &box, const QString &fitbitTokenHost);

    static int newestVersion();

private:
    Result<bool> hasTable(const QString &name) const;
    Outcome runStep(int number, const QString &name, const SecretBox &box, const QString &fitbitTokenHost,
                    QStringList &warnings);
    Outcome ensureDefaultParticipant();
    Outcome cleanUp();

    QSqlDatabase &m_database;
    const Clock &m_clock;
};

} // namespace wristkeep
