// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboarddialogs.h"

#include "gui/dashboardmodel.h"
#include "gui/disconnectdialog.h"
#include "gui/wrongaccountdialog.h"

#include <QMessageBox>
#include <QPushButton>

namespace wristkeep {

DashboardDialogs::DashboardDialogs(DashboardModel *model, QWidget *window)
    : QObject(window), m_model(model), m_window(window)
{
}

void DashboardDialogs::askDisconnect()
{
    const DashboardFacts &facts = m_model->facts();
    auto *dialog = new DisconnectDialog(facts.provider, facts.account.participant, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DisconnectDialog::confirmed, m_model, &DashboardModel::disconnectAccount);
    dialog->open();
}

void DashboardDialogs::askWrongAccount(const WrongAccountQuestion &question)
{
    auto *dialog = new WrongAccountDialog(question, m_model->facts().provider, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, m_model,
            [this](int result) { m_model->answerWrongAccount(result == QDialog::Accepted); });
    // A sign-in that ended meanwhile needs no answer: the dialog goes without giving one.
    connect(m_model, &DashboardModel::wrongAccountSettled, dialog, &QObject::deleteLater);
    dialog->open();
}

void DashboardDialogs::showDetails()
{
    if (m_details)
        return;
    m_details = new ConnectionDetails(m_window);
    m_details->setAttribute(Qt::WA_DeleteOnClose);
    m_details->present(m_model->facts(), m_model->nowUtc());
    connect(m_model, &DashboardModel::changed, m_details,
            [this] { m_details->present(m_model->facts(), m_model->nowUtc()); });
    m_details->open();
}

void DashboardDialogs::askForPermission(const DataType &type)
{
    const QString provider = m_model->facts().provider;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Permission needed"),
                                     tr("Your permission does not cover this data yet: %1.").arg(type.title),
                                     QMessageBox::NoButton, m_window);
    question->setInformativeText(tr("Reconnect and tick it on the page of %1. Your data stays, and nothing "
                                    "else changes. Without it a sync "
                                    "notes the days as not permitted.")
                                     .arg(provider));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *reconnect = question->addButton(tr("&Reconnect"), QMessageBox::AcceptRole);
    question->setEscapeButton(question->addButton(tr("&Not now"), QMessageBox::RejectRole));
    connect(reconnect, &QPushButton::clicked, m_model, &DashboardModel::connectAccount);
    question->open();
}

} // namespace wristkeep
