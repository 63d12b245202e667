// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A look at a kept access token that changes nothing and refreshes nothing: for the doctor.

#include "core/settings.h"

#include <QUrl>

namespace wristkeep {

class Clock;

/// The access token of the first participant connected to `settings.provider` that has not ended and was
/// issued for the host of `url`; empty: there is none.
QString keptAccessToken(const Settings &settings, const QUrl &url, const Clock &clock);

} // namespace wristkeep
