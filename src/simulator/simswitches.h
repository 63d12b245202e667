// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the references leave open, or what differs between accounts and years, as switches of the service.

#include "simulator/google/googleswitches.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace wristkeep {

/// The repeated hour of an autumn clock change (reference 5.3).
enum class FallBack : std::uint8_t { SingleCopy, BothCopies };

/// The zones of a day without wear (reference 4.6): with minutes 1440/0/0/0, or bare; Mixed alternates by
/// day.
enum class NotWorn : std::uint8_t { Mixed, WithMinutes, Bare };

struct SimSwitches
{
    FallBack fallBack = FallBack::SingleCopy;
    NotWorn notWorn = NotWorn::Mixed;
    bool zonesFillDay = true;        ///< zone minutes add up to the day; false: to the minutes with a reading
    bool intraday = true;            ///< false: 403 insufficient_permissions
    bool intradayInDaily = false;    ///< one-day series also carry the minutes, as Personal apps saw
    bool refreshConflict = false;    ///< 409 while another refresh of the grant is being answered
    bool refreshKillsAccess = false; ///< a refresh ends the access token before it
    bool gone = false;               ///< 410 for all of Fitbit, as since 2 November 2026
    bool chunked = false;            ///< Transfer-Encoding: chunked instead of Content-Length
    bool plain = false;              ///< no re-ordered members, no unknown members
    std::optional<qint64> lastSync;  ///< Unix seconds; none: every quarter of an hour
    qint64 syncLag = 0;              ///< seconds the phone is further behind
    GoogleSwitches google;           ///< of Google's half
};

} // namespace wristkeep
