// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Retry-After in either form of RFC 9110, 10.2.3.

#include "core/http.h"

#include <optional>

namespace wristkeep {

/// Seconds from `nowUtc`; nothing without the header, for another form, for the past and beyond `most`.
std::optional<qint64> secondsToRetry(const HttpResponse &response, qint64 nowUtc, qint64 most);

/// A header that is a whole number between 0 and `most`.
std::optional<qint64> wholeNumber(const QByteArray &header, qint64 most);

} // namespace wristkeep
