// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who is connected, as whom, and when last synced; everything else is behind Details.

#include "gui/card.h"
#include "gui/dashboardfacts.h"

#include <memory>

namespace wristkeep {

/// "Connected to Fitbit as 9ZXW8V".
QString connectionInWords(const DashboardFacts &facts);

namespace Ui {
class ConnectionCard;
}

class ConnectionCard : public Card
{
    Q_OBJECT
public:
    explicit ConnectionCard(QWidget *parent = nullptr);
    ~ConnectionCard() override;

    void present(const DashboardFacts &facts, const QString &participantName, qint64 nowUtc);

Q_SIGNALS:
    void detailsRequested();
    void serviceChosen(const QString &id);

private:
    void presentServices(const DashboardFacts &facts);

    std::unique_ptr<Ui::ConnectionCard> m_ui;
};

} // namespace wristkeep
