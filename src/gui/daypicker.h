// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A calendar that drops down from a button. Days with something in the ledger are bold, the others muted;
// those may be chosen too, to be asked for.

#include <QDate>
#include <QList>
#include <QMenu>
#include <QSet>

class QCalendarWidget;

namespace wristkeep {

class DayPicker : public QMenu
{
    Q_OBJECT
public:
    explicit DayPicker(QWidget *parent = nullptr);

    void setDays(const QList<QDate> &days);
    void setLast(QDate last); ///< later days cannot be chosen
    void setSelected(QDate day);

Q_SIGNALS:
    void picked(QDate day);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildCalendar();
    void markPage();

    QCalendarWidget *m_calendar = nullptr; ///< made when it is first shown
    QSet<QDate> m_days;
    QDate m_last;
    QDate m_selected;
};

} // namespace wristkeep
