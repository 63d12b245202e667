// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Errors by kind (docs/adr/0010-the-run.md): what one failed request means for its run. Pure.

#include "core/error.h"

#include <cstdint>

namespace wristkeep {

enum class Verdict : std::uint8_t {
    CellFails,        ///< this cell failed, the rest goes on
    CellNotPermitted, ///< nothing may be asked for this cell, the rest goes on
    QuotaStops,       ///< this participant waits for the reset, others go on
    AccountStops,     ///< this participant needs a person ("Reconnect"), others go on
    ProviderStops,    ///< nothing more is asked of this service
    RunStops,         ///< nothing can be kept, or a person said stop
};

Verdict verdictOn(const Error &error);

/// An error of our own making, without an answer of the service.
Error errorOf(ErrorKind kind, const QString &detail = {});

/// True when a cell's ledger row records the try; token, quota, storage and cancel leave it as it was.
bool marksCells(const Error &error);

/// True when the account has no token that could be used: exit status 3.
bool meansNoUsableToken(const Error &error);

} // namespace wristkeep
