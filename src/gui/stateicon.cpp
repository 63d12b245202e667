// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stateicon.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace wristkeep {

namespace {

QPen strokeOf(const QColor &color, qreal width)
{
    return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

} // namespace

void paintToneSymbol(QPainter &painter, const QRectF &place, Tone tone, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal side = std::min(place.width(), place.height());
    // All shapes are given on a 24 by 24 grid.
    painter.translate(place.center());
    painter.scale(side / 24.0, side / 24.0);
    const QColor color = toneColor(tone, palette);
    const QColor ink = cardColor(palette);

    if (tone == Tone::Neutral) {
        painter.setPen(strokeOf(color, 2.0));
        painter.drawEllipse(QPointF(0, 0), 10, 10);
        painter.drawLine(QPointF(-4, 0), QPointF(4, 0));
        painter.restore();
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (tone == Tone::Attention) {
        QPainterPath triangle;
        triangle.moveTo(0, -9);
        triangle.lineTo(10, 8.5);
        triangle.lineTo(-10, 8.5);
        triangle.closeSubpath();
        painter.setPen(strokeOf(color, 2.5));
        painter.drawPath(triangle);
    } else {
        painter.drawEllipse(QPointF(0, 0), 11, 11);
    }
    painter.setPen(strokeOf(ink, 2.5));
    switch (tone) {
    case Tone::Good:
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({QPointF(-5, 0.5), QPointF(-1.5, 4), QPointF(5, -3.5)}));
        break;
    case Tone::Attention:
        painter.drawLine(QPointF(0, -3.5), QPointF(0, 2));
        painter.drawPoint(QPointF(0, 5.5));
        break;
    case Tone::Problem:
        painter.drawLine(QPointF(-3.8, -3.8), QPointF(3.8, 3.8));
        painter.drawLine(QPointF(3.8, -3.8), QPointF(-3.8, 3.8));
        break;
    default:
        painter.setPen(strokeOf(ink, 3.0));
        for (const double x : {-5.0, 0.0, 5.0})
            painter.drawPoint(QPointF(x, 0));
        break;
    }
    painter.restore();
}

QIcon toneIcon(Tone tone, const QPalette &palette, int side, qreal devicePixelRatio)
{
    QPixmap pixmap(QSize(side, side) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintToneSymbol(painter, QRectF(0, 0, side, side), tone, palette);
    painter.end();
    return QIcon(pixmap);
}

StateIcon::StateIcon(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateIcon::setTone(Tone tone)
{
    if (m_tone == tone)
        return;
    m_tone = tone;
    update();
}

QSize StateIcon::sizeHint() const
{
    return {24, 24};
}

void StateIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintToneSymbol(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_tone, palette());
}

} // namespace wristkeep
