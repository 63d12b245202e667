// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When an answer came. What a day's state is reckoned from must not hang on this computer's clock alone: one
// that is ahead would call a day settled that is still being filled, and nobody would ask for it again.

#include <QtGlobal>

namespace wristkeep {

struct HttpResponse;

/// Unix seconds: now; or what the service says itself (the Date header, RFC 9110 section 6.6.1), where that
/// is minutes earlier. Less is no wrong clock: a service has many computers, and an answer takes its time.
qint64 answeredAtUtc(const HttpResponse &response, qint64 nowUtc);

} // namespace wristkeep
