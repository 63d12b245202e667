// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/daypicker.h"

#include "gui/statecolors.h"

#include <QCalendarWidget>
#include <QEvent>
#include <QTextCharFormat>
#include <QWidgetAction>

namespace wristkeep {

namespace {

/// A page shows six weeks, some of them of the neighbouring months.
constexpr int mostBefore = 7;
constexpr int mostShown = 50;

} // namespace

DayPicker::DayPicker(QWidget *parent) : QMenu(parent)
{
    // Its arrows make Qt read a whole icon theme, which no start should wait for.
    connect(this, &QMenu::aboutToShow, this, [this] {
        if (m_calendar == nullptr)
            buildCalendar();
    });
}

void DayPicker::buildCalendar()
{
    m_calendar = new QCalendarWidget(this);
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setGridVisible(false);
    m_calendar->setAccessibleName(tr("Day"));
    auto *action = new QWidgetAction(this);
    action->setDefaultWidget(m_calendar);
    addAction(action);
    const auto pick = [this](QDate day) {
        close();
        Q_EMIT picked(day);
    };
    connect(m_calendar, &QCalendarWidget::clicked, this, pick);
    // Enter; a click has closed the menu before its double click could come.
    connect(m_calendar, &QCalendarWidget::activated, this, pick);
    connect(m_calendar, &QCalendarWidget::currentPageChanged, this, &DayPicker::markPage);
    connect(m_calendar, &QCalendarWidget::selectionChanged, this, &DayPicker::markPage);
    setLast(m_last);
    setSelected(m_selected);
    markPage();
}

void DayPicker::setDays(const QList<QDate> &days)
{
    m_days = QSet<QDate>(days.cbegin(), days.cend());
    markPage();
}

void DayPicker::setLast(QDate last)
{
    m_last = last;
    if (m_calendar != nullptr && last.isValid())
        m_calendar->setMaximumDate(last);
}

void DayPicker::setSelected(QDate day)
{
    m_selected = day;
    if (m_calendar != nullptr && day.isValid())
        m_calendar->setSelectedDate(day);
}

void DayPicker::changeEvent(QEvent *event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markPage();
}

void DayPicker::showEvent(QShowEvent *event)
{
    QMenu::showEvent(event);
    // A menu keeps the keyboard for itself unless something in it asks.
    m_calendar->setFocus(Qt::PopupFocusReason);
}

void DayPicker::markPage()
{
    if (m_calendar == nullptr)
        return;
    const QPalette colors = m_calendar->palette();
    QTextCharFormat kept;
    kept.setFontWeight(QFont::Bold);
    kept.setForeground(colors.color(QPalette::Text));
    QTextCharFormat muted;
    muted.setForeground(blended(colors.color(QPalette::Text), colors.color(QPalette::Base), 0.5));
    QTextCharFormat plain;
    plain.setForeground(colors.color(QPalette::Text));
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday}) // red by default, whatever the palette
        m_calendar->setWeekdayTextFormat(day, plain);
    m_calendar->setDateTextFormat({}, {});
    const QDate first =
        QDate(m_calendar->yearShown(), m_calendar->monthShown(), 1).addDays(-qint64(mostBefore));
    for (int i = 0; i < mostShown; ++i) {
        const QDate day = first.addDays(i);
        // The chosen day has the colours of a selection.
        if (day != m_calendar->selectedDate())
            m_calendar->setDateTextFormat(day, m_days.contains(day) ? kept : muted);
    }
}

} // namespace wristkeep
