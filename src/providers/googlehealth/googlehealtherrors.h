// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a refusal of Google's means for us (docs/PROVIDERS.md, "Errors of Google Health"): the status first,
// then the reason in the body; a body that is HTML, empty or odd changes nothing but the text.

#include "core/error.h"
#include "core/http.h"
#include "core/syncmessages.h"

namespace wristkeep {

/// An answer of the Health API that is not a 2xx.
Error classifyGoogleHealthAnswer(const HttpResponse &response, qint64 nowUtc);

/// One of the token or revoke endpoint.
Error classifyGoogleTokenAnswer(const HttpResponse &response, qint64 nowUtc);

/// Google tells nothing about the quota until it is used up: all empty but for a 429.
QuotaState googleHealthQuota(const HttpResponse &response, qint64 nowUtc);

} // namespace wristkeep
