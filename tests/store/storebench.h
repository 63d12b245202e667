// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A place for a store in a temporary folder, and short ways to feed it and to look into it from outside.

#include "core/clock.h"
#include "core/token.h"
#include "store/ingest.h"
#include "store/store.h"

#include <QDir>
#include <QTemporaryDir>
#include <QVariant>

namespace wristkeep::test {

/// Half past noon, UTC, on a day long after every day the tests fetch.
QDateTime noon(QDate date);

class StorePlace
{
public:
    StorePlace();
    explicit StorePlace(const QString &folder); ///< one that is there already and stays

    [[nodiscard]] QString path(const QString &name) const;
    [[nodiscard]] QString databaseFile() const { return path(QStringLiteral("kept.db")); }
    [[nodiscard]] QString keyFile() const { return path(QStringLiteral("config/key")); }
    [[nodiscard]] QString dataDir() const { return path(QStringLiteral("data")); }
    [[nodiscard]] StoreOptions options() const;
    /// Ends the test program with the reason when the store cannot be opened.
    [[nodiscard]] std::unique_ptr<Store> open() const;

    FixedClock clock;

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

/// One row after the other, each as "a|b|c", read through a connection of its own.
QStringList rowsOf(const QString &databaseFile, const QString &statement);
/// Runs statements, separated by semicolons, in a database of its own making.
void runScript(const QString &databaseFile, const QByteArray &script);

/// Takes the place's database back to the form before values were known on a date.
void makeSecondSchema(const StorePlace &place);

AccountKey fitbit(const QString &participant = QStringLiteral("default"));
Zone zoneOf(const char *name);
Token tokenOf(const QString &name);

/// A day of heart rate: `count` minutes from midnight, `bpm` each, in the answer's zone.
struct Fetch
{
    QDate date = QDate(2026, 3, 10);
    QDate fetchedOn = QDate(2026, 9, 1);
    Zone zone = zoneOf("Europe/Berlin");
    AccountKey account = fitbit();

    [[nodiscard]] CommitRequest heart(int count, double bpm = 60) const;
    [[nodiscard]] CommitRequest steps(int value) const;
    [[nodiscard]] CommitRequest emptySteps() const;
    /// A day of such answers: samples, one value a day, sessions.
    [[nodiscard]] CommitRequest mixed(const std::vector<Sample> &samples, std::optional<double> resting,
                                      const QList<Session> &nights, const QString &resolution) const;
    /// A day of readings in two pages; the second still lacks what was kept of the first.
    [[nodiscard]] QList<CommitRequest> heartInPages(int first, int second, double bpm) const;
    [[nodiscard]] CellKey cell(const QString &type) const { return {account, type, date}; }

private:
    [[nodiscard]] CommitRequest request(const QString &type, const QByteArray &body) const;
};

/// Archive and commit; ends the test program with the reason when one of them fails.
WriteStats keep(Store &store, CommitRequest request);

QByteArray bytesOf(const QString &path);
void putBytes(const QString &path, const QByteArray &bytes);
/// Every file below `folder`, hidden ones too, that holds `needle`.
QStringList filesHolding(const QString &folder, const QByteArray &needle);

/// Keeps the pages of heartInPages() one after the other, as a run does.
WriteStats keepPages(Store &store, QList<CommitRequest> pages);

/// Runs the victim program until it ends or kills itself at `failPoint`.
struct VictimEnd
{
    bool killed = false;
    int exitCode = 0;
    QByteArray output;
};
VictimEnd runVictim(const StorePlace &place, const QStringList &work, const QByteArray &failPoint);

} // namespace wristkeep::test
