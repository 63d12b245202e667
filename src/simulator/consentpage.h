// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The HTML of the consent page and of the page that shows a faulty request: self-contained, escaped, light
// and dark.

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

namespace wristkeep {

struct ConsentScope
{
    QString id;
    QString title;
    QString description; ///< one line
};

struct ConsentPage
{
    QString service = QStringLiteral("Fitbit");
    QString action; ///< where the form is posted
    QString clientId;
    QList<ConsentScope> scopes;           ///< asked for, each with a tick box
    QList<QPair<QString, QString>> users; ///< id and name; a choice is shown when there are several
    QString currentUser;
    QString returnsTo; ///< the redirect URI, shown to the person
    QString hint;      ///< why the page is shown again; may be empty
    bool demo = false;
};

QByteArray consentHtml(const ConsentPage &page);

/// `text` is one of the service's own, e.g. "invalid_request - Invalid redirect_uri parameter value".
QByteArray consentErrorHtml(const QString &service, const QString &text, bool demo);

} // namespace wristkeep
