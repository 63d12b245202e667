// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The scopes an authorization at the simulated Google may ask for, health and others.

#include "simulator/consentpage.h"

#include <QStringList>

#include <optional>

namespace wristkeep {

/// "https://www.googleapis.com/auth/googlehealth." + suffix
QString googleHealthScope(QLatin1StringView suffix);

/// None for a scope Google does not know.
std::optional<ConsentScope> findGoogleScope(const QString &id);

/// Scopes a token for the Health API must not carry: everything but health scopes and the OpenID ones.
QStringList foreignGoogleScopes(const QStringList &scopes);

/// True when at least one of them reads health data.
bool readsGoogleHealth(const QStringList &scopes);

} // namespace wristkeep
