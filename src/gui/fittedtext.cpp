// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fittedtext.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

FittedText::FittedText(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
}

void FittedText::setTexts(const QString &text, const QString &ending)
{
    m_ending = ending;
    setText(text);
    setAccessibleName(text);
    updateGeometry();
    setToolTip(shownLines() == linesOf(text) ? QString() : text);
}

QStringList FittedText::linesOf(const QString &text) const
{
    QStringList lines;
    const QStringList paragraphs = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &paragraph : paragraphs) {
        QTextLayout layout(paragraph, font());
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(1, width()));
            lines << paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
    }
    return lines;
}

QStringList FittedText::shownLines() const
{
    const QStringList all = linesOf(text());
    const auto room = std::max<qsizetype>(1, height() / fontMetrics().lineSpacing());
    if (all.size() <= room)
        return all;
    const bool endsWell = !m_ending.isEmpty() && text().endsWith(m_ending);
    const QStringList ending = linesOf(endsWell ? m_ending : QString());
    QStringList shown = endsWell ? linesOf(text().chopped(m_ending.size()).trimmed()) : all;
    const qsizetype left = room - ending.size();
    if (left > 0 && shown.size() > left) {
        shown = shown.mid(0, left);
        shown.last() = fontMetrics().elidedText(shown.last() + u'…', Qt::ElideRight, width());
    } else if (left <= 0) {
        shown.clear();
    }
    return (shown + ending).mid(0, room);
}

QSize FittedText::sizeHint() const
{
    return {100, int(linesOf(text()).size()) * fontMetrics().lineSpacing()};
}

QSize FittedText::minimumSizeHint() const
{
    return {1, fontMetrics().lineSpacing()};
}

void FittedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const int spacing = fontMetrics().lineSpacing();
    int top = 0;
    const QStringList lines = shownLines();
    for (const QString &line : lines) {
        painter.drawText(QRect(0, top, width(), spacing), int(Qt::AlignLeading) | int(Qt::AlignVCenter),
                         line);
        top += spacing;
    }
}

void FittedText::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateGeometry();
    setToolTip(shownLines() == linesOf(text()) ? QString() : text());
}

} // namespace wristkeep
