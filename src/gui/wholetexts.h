// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace wristkeep {

/// Keeps a window with wrapping texts high enough for all of their lines at whatever width it has. Qt asks
/// for that height inside a window, but not for the window itself. Call it once the window has its layout.
void keepTextsWhole(QWidget *window);

} // namespace wristkeep
