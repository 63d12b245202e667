// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the window costs: until it is painted, while it idles, and while a month syncs under it.

namespace wristkeep::bench {

/// Time to the first painted window and memory after five idle seconds, against an empty QMainWindow.
bool windowStart();
/// The longest event of the window's thread while 30 days sync.
bool windowEvents();

} // namespace wristkeep::bench
