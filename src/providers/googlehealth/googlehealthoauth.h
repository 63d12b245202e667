// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's OAuth client as data (docs/PROVIDERS.md, "Sign-in with Google").

#include "core/oauthclient.h"

namespace wristkeep {

struct Settings;

OAuthClient googleHealthOAuthClient(const Settings &settings);

} // namespace wristkeep
