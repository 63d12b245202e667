// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Light, dark, or as the desktop has it. Qt has had no word for this before 6.5, so light and dark are the
// Fusion style with palettes of our own.

#include "gui/preferences.h"

#include <QPalette>

namespace wristkeep {

/// Texts at least 4.5:1 on their backgrounds. Meaningless for System.
QPalette paletteOf(Appearance appearance);

/// Remembers the desktop's own style when made, so that System finds back to it. One for the whole program,
/// made after the QApplication.
class AppearanceSwitch
{
public:
    AppearanceSwitch();
    void apply(Appearance appearance);

private:
    QString m_desktopStyle;
    Appearance m_applied = Appearance::System;
};

} // namespace wristkeep
