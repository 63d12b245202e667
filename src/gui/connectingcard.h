// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// While the browser is being waited for: the link, and the redirect address to compare when the provider's
// own page shows an error (it never calls back then).

#include "gui/card.h"
#include "gui/dashboardfacts.h"

#include <memory>

namespace wristkeep {

namespace Ui {
class ConnectingCard;
}

class ConnectingCard : public Card
{
    Q_OBJECT
public:
    explicit ConnectingCard(QWidget *parent = nullptr);
    ~ConnectingCard() override;

    void present(const DashboardFacts &facts);

Q_SIGNALS:
    void openRequested();

private:
    std::unique_ptr<Ui::ConnectingCard> m_ui;
};

} // namespace wristkeep
