// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The reasons of Google's for which more is known than the status says: what they mean, and what to do.

#include "core/error.h"

namespace wristkeep {

struct RefusalReason
{
    const char *reason; ///< as in the answer
    ErrorKind kind;
    const char *sentence; ///< what is the matter
    const char *nextStep; ///< empty: the kind's own says it
};

/// By reason of the Health API; nullptr for one the status alone decides.
const RefusalReason *healthReason(const QString &reason);

/// By error code of the token endpoint (RFC 6749, 5.2); nullptr for one that is not known.
const RefusalReason *tokenReason(const QString &code);

} // namespace wristkeep
