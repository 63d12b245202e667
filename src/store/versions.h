// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which libraries this room runs with, for bug reports.

#include <QString>

namespace wristkeep {

QString sqliteVersion();
QString sodiumVersion();

} // namespace wristkeep
