// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fitbit's error envelope and its texts. They echo the offending token, as the real service does: a client
// that logs them must be caught by its tests.

#include "simulator/simmessage.h"

namespace wristkeep {

SimResponse fitbitError(int status, const QString &type, const QString &message, const QString &field = {});

/// `start` + the sentence that points to the authorization documentation.
SimResponse oauthError(int status, const QString &type, const QString &start);

/// {"error":{"code":…,"message":…,"status":…}}: what the front end in between answers.
SimResponse frontEndError(int status, const QString &message, const QString &name);

/// What was asked is not an endpoint: documented as 400.
SimResponse unknownEndpoint(const QString &path);

} // namespace wristkeep
