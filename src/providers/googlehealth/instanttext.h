// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's time stamps: RFC 3339 in UTC, with up to nine digits of a second.

#include <QtGlobal>

#include <optional>
#include <string_view>

namespace wristkeep {

struct Instant
{
    qint64 utc = 0; ///< whole Unix seconds, the fraction cut off
    int nanos = 0;
};

/// "2026-08-07T14:46:22.749348Z"; nothing for any other form. Runs for every row of an answer.
std::optional<Instant> instantOf(std::string_view text);

} // namespace wristkeep
