// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stepsbars.h"

#include "gui/daywords.h"
#include "gui/statecolors.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

StepsBars::StepsBars(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Steps by hour"));
    hide();
}

void StepsBars::setDay(const DayRecord &record, const QMargins &sides)
{
    m_record = record;
    m_sides = sides;
    m_most = 1;
    QStringList words;
    for (const HourlySteps &hour : record.hourlySteps) {
        m_most = std::max(m_most, hour.steps);
        words << inWords(hour);
    }
    setAccessibleDescription(words.join(u", "_s));
    setVisible(!record.hourlySteps.empty());
    update();
}

QSize StepsBars::sizeHint() const
{
    return {480, 48 + fontMetrics().height()};
}

bool StepsBars::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString text;
    for (const HourlySteps &hour : m_record.hourlySteps) {
        const QRectF bar = barOf(hour);
        if (help->pos().x() >= bar.left() && help->pos().x() < bar.right())
            text = inWords(hour);
    }
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void StepsBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor ground = cardColor(palette());
    painter.setPen(toneColor(Tone::Neutral, palette()));
    painter.drawText(QRect(m_sides.left(), 0, width() - m_sides.left(), fontMetrics().height()),
                     tr("Steps by hour"));
    painter.setPen(blended(ground, palette().color(QPalette::Text), 0.35));
    painter.drawLine(m_sides.left(), height() - 1, width() - m_sides.right(), height() - 1);
    for (const HourlySteps &hour : m_record.hourlySteps)
        painter.fillRect(barOf(hour).adjusted(1, 0, -1, 0), toneColor(Tone::Busy, palette()));
}

QRectF StepsBars::barOf(const HourlySteps &hour) const
{
    const double room = width() - m_sides.left() - m_sides.right();
    const double perSecond = room / std::max(1, m_record.day.seconds);
    const double tall = (height() - fontMetrics().height() - 4) * hour.steps / m_most;
    const double top = std::min(height() - 1 - tall, double(height() - 2));
    return {m_sides.left() + double(hour.hour.startUtc - m_record.day.startUtc) * perSecond, top,
            hour.hour.seconds * perSecond, height() - top};
}

QString StepsBars::inWords(const HourlySteps &hour) const
{
    return tr("%1: %2 steps")
        .arg(wallTimeInWords(m_record.day, hour.hour.startUtc), QLocale().toString(hour.steps, 'f', 0));
}

} // namespace wristkeep
