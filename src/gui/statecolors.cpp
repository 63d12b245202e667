// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statecolors.h"

#include <algorithm>
#include <cmath>

namespace wristkeep {

namespace {

constexpr double readable = 4.5;

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) +
           0.0722 * channel(color.blueF());
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < 0.2;
}

/// Moves a colour towards white or black until it can be read on all backgrounds, so that unusual palettes
/// (tinted, high contrast) keep the promise too.
QColor readableOn(const QPalette &palette, const QColor &color)
{
    const QColor goal = isDark(palette) ? QColor(Qt::white) : QColor(Qt::black);
    const auto isReadable = [&palette](const QColor &one) {
        return contrastRatio(one, palette.color(QPalette::Base)) >= readable &&
               contrastRatio(one, palette.color(QPalette::Window)) >= readable &&
               contrastRatio(one, cardColor(palette)) >= readable;
    };
    QColor result = color;
    for (int step = 1; step <= 20 && !isReadable(result); ++step)
        result = blended(color, goal, step / 20.0);
    return result;
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor blended(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float x, float y) { return float(double(x) + (double(y) - double(x)) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QColor cardColor(const QPalette &palette)
{
    if (!isDark(palette))
        return palette.color(QPalette::Base);
    return blended(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.05);
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    QColor color;
    switch (tone) {
    case Tone::Neutral:
        color = blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.3);
        break;
    case Tone::Busy:
        color = palette.color(QPalette::Highlight);
        break;
    case Tone::Good:
        color = dark ? QColor(0x5f, 0xd3, 0x8d) : QColor(0x17, 0x6f, 0x38);
        break;
    case Tone::Attention:
        color = dark ? QColor(0xf2, 0xb8, 0x4b) : QColor(0x85, 0x57, 0x00);
        break;
    case Tone::Problem:
        color = dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb4, 0x23, 0x18);
        break;
    }
    return readableOn(palette, color);
}

QColor accentColor(const QPalette &palette)
{
    const QColor text = palette.color(QPalette::HighlightedText);
    const QColor highlight = palette.color(QPalette::Highlight);
    const QColor goal = luminance(text) > 0.5 ? QColor(Qt::black) : QColor(Qt::white);
    QColor result = highlight;
    for (int step = 1; step <= 20 && contrastRatio(result, text) < readable; ++step)
        result = blended(highlight, goal, step / 20.0);
    return result;
}

} // namespace wristkeep
