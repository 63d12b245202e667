// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/badge.h"

#include "gui/statecolors.h"

#include <QPainter>

namespace wristkeep {

Badge::Badge(QWidget *parent) : QLabel(parent)
{
    setContentsMargins(10, 4, 10, 4);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = toneColor(Tone::Attention, palette());
    const QRectF outline = QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setPen(QPen(color, 1.5));
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace wristkeep
