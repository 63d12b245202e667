// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What crosses threads between a run and whoever watches it: plain values, sent by queued signals.

#include "core/error.h"
#include "core/fetchtask.h"

#include <QList>
#include <QMetaType>
#include <QStringList>
#include <QUrl>

namespace wristkeep {

enum class SyncTrigger : std::uint8_t { Person, Schedule };

struct SyncRequest
{
    QList<AccountKey> accounts;
    QStringList dataTypes;        ///< ids; empty: the provider's default run
    std::optional<QDate> first;   ///< none: each participant's own yesterday
    std::optional<QDate> last;    ///< inclusive; none with `first`: up to yesterday
    bool askSettledAgain = false; ///< a single day asked for by name: ask even if the cell is settled
    SyncTrigger trigger = SyncTrigger::Person;
};

struct SyncProgress
{
    int done = 0; ///< requests answered or given up
    int total = 0;
    std::optional<int> etaSeconds; ///< none until it can be estimated
    QString text;                  ///< "Fitbit, heart rate, 2026-11-22"
};

enum class LogLevel : std::uint8_t { Info, Warning, Problem };

QString logLevelName(LogLevel level); ///< "info", "warning", "problem"

/// One line of the sync log.
struct LogEntry
{
    qint64 timeUtc = 0; ///< Unix milliseconds
    LogLevel level = LogLevel::Info;
    QString participant;
    QString provider;
    QString dataType;
    QDate date;     ///< invalid when the line is not about one day
    QString result; ///< a cell state's name, or empty
    QString text;   ///< a sentence; free of secrets
    qint64 durationMs = -1;
    qint64 bytes = -1;
    QString request;  ///< "GET https://api.fitbit.com/1/user/-/…" without query; empty when none was sent
    QString nextStep; ///< what to do now; empty when nothing needs doing
};

/// How one asked-for cell stands at the end of a run.
struct ReportCell
{
    CellKey key;
    std::optional<CellState> state; ///< none: still never asked (cancelled, waiting for quota)
    QString reason;
    bool triedAndFailed = false; ///< this run's try failed, whatever older state the cell keeps
    bool waitsForQuota = false;
    bool cancelled = false;
    std::optional<ErrorKind> error; ///< of this run's try
};

struct SyncReport
{
    QString run; ///< id of the run
    QList<ReportCell> cells;
    std::optional<qint64> nextAtUtc; ///< when a quota stop ends
    bool cancelled = false;
    bool noUsableToken = false; ///< a participant asked for has none
    int added = 0;
    int changed = 0;
    int same = 0;
    int withdrawn = 0;            ///< kept until now, and gone from a newer answer
    QStringList filesWritten;     ///< absolute paths of day files that changed
    std::optional<Error> stopped; ///< what ended the whole run early, e.g. Storage
};

/// The connection's state as the person reads it.
enum class ConnectionState : std::uint8_t {
    NotConfigured,
    NotConnected,
    Connecting,
    Connected,
    ReconnectNeeded,
    Disconnecting
};

struct QuotaState
{
    std::optional<int> limit;
    std::optional<int> left;
    std::optional<qint64> resetAtUtc; ///< Unix seconds
    bool exhausted = false;           ///< a 429 was seen and resetAtUtc has not passed
};

/// Everything `status` and the window's card show about one account.
struct AccountStatus
{
    AccountKey key;
    ConnectionState state = ConnectionState::NotConnected;
    QString userId;
    QString zone;
    QString zoneSource;
    QStringList granted;
    QStringList missing; ///< asked for but not granted
    std::optional<double> expiresAt;
    std::optional<double> refreshEndsAt;
    std::optional<qint64> lastRunUtc;
    QString lastRunText;
    QuotaState quota;
    QString reason; ///< why ReconnectNeeded / NotConfigured
    QString updatedAt;
};

/// Connected, but the permission ends within two days, or has ended by this computer's clock (that of a
/// Google project in Testing lasts seven days): only a new sign-in prolongs it.
[[nodiscard]] bool permissionEndsSoon(const AccountStatus &account, qint64 nowUtc);

/// How the redirect address stood when it was tried.
struct RedirectVerdict
{
    QString redirectUri; ///< as tried
    int port = 0;
    std::optional<Error> error; ///< none: free, and our own request came back
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::RedirectVerdict)
Q_DECLARE_METATYPE(wristkeep::SyncRequest)
Q_DECLARE_METATYPE(wristkeep::SyncProgress)
Q_DECLARE_METATYPE(wristkeep::LogEntry)
Q_DECLARE_METATYPE(wristkeep::SyncReport)
Q_DECLARE_METATYPE(wristkeep::AccountStatus)
