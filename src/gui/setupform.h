// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person registers at a provider and brings back from there, as data: the set-up page shows any
// provider.

#include "core/settings.h"
#include "gui/statecolors.h"

#include <QList>
#include <QUrl>

namespace wristkeep {

/// One field of the provider's form.
struct SetupValue
{
    QString label; ///< as the provider writes it: "Redirect URL"
    QString what;  ///< in "Copy …": "callback URL"; in a step empty where there is nothing to type
    QString value;
    QString note;        ///< why it has to be so; may be empty
    QString copied = {}; ///< in a step: what Copy takes; empty: the value
};

/// One page of a registration that takes several.
struct SetupStep
{
    QString title; ///< after "Step 2 of 6: "
    QString text;
    QUrl link; ///< invalid: none
    QList<SetupValue> values;
    QString notice; ///< what may go wrong; may be empty
};

struct SetupForm
{
    QString providerId;
    QString provider; ///< title
    QUrl registerAt;
    QList<SetupStep> steps; ///< in place of link, notice and values
    QString notice;         ///< what to know before; may be empty
    QList<SetupValue> values;
    qsizetype redirectRow = -1; ///< which of the values is the redirect address
    QString idKey;
    QString secretKey;
    QString redirectKey;
    QString idExample;      ///< "23ABCD"
    QString secretExample;  ///< in the empty field: "32 characters"
    bool takesFile = false; ///< the provider offers id and secret as a file
    QString webRedirect; ///< not empty: a redirect address is needed for clients of type Web only, e.g. this
    QMap<QString, QString> also; ///< keys and values kept together with id and secret
    SettingValue id;             ///< as configured now
    SettingValue secret;
    SettingValue redirect;
};

SetupForm setupForm(const QString &provider, const Settings &settings);

/// What to say beside a field, and whether it stands in the way of saving.
struct FieldRemark
{
    QString text; ///< empty: nothing to say
    bool blocks = false;
};

FieldRemark clientIdRemark(const SetupForm &form, const QString &id);
FieldRemark clientSecretRemark(const SetupForm &form, const QString &secret);

/// A value set outside of the settings is changed there.
bool isFixedOutside(const SettingValue &value);

/// "Set in the environment", "Set in /home/x/.env, line 3".
QString fixedOutsideText(const SettingValue &value);

} // namespace wristkeep
