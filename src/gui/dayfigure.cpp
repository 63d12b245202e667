// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dayfigure.h"

#include "gui/elidedlabel.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace wristkeep {

namespace {

QFont scaled(QFont font, qreal factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

} // namespace

DayFigure::DayFigure(QWidget *parent)
    : QWidget(parent), m_caption(new QLabel(this)), m_value(new QLabel(this)), m_note(new ElidedLabel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_caption);
    column->addWidget(m_value);
    column->addWidget(m_note);
    m_note->setElideMode(Qt::ElideRight); // a reason begins with what matters
    m_value->setFont(scaled(font(), 2));
    m_value->setTextFormat(Qt::PlainText);
    applyPalette();
}

void DayFigure::setCaption(const QString &caption)
{
    m_caption->setText(caption);
}

void DayFigure::present(const FigureText &figure)
{
    m_value->setText(figure.value);
    m_note->setFullText(figure.note);
    // Read in one go, the number would otherwise stand alone.
    const QString whole = tr("%1: %2").arg(m_caption->text(), figure.value);
    setAccessibleName(figure.note.isEmpty() ? whole : tr("%1, %2").arg(whole, figure.note));
}

QString DayFigure::value() const
{
    return m_value->text();
}

QString DayFigure::note() const
{
    return m_note->text();
}

void DayFigure::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
}

void DayFigure::applyPalette()
{
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, toneColor(Tone::Neutral, quiet));
    m_caption->setPalette(quiet);
    m_note->setPalette(quiet);
}

} // namespace wristkeep
