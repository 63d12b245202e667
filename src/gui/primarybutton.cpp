// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/primarybutton.h"

#include "gui/statecolors.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

#include <algorithm>

namespace wristkeep {

PrimaryButton::PrimaryButton(QWidget *parent) : QPushButton(parent)
{
    QFont strong = font();
    strong.setBold(true);
    setFont(strong);
    setAttribute(Qt::WA_Hover);
}

void PrimaryButton::setQuiet(bool quiet)
{
    m_quiet = quiet;
    update();
}

QSize PrimaryButton::sizeHint() const
{
    const QSize text = fontMetrics().size(Qt::TextShowMnemonic, QPushButton::text());
    return {std::max(128, text.width() + 48), std::max(36, text.height() + 16)};
}

void PrimaryButton::paintEvent(QPaintEvent *event)
{
    if (m_quiet) {
        QPushButton::paintEvent(event);
        return;
    }
    QStyleOptionButton option;
    initStyleOption(&option);
    const QPalette colors = palette();
    QColor fill = accentColor(colors);
    QColor ink = colors.color(QPalette::HighlightedText);
    const QColor away = ink.lightnessF() > 0.5F ? QColor(Qt::black) : QColor(Qt::white);
    if (!isEnabled()) {
        fill = blended(colors.color(QPalette::Base), colors.color(QPalette::Text), 0.12);
        ink = colors.color(QPalette::Disabled, QPalette::ButtonText);
    } else if (isDown()) {
        fill = blended(fill, away, 0.24);
    } else if (underMouse()) {
        fill = blended(fill, away, 0.12);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    const QRectF body = QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5);
    painter.drawRoundedRect(body, 6, 6);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.color(QPalette::Text), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    }
    painter.setPen(ink);
    const bool underline = style()->styleHint(QStyle::SH_UnderlineShortcut, &option, this) != 0;
    const int mnemonic = underline ? int(Qt::TextShowMnemonic) : int(Qt::TextHideMnemonic);
    painter.drawText(rect(), int(Qt::AlignCenter) | mnemonic, text());
}

} // namespace wristkeep
