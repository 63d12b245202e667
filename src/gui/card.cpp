// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/card.h"

#include "gui/statecolors.h"

#include <QPainter>

namespace wristkeep {

Card::Card(QWidget *parent) : QFrame(parent)
{
    setFrameShape(QFrame::NoFrame);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = cardColor(palette());
    painter.setBrush(fill);
    painter.setPen(blended(fill, palette().color(QPalette::Text), 0.16));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace wristkeep
