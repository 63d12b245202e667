// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Page tokens: opaque to a client, bound to the query they came from, and good for any later time, because
// all they need is inside them.

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace wristkeep {

struct SimRequest;

struct GooglePosition
{
    bool atStart = true; ///< nothing was given yet
    qint64 at = 0;       ///< start of the last record given; of roll-ups: windows given so far
    int seen = 0;        ///< how many records with that very start were given
    qint64 lastSync = 0; ///< what had arrived when the first page was made: later arrivals shift nothing
};

/// What a token is bound to: path and every parameter but the token. `body` is a roll-up's.
QByteArray pageBinding(const QString &userId, const SimRequest &request, const QJsonObject &body);

QByteArray writePageToken(const GooglePosition &position, const QByteArray &binding);
/// None for a token that was not made for this query.
std::optional<GooglePosition> readPageToken(const QString &token, const QByteArray &binding);

} // namespace wristkeep
