// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appearance.h"

#include "gui/statecolors.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct Shades
{
    QColor window;
    QColor base;
    QColor button;
    QColor text;
    QColor highlight;
    QColor link;
    QColor visited;
    QColor shadow;
};

const Shades lightShades{QColor(0xf2, 0xf4, 0xf5), QColor(0xff, 0xff, 0xff), QColor(0xe6, 0xea, 0xec),
                         QColor(0x1b, 0x22, 0x26), QColor(0x1d, 0x66, 0x80), QColor(0x0b, 0x5c, 0x8a),
                         QColor(0x6a, 0x3d, 0x8f), QColor(0x8a, 0x92, 0x96)};
const Shades darkShades{QColor(0x22, 0x27, 0x2b), QColor(0x1a, 0x1e, 0x21), QColor(0x32, 0x39, 0x3e),
                        QColor(0xe8, 0xed, 0xef), QColor(0x25, 0x70, 0x8b), QColor(0x7c, 0xc7, 0xea),
                        QColor(0xc9, 0xa6, 0xe8), QColor(0x0a, 0x0c, 0x0d)};

} // namespace

QPalette paletteOf(Appearance appearance)
{
    const Shades &shades = appearance == Appearance::Dark ? darkShades : lightShades;
    // Fusion draws its edges from shades derived of button and window.
    QPalette palette(shades.button, shades.window);
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(QPalette::All, role, color);
    };
    set(QPalette::Window, shades.window);
    set(QPalette::Base, shades.base);
    set(QPalette::AlternateBase, blended(shades.base, shades.window, 0.6));
    set(QPalette::Button, shades.button);
    set(QPalette::ToolTipBase, shades.button);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        set(role, shades.text);
    set(QPalette::BrightText, QColor(Qt::white));
    set(QPalette::PlaceholderText, blended(shades.text, shades.base, 0.35));
    set(QPalette::Highlight, shades.highlight);
    set(QPalette::HighlightedText, QColor(Qt::white));
    set(QPalette::Link, shades.link);
    set(QPalette::LinkVisited, shades.visited);
    set(QPalette::Shadow, shades.shadow);
    // What cannot be used now still tells what it is.
    const QColor faint = blended(shades.text, shades.window, 0.45);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, blended(shades.highlight, shades.window, 0.6));
    return palette;
}

AppearanceSwitch::AppearanceSwitch() : m_desktopStyle(QApplication::style()->objectName()) {}

void AppearanceSwitch::apply(Appearance appearance)
{
    if (appearance == m_applied)
        return;
    m_applied = appearance;
    if (appearance == Appearance::System) {
        QApplication::setStyle(QStyleFactory::create(m_desktopStyle));
        // An empty palette is the desktop's own, and follows it from then on.
        QApplication::setPalette(QPalette());
        return;
    }
    QApplication::setStyle(QStyleFactory::create(u"fusion"_s));
    QApplication::setPalette(paletteOf(appearance));
}

} // namespace wristkeep
