// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes the tables anew from the archive, in a database beside the one that is there, and says where the two
// differ. Only when asked the new one takes the old one's place (docs/DATA.md, "Making the tables anew").

#include "core/rebuildmessages.h"
#include "core/result.h"
#include "core/syncmessages.h"

#include <functional>

namespace wristkeep {

class Clock;
class Provider;
struct StoreOptions;

struct RebuildRequest
{
    RebuildScope scope; ///< all of it with `swap`
    bool swap = false;
    /// Days are read with the zone of their time, where a profile told it; otherwise with today's.
    bool keepZones = false;
    std::function<Result<const Provider *>(const QString &)> findProvider; ///< none: those of this program
};

struct RebuildWatch
{
    std::function<void(const SyncProgress &)> progressed;
    std::function<bool()> stop; ///< true: end as soon as possible
};

/// How many differences of each kind are kept one by one.
constexpr int mostDifferencesShown = 25;

/// Synchronous and long. Cancelled, Busy (a sync is going on, or the window is open), BadUsage (no such
/// participant), Storage: the database that was there is untouched then, and nothing else is left.
Result<RebuildReport> rebuildTables(const StoreOptions &options, RebuildRequest request, const Clock &clock,
                                    const RebuildWatch &watch);

} // namespace wristkeep
