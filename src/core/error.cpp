// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

namespace wristkeep {

bool isTransient(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::TimedOut || kind == ErrorKind::ServiceFailing;
}

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
        return QStringLiteral("network");
    case ErrorKind::TimedOut:
        return QStringLiteral("timed-out");
    case ErrorKind::ServiceFailing:
        return QStringLiteral("service-failing");
    case ErrorKind::RateLimited:
        return QStringLiteral("rate-limited");
    case ErrorKind::NotConnected:
        return QStringLiteral("not-connected");
    case ErrorKind::TokenRefused:
        return QStringLiteral("token-refused");
    case ErrorKind::ScopeMissing:
        return QStringLiteral("scope-missing");
    case ErrorKind::PermissionDenied:
        return QStringLiteral("permission-denied");
    case ErrorKind::AccountRefused:
        return QStringLiteral("account-refused");
    case ErrorKind::ProjectRefused:
        return QStringLiteral("project-refused");
    case ErrorKind::ServiceGone:
        return QStringLiteral("service-gone");
    case ErrorKind::RequestRefused:
        return QStringLiteral("request-refused");
    case ErrorKind::NotUnderstood:
        return QStringLiteral("not-understood");
    case ErrorKind::Storage:
        return QStringLiteral("storage");
    case ErrorKind::DatabaseTooNew:
        return QStringLiteral("database-too-new");
    case ErrorKind::KeyUnusable:
        return QStringLiteral("key-unusable");
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::BadUsage:
        return QStringLiteral("bad-usage");
    case ErrorKind::BadConfiguration:
        return QStringLiteral("bad-configuration");
    case ErrorKind::ClientRefused:
        return QStringLiteral("client-refused");
    case ErrorKind::PortBusy:
        return QStringLiteral("port-busy");
    case ErrorKind::ConsentDenied:
        return QStringLiteral("consent-denied");
    case ErrorKind::ConsentTimedOut:
        return QStringLiteral("consent-timed-out");
    case ErrorKind::WrongAccount:
        return QStringLiteral("wrong-account");
    case ErrorKind::Busy:
        return QStringLiteral("busy");
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace wristkeep
