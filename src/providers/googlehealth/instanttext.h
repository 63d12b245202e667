// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Google's time stamps, RFC 3339 in UTC with up to nine digits of a second, and durations.

#include <QDate>

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

/// Seconds: "3600s", "-14400s", "1.5s"; nothing for any other form.
std::optional<double> durationOf(std::string_view text);

/// Seconds. No clock was ever further from UTC.
constexpr qint64 LargestUtcOffset = 16 * 3600;

/// The date on a clock that is `offset` seconds ahead of UTC.
QDate dateAt(const Instant &instant, qint64 offset);

} // namespace wristkeep
