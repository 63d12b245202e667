// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What went wrong, as a value: a kind that decides what the run does, and details a person may read.

#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace wristkeep {

enum class ErrorKind : std::uint8_t {
    Network,          ///< no answer: offline, refused, dropped, broken transfer
    TimedOut,         ///< silent for longer than the limit
    ServiceFailing,   ///< 5xx or an answer the front end calls temporary
    RateLimited,      ///< 429; retryAt says when to go on
    NotConnected,     ///< no token row for this participant and provider
    TokenRefused,     ///< invalid_grant or revoked: only the consent page helps
    ScopeMissing,     ///< the grant does not cover this data type
    PermissionDenied, ///< 403 although the scope is granted (Fitbit: intraday of a Server app)
    AccountRefused,   ///< nothing of this account is given out, although the token may be good
    ProjectRefused,   ///< closed to the project of the client id: every account is refused alike
    ServiceGone,      ///< 410: the whole provider was switched off
    RequestRefused,   ///< any other 4xx
    NotUnderstood,    ///< a 2xx whose body is not what the provider promises
    Storage,          ///< database, folder, disk
    DatabaseTooNew,   ///< written by a newer Wristkeep
    KeyUnusable,      ///< the sealing key is lost or wrong: stored tokens cannot be opened
    Cancelled,        ///< a person or a signal stopped it
    BadUsage,         ///< the command line
    BadConfiguration, ///< a variable, file or setting
    ClientRefused,    ///< invalid_client: id or secret are wrong
    PortBusy,         ///< the redirect port is taken
    ConsentDenied,    ///< the person pressed Deny
    ConsentTimedOut,  ///< nobody came back from the browser
    WrongAccount,     ///< the consent came from another account than expected
    Busy,             ///< another run or refresh holds the lease
    Internal          ///< a bug of ours, said openly
};

/// All texts are free of secrets: whoever creates an Error blots provider texts first (core/redaction.h).
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString detail;     ///< one sentence naming the thing and the place; may be empty
    int httpStatus = 0; ///< 0 when no answer was involved
    QString code;       ///< the provider's error code, e.g. "invalid_grant", "insufficient_scope"
    std::optional<qint64> retryAtUtc; ///< whole Unix seconds; set for RateLimited
    QString nextStep;                 ///< overrides the table's next step where more is known
};

/// True for the kinds a bounded retry can cure: Network, TimedOut, ServiceFailing.
bool isTransient(ErrorKind kind);

/// Stable lower-case name for ledgers, JSON and logs, e.g. "timed-out".
QString errorKindName(ErrorKind kind);

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Error)
