// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectingcard.h"

#include "ui_connectingcard.h"

#include <QClipboard>
#include <QGuiApplication>

namespace wristkeep {

ConnectingCard::ConnectingCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::ConnectingCard>())
{
    m_ui->setupUi(this);
    connect(m_ui->open, &QPushButton::clicked, this, &ConnectingCard::openRequested);
    connect(m_ui->copyLink, &QPushButton::clicked, m_ui->link,
            [this] { QGuiApplication::clipboard()->setText(m_ui->link->text()); });
    connect(m_ui->copyRedirect, &QPushButton::clicked, m_ui->redirect,
            [this] { QGuiApplication::clipboard()->setText(m_ui->redirect->text()); });
}

ConnectingCard::~ConnectingCard() = default;

void ConnectingCard::present(const DashboardFacts &facts)
{
    const QString link = QString::fromLatin1(facts.authorizeUrl.toEncoded());
    if (m_ui->link->text() != link) {
        m_ui->link->setText(link);
        m_ui->link->setCursorPosition(0);
    }
    if (m_ui->redirect->text() != facts.redirectUri) {
        m_ui->redirect->setText(facts.redirectUri);
        m_ui->redirect->setCursorPosition(0);
    }
    for (QWidget *part : {static_cast<QWidget *>(m_ui->link), static_cast<QWidget *>(m_ui->open),
                          static_cast<QWidget *>(m_ui->copyLink), static_cast<QWidget *>(m_ui->redirect),
                          static_cast<QWidget *>(m_ui->copyRedirect)})
        part->setEnabled(!link.isEmpty());
}

} // namespace wristkeep
