// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whose account it is (users/me/identity) and in which zone it lives (users/me/settings).

#include "core/oauthclient.h"
#include "core/result.h"

#include <QByteArray>

namespace wristkeep {

struct RemoteProfile;

/// NotUnderstood without a health user id; the id of the Fitbit Web API is optional.
Result<RemoteIdentity> parseGoogleIdentity(const QByteArray &body);

/// The settings name a zone and no account, so the user id is mostly empty.
Result<RemoteProfile> parseGoogleSettings(const QByteArray &body);

} // namespace wristkeep
