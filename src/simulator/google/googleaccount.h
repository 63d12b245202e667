// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the simulated Health API says about the account: identity, settings, profile, devices.

#include "simulator/simmessage.h"
#include "simulator/simusers.h"

namespace wristkeep {

struct GoogleAccountCall
{
    const SimRequest &request;
    const SimUser &user;
    QStringList scopes;
    QString id; ///< of one device; empty: all
    qint64 now = 0;
    qint64 lastSync = 0;
};

struct GoogleAccountResource
{
    const char *name;  ///< "settings"
    const char *scope; ///< empty: any that reads
    SimResponse (*answer)(const GoogleAccountCall &call);
};

const GoogleAccountResource *findGoogleAccountResource(const QString &name);

/// Nineteen digits, the same for a person every time.
QString googleHealthUserId(const SimUser &user);

} // namespace wristkeep
