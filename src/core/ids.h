// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who a row belongs to: participant and provider ids, and the folder name a participant gets.

#include "core/result.h"

#include <QHash>
#include <QMetaType>
#include <QString>

namespace wristkeep {

/// One participant at one provider: the key of tokens, zones, quotas and leases.
struct AccountKey
{
    QString participant = QStringLiteral("default");
    QString provider; ///< "fitbit", "google-health"

    bool operator==(const AccountKey &) const = default;
};

size_t qHash(const AccountKey &key, size_t seed = 0);

/// The participant used while there is just one.
QString defaultParticipant();

/// [A-Za-z0-9][A-Za-z0-9._-]{0,63}, not "exports" in any case. BadUsage with the rule otherwise.
Outcome checkParticipantId(const QString &id);

/// Ids are unique without regard to case.
bool sameParticipant(const QString &a, const QString &b);

/// The id itself when it is valid; otherwise an escaped, collision-free name (imported ids only).
QString participantFolder(const QString &id);

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::AccountKey)
