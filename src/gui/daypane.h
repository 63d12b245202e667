// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One day of one account: its state, three figures, the heart rate as a plot or as a table, and the way to
// other days. Asks by DayQueries and shows what is answered; what it shows always belongs to one day.

#include "core/dayrecord.h"
#include "core/error.h"
#include "gui/card.h"

#include <QPointer>

#include <memory>

namespace wristkeep {

class DayPicker;
class DayQueries;
class DayTable;
class HeartPlot;

namespace Ui {
class DayPane;
}

class DayPane : public Card
{
    Q_OBJECT
public:
    explicit DayPane(QWidget *parent = nullptr);
    ~DayPane() override;

    /// Not taken over; null: there is nothing to ask.
    void setQueries(DayQueries *queries);
    /// Another account's days are forgotten at once.
    void setAccount(const AccountKey &account);
    /// The account's own today: later days cannot be chosen.
    void setToday(QDate today);
    void showDay(QDate day);
    /// After a sync: asks again and keeps the day; without one, goes to the newest there is.
    void reload();

    /// The day on the screen; invalid when there is none.
    [[nodiscard]] QDate shownDay() const;

    void presentDays(const SyncedDays &days);
    void presentDay(const DayRecord &record);
    void presentError(const Error &error);
    /// Nothing is known yet, so nothing is said; until the next of the others.
    void presentWaiting();

Q_SIGNALS:
    void syncDayRequested(QDate day);
    /// The account's days were read anew.
    void daysKnown(const wristkeep::SyncedDays &days);

private:
    void connectControls();
    HeartPlot *plot();
    void prepareTable();
    void presentNothing();
    void showPage(QWidget *page);
    void presentFigures(const DayRecord &record);
    void presentReadout(const QString &pointed);
    void renewNavigation();
    void renewPage();
    void step(int days);
    void copyTable();
    [[nodiscard]] QDate lastDay() const;

    std::unique_ptr<Ui::DayPane> m_ui;
    DayTable *m_table;
    DayPicker *m_picker;
    HeartPlot *m_plot = nullptr; ///< none before the first day
    QPointer<DayQueries> m_queries;
    AccountKey m_account;
    QDate m_today;
    QDate m_wanted; ///< asked for; shown once it is answered
    QList<QDate> m_days;
    bool m_asTable = false; ///< kept from day to day
    std::optional<DayRecord> m_shown;
};

} // namespace wristkeep
