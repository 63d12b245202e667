// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a sync fetches, and the folder it ends up in.

#include "core/datatype.h"
#include "gui/card.h"
#include "gui/dashboardfacts.h"

#include <QList>

#include <memory>

namespace wristkeep {

namespace Ui {
class SyncedCard;
}

class SyncedCard : public Card
{
    Q_OBJECT
public:
    explicit SyncedCard(QWidget *parent = nullptr);
    ~SyncedCard() override;

    /// `types`: all of the provider's; those of the default run are shown.
    void setTypes(const QList<DataType> &types);
    void present(const DashboardFacts &facts, const QString &folder);

Q_SIGNALS:
    void openFolderRequested();

private:
    std::unique_ptr<Ui::SyncedCard> m_ui;
    QList<DataType> m_types;
};

} // namespace wristkeep
