// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The account's own data: id, zone and first day out of Fitbit's profile.

#include "core/result.h"

namespace wristkeep {

struct RemoteProfile;

/// The user id must be there; a zone this computer does not know and a garbled date count as not told.
Result<RemoteProfile> parseFitbitProfile(const QByteArray &body);

} // namespace wristkeep
