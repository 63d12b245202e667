// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace wristkeep::bench {

/// The most memory a sync of much holds at once, beyond what the program holds while it does nothing.
/// Printed. False: it could not be carried out.
bool memoryFigures();

} // namespace wristkeep::bench
