// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The scopes of the Fitbit Web API: their names, what a person reads about them, and their short form in a
// token.

#include <QList>
#include <QString>
#include <QStringList>

namespace wristkeep {

struct SimScope
{
    QString id;          ///< "heartrate"
    QString title;       ///< "Heart rate"
    QString description; ///< one line for the consent page
    QString shortForm;   ///< "rhr": the claim in the access token
    QString shownName;   ///< "HEARTRATE": the introspection's map
};

const QList<SimScope> &simScopes();
const SimScope *findSimScope(const QString &id);
/// Splits at spaces, drops doubles, keeps the order.
QStringList splitScopes(const QString &text);

} // namespace wristkeep
