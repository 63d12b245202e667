// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/verdict.h"

namespace wristkeep {

Verdict verdictOn(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ScopeMissing:
    case ErrorKind::PermissionDenied:
        return Verdict::CellNotPermitted;
    case ErrorKind::RateLimited:
        return Verdict::QuotaStops;
    case ErrorKind::NotConnected:
    case ErrorKind::TokenRefused:
    case ErrorKind::KeyUnusable:
    case ErrorKind::WrongAccount:
    case ErrorKind::AccountRefused:
    case ErrorKind::Busy:
    case ErrorKind::BadUsage:
        return Verdict::AccountStops;
    case ErrorKind::ServiceGone:
    case ErrorKind::ClientRefused:
    case ErrorKind::ProjectRefused:
    case ErrorKind::BadConfiguration:
        return Verdict::ProviderStops;
    case ErrorKind::Storage:
    case ErrorKind::DatabaseTooNew:
    case ErrorKind::Cancelled:
        return Verdict::RunStops;
    case ErrorKind::Network:
    case ErrorKind::TimedOut:
    case ErrorKind::ServiceFailing:
    case ErrorKind::RequestRefused:
    case ErrorKind::NotUnderstood:
    case ErrorKind::PortBusy:
    case ErrorKind::ConsentDenied:
    case ErrorKind::ConsentTimedOut:
    case ErrorKind::Internal:
        break;
    }
    return Verdict::CellFails;
}

Error errorOf(ErrorKind kind, const QString &detail)
{
    Error error;
    error.kind = kind;
    error.detail = detail;
    return error;
}

bool marksCells(const Error &error)
{
    switch (verdictOn(error)) {
    case Verdict::CellFails:
    case Verdict::CellNotPermitted:
        return true;
    case Verdict::ProviderStops:
        return error.kind == ErrorKind::ServiceGone;
    case Verdict::QuotaStops:
    case Verdict::AccountStops:
    case Verdict::RunStops:
        break;
    }
    return false;
}

bool meansNoUsableToken(const Error &error)
{
    return error.kind == ErrorKind::NotConnected || error.kind == ErrorKind::TokenRefused ||
           error.kind == ErrorKind::KeyUnusable || error.kind == ErrorKind::WrongAccount;
}

} // namespace wristkeep
