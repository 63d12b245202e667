// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fitbit's OAuth client as data (docs/PROVIDERS.md, "Sign-in").

#include "core/oauthclient.h"

namespace wristkeep {

struct Settings;

OAuthClient fitbitOAuthClient(const Settings &settings);

} // namespace wristkeep
