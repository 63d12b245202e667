// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which days and data to sync, how a run is getting on, and how the last one went.

#include "gui/card.h"
#include "gui/dashboardfacts.h"
#include "gui/syncchoice.h"
#include "gui/wording.h"
#include "sync/planestimate.h"

#include <QDate>

#include <memory>

namespace wristkeep {

namespace Ui {
class SyncCard;
}

class SyncCard : public Card
{
    Q_OBJECT
public:
    explicit SyncCard(QWidget *parent = nullptr);
    ~SyncCard() override;

    void setTypes(const QList<DataType> &types);
    void presentLogShown(bool shown);
    void present(const DashboardFacts &facts, bool mayChoose, qint64 nowUtc, QDate today);
    /// None: nothing can be synced now.
    void presentEstimate(const std::optional<PlanEstimate> &plan, qint64 nowUtc);
    void presentNoEstimate(const QString &reason);
    /// It is being reckoned; the line keeps its place meanwhile.
    void presentReckoning();
    [[nodiscard]] const QList<DataType> &types() const { return m_types; }
    [[nodiscard]] const DataChoice &data() const;
    /// What is chosen, without an account.
    [[nodiscard]] SyncRequest wish() const;

Q_SIGNALS:
    void cancelRequested();
    void logRequested(bool shown);
    /// Everything since a first day is wanted.
    void historyRequested();
    void choiceChanged();
    /// A kind of data was ticked that the permission does not cover.
    void permissionMissing(const wristkeep::DataType &type);

private:
    [[nodiscard]] DayChoice days() const;
    void presentDates();
    void suggest(QDate first);
    void presentProgress(const DashboardFacts &facts);
    void presentResult(const DashboardFacts &facts, qint64 nowUtc);
    void onFirstChanged(QDate first);

    std::unique_ptr<Ui::SyncCard> m_ui;
    QList<DataType> m_types;
    DataTitles m_titles;
    QDate m_today;
    DayChoice m_suggested; ///< a choice of the person's stays
};

} // namespace wristkeep
