// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/estimateline.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace wristkeep {

EstimateLine::EstimateLine(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setFocusPolicy(Qt::TabFocus);
}

void EstimateLine::say(const QString &line, const QStringList &details)
{
    if (text() != line)
        setText(line);
    const QString whole = details.join(u'\n');
    setToolTip(whole);
    setAccessibleName(line);
    setAccessibleDescription(whole);
}

void EstimateLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space)
        showDetails();
    else
        QLabel::keyPressEvent(event);
}

void EstimateLine::mousePressEvent(QMouseEvent *)
{
    showDetails();
}

void EstimateLine::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    if (!hasFocus())
        return;
    QStyleOptionFocusRect option;
    option.initFrom(this);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

void EstimateLine::showDetails()
{
    QToolTip::showText(mapToGlobal(QPoint(0, height())), toolTip(), this);
}

} // namespace wristkeep
