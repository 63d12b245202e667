// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/syncedcard.h"

#include "ui_syncedcard.h"

#include <QDir>

namespace wristkeep {

SyncedCard::SyncedCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::SyncedCard>())
{
    m_ui->setupUi(this);
    connect(m_ui->openFolder, &QPushButton::clicked, this, &SyncedCard::openFolderRequested);
}

SyncedCard::~SyncedCard() = default;

void SyncedCard::setTypes(const QList<DataType> &types)
{
    m_types = types;
}

void SyncedCard::present(const DashboardFacts &facts, const QString &folder)
{
    const bool connected = facts.status && facts.status->state == ConnectionState::Connected;
    QStringList lines;
    for (const DataType &type : std::as_const(m_types)) {
        if (!type.inDefaultRun)
            continue;
        const bool allowed = !connected || type.scope.isEmpty() || facts.status->granted.contains(type.scope);
        lines << (allowed ? tr("• %1").arg(type.title) : tr("• %1 (not allowed)").arg(type.title));
    }
    m_ui->types->setText(lines.join(QLatin1Char('\n')));
    m_ui->types->setVisible(!lines.isEmpty());
    m_ui->folder->setFullText(QDir::toNativeSeparators(folder));
}

} // namespace wristkeep
