// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long the tables take to be made anew from the archive, against the bulk insert of the same rows.

namespace wristkeep::bench {

/// Ten years of daily steps and a year of heart rate by the minute. False: it could not be measured.
bool rebuildFigures();

} // namespace wristkeep::bench
