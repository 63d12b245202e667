// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which day to sync, how a run is getting on, and how the last one went.

#include "gui/card.h"
#include "gui/dashboardfacts.h"
#include "gui/wording.h"

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

    void setTitles(const DataTitles &titles);
    void present(const DashboardFacts &facts, bool mayChoose, qint64 nowUtc, QDate today);
    /// Invalid: the participant's own yesterday.
    [[nodiscard]] QDate chosenDay() const;

private:
    void presentResult(const DashboardFacts &facts, qint64 nowUtc);

    std::unique_ptr<Ui::SyncCard> m_ui;
    DataTitles m_titles;
};

} // namespace wristkeep
