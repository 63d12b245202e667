// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectioncard.h"

#include "gui/wording.h"
#include "ui_connectioncard.h"

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qsizetype longestIdShown = 10; ///< Fitbit's ids have six characters, Google's nineteen digits

} // namespace

ConnectionCard::ConnectionCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::ConnectionCard>())
{
    m_ui->setupUi(this);
    m_ui->service->hide();
    connect(m_ui->service, &QComboBox::activated, this,
            [this](int index) { Q_EMIT serviceChosen(m_ui->service->itemData(index).toString()); });
    connect(m_ui->details, &QPushButton::clicked, this, &ConnectionCard::detailsRequested);
}

ConnectionCard::~ConnectionCard() = default;

void ConnectionCard::present(const DashboardFacts &facts, const QString &participantName, qint64 nowUtc)
{
    const std::optional<AccountStatus> &status = facts.status;
    if (m_ui->participant->text() != participantName)
        m_ui->participant->setFullText(participantName);
    presentServices(facts);
    m_ui->line->setText(connectionInWords(facts));
    QString lastRun;
    if (status)
        lastRun = status->lastRunUtc ? tr("Last sync: %1").arg(instantInWords(*status->lastRunUtc, nowUtc))
                                     : tr("Never synced");
    if (m_ui->lastRun->text() != lastRun)
        m_ui->lastRun->setFullText(lastRun);
    const bool ends = status && status->state == ConnectionState::Connected && status->refreshEndsAt;
    m_ui->permissionEnd->setVisible(ends);
    if (ends)
        m_ui->permissionEnd->setFullText(permissionEndInWords(*status->refreshEndsAt, nowUtc));
    m_ui->details->setEnabled(status.has_value());
}

void ConnectionCard::presentServices(const DashboardFacts &facts)
{
    const QList<ServiceFacts> services = servicesOf(facts);
    QComboBox *box = m_ui->service;
    const auto shows = [box](const ServiceFacts &service) { return box->findData(service.id) >= 0; };
    if (box->count() != services.size() || !std::all_of(services.begin(), services.end(), shows)) {
        box->clear();
        for (const ServiceFacts &service : services)
            box->addItem(service.title, service.id);
    }
    box->setCurrentIndex(box->findData(facts.account.provider));
    // With one there is nothing to choose; the line below names it.
    box->setVisible(services.size() > 1);
    box->setEnabled(!facts.connecting && !facts.syncing && !facts.disconnecting);
}

QString connectionInWords(const DashboardFacts &facts)
{
    if (facts.store == StoreState::Failed)
        return ConnectionCard::tr("Not available");
    if (!facts.status)
        return ConnectionCard::tr("Opening…");
    const QString provider = facts.provider;
    switch (facts.status->state) {
    case ConnectionState::Connected:
    case ConnectionState::Disconnecting:
        // A long one would take a second line; Details has it.
        return facts.status->userId.isEmpty() || facts.status->userId.size() > longestIdShown
                   ? ConnectionCard::tr("Connected to %1").arg(provider)
                   : ConnectionCard::tr("Connected to %1 as %2").arg(provider, facts.status->userId);
    case ConnectionState::ReconnectNeeded:
        return ConnectionCard::tr("%1 wants a new sign-in").arg(provider);
    case ConnectionState::Connecting:
        return ConnectionCard::tr("Connecting to %1").arg(provider);
    case ConnectionState::NotConfigured:
    case ConnectionState::NotConnected:
        break;
    }
    return ConnectionCard::tr("Not connected to %1").arg(provider);
}

} // namespace wristkeep
