// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The facts of the chosen account: who, where, which permissions, when last, how much quota.

#include "gui/card.h"
#include "gui/dashboardfacts.h"

#include <memory>

namespace wristkeep {

namespace Ui {
class ConnectionCard;
}

class ConnectionCard : public Card
{
    Q_OBJECT
public:
    explicit ConnectionCard(QWidget *parent = nullptr);
    ~ConnectionCard() override;

    void present(const DashboardFacts &facts, qint64 nowUtc);

private:
    std::unique_ptr<Ui::ConnectionCard> m_ui;
};

} // namespace wristkeep
