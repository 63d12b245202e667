// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is behind Details: user id, permissions, zone, how old the access is and when it is renewed, requests
// left. Follows the facts while it is open.

#include "gui/dashboardfacts.h"

#include <QDialog>

#include <memory>

namespace wristkeep {

namespace Ui {
class ConnectionDetails;
}

class ConnectionDetails : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectionDetails(QWidget *parent = nullptr);
    ~ConnectionDetails() override;

    void present(const DashboardFacts &facts, qint64 nowUtc);

private:
    std::unique_ptr<Ui::ConnectionDetails> m_ui;
};

} // namespace wristkeep
