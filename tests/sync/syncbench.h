// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A whole small world in one process: the simulated Fitbit, a store in a folder of its own, and a worker that
// talks to it over real sockets. The clock stands at 2026-03-15, 10:00 UTC.

#include "core/clock.h"
#include "core/redaction.h"
#include "core/settings.h"
#include "simulator/simulator.h"
#include "sync/syncworker.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

namespace wristkeep::test {

/// What the person does on the consent page.
struct Consenting
{
    QStringList leaveOut;
    bool allow = true;
};

class SyncBench
{
public:
    SyncBench();
    ~SyncBench();

    /// Starts the service; false with `problem`.
    bool start();
    /// A worker on this world's files; its limits are short.
    std::unique_ptr<SyncWorker> makeWorker();
    /// The world's own worker, opened.
    bool open();
    bool openWorker(SyncWorker &other);

    /// Goes through the sign-in with the person at the page.
    ConnectReport connect(const Consenting &consenting = {}, const AccountKey &account = defaultAccount());
    SyncReport sync(const SyncRequest &request = yesterday());
    QList<AccountStatus> status();
    DisconnectReport disconnect(bool keepGrant = false);

    QJsonObject control(const QString &verb, const QJsonObject &command = {});
    /// Paths of the API requests since the log was cleared, oldest first.
    QStringList asked();
    void forgetAsked();

    /// The browser: opens the page, ticks, presses, follows. Asynchronous.
    void playBrowser(const QUrl &authorizeUrl, const Consenting &consenting);

    static AccountKey defaultAccount();
    static SyncRequest yesterday();
    static SyncRequest days(QDate first, QDate last);
    [[nodiscard]] QString dayFile(QDate date, const QString &type) const;
    [[nodiscard]] QByteArray dayFileBytes(QDate date, const QString &type) const;
    [[nodiscard]] QString dataDir() const { return folder.filePath(QStringLiteral("fitbit_data")); }

    QTemporaryDir folder;
    std::shared_ptr<FixedClock> clock;
    std::shared_ptr<SecretRegister> secrets;
    std::unique_ptr<Simulator> simulator;
    Settings settings;
    WorkerLimits limits;
    BackfillLimits backfill;
    std::unique_ptr<SyncWorker> worker;
    QList<LogEntry> logged;
    QList<SyncProgress> progressed;
    QString problem;
};

/// The report's cell of that type and day; a default one when it is missing.
ReportCell cellOf(const SyncReport &report, const QString &dataType, QDate date);

} // namespace wristkeep::test
