// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a refusal of Fitbit's means for us (docs/PROVIDERS.md, "Errors"): the status decides first, then the
// body in any of its three shapes; a body that is HTML, empty or odd changes nothing but the text.

#include "core/error.h"
#include "core/http.h"

#include <cstdint>

namespace wristkeep {

/// A 401 of the data API is about the access token, one of the token endpoint about the client.
enum class FitbitEndpoint : std::uint8_t { Data, Token };

Error classifyFitbitAnswer(const HttpResponse &response, FitbitEndpoint endpoint, qint64 nowUtc);

} // namespace wristkeep
