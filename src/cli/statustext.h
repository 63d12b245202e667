// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One account's state as a person reads it and as --json gives it.

#include "core/syncmessages.h"

class QJsonObject;

namespace wristkeep {

/// "connected", "not connected", "reconnect", "not configured", "connecting", "disconnecting".
QString connectionStateName(ConnectionState state);

/// "activity_and_fitness, sleep": without what all of a provider's scopes have in common.
QString scopesText(const QStringList &scopes);

/// The first line is the state; the others are facts, indented. Instants in this computer's zone.
/// `connectCall` is what to type to connect.
QStringList statusLines(const AccountStatus &account, const QString &providerTitle,
                        const QString &connectCall, qint64 nowUtc);

/// "2026-12-03 09:12 (in 6 days): this Google project is in Testing; reconnect before then".
QString permissionEndText(double utc, qint64 nowUtc);

/// The object of --json; instants in Unix seconds, null where nothing is known.
QJsonObject statusObject(const AccountStatus &account);

/// "2026-11-23 14:05", in this computer's zone.
QString instantText(double utc);

} // namespace wristkeep
