// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Shows the sync log; follows new rows unless the person has scrolled away.

#include "gui/card.h"

#include <memory>

namespace wristkeep {

class SyncLogModel;

namespace Ui {
class LogPanel;
}

class LogPanel : public Card
{
    Q_OBJECT
public:
    explicit LogPanel(QWidget *parent = nullptr);
    ~LogPanel() override;

    void setModel(SyncLogModel *model);
    /// The participant column tells nothing while there is just one.
    void setSeveralParticipants(bool several);

private:
    void onRowsAboutToBeInserted();
    void onRowsChanged();

    std::unique_ptr<Ui::LogPanel> m_ui;
    SyncLogModel *m_model = nullptr;
    bool m_follows = true;
};

} // namespace wristkeep
