// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The three state colours (good, attention, problem) for light and dark palettes. A colour never stands
// alone: it goes with a word and a symbol.

#include <QColor>
#include <QPalette>

#include <cstdint>

namespace wristkeep {

/// How something stands; decides symbol and colour.
enum class Tone : std::uint8_t { Neutral, Busy, Good, Attention, Problem };

/// WCAG 2.1 contrast ratio, 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);

/// `share` of b in a: 0 gives a, 1 gives b.
QColor blended(const QColor &a, const QColor &b, double share);

/// What cards are filled with: Base, or in dark palettes a little lighter than Window, since styles draw the
/// outlines of fields and buttons darker than Window.
QColor cardColor(const QPalette &palette);

/// At least 4.5:1 against Base, Window and cards of the palette.
QColor toneColor(Tone tone, const QPalette &palette);

/// The palette's highlight, moved until HighlightedText is readable on it (4.5:1).
QColor accentColor(const QPalette &palette);

} // namespace wristkeep
