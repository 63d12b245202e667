// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the window asks of the desktop, as functions, so that a test can watch instead of starting programs.

#include <QUrl>

#include <functional>

namespace wristkeep {

struct DesktopActions
{
    std::function<bool(const QUrl &)> openUrl; ///< browser or file manager; false: none could be started
    std::function<bool()> startDemo;           ///< this program once more, with --demo
};

/// The real ones.
DesktopActions systemDesktop();

} // namespace wristkeep
