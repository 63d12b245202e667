// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowdialogs.h"

#include "gui/aboutdialog.h"
#include "gui/dashboarddesk.h"
#include "gui/dashboardmodel.h"
#include "gui/helpwindow.h"
#include "gui/participantsdialog.h"

#include <utility>

namespace wristkeep {

namespace {

void bringUp(QWidget *dialog)
{
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace

WindowDialogs::WindowDialogs(SettingsFacts facts, DashboardModel *model, WorkerLink *link,
                             DashboardDesk *desk, QWidget *window)
    : QObject(window), m_facts(std::move(facts)), m_model(model), m_link(link), m_desk(desk), m_window(window)
{
}

void WindowDialogs::showSettings()
{
    if (!m_settings) {
        m_settings = new SettingsDialog(m_facts, m_window);
        m_settings->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_settings, &SettingsDialog::restartRequested, this, &WindowDialogs::restartRequested);
    }
    bringUp(m_settings);
}

void WindowDialogs::showParticipants()
{
    if (!m_participants) {
        auto *dialog = new ParticipantsDialog(m_model->facts().provider, m_window);
        m_participants = dialog;
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        const auto present = [this, dialog] { dialog->setParticipants(m_model->participants()); };
        present();
        connect(m_model, &DashboardModel::participantsChanged, dialog, present);
        connect(dialog, &ParticipantsDialog::addRequested, m_link, &WorkerLink::addParticipantRequested);
        connect(dialog, &ParticipantsDialog::renameRequested, m_link,
                &WorkerLink::renameParticipantRequested);
        connect(dialog, &ParticipantsDialog::removeRequested, m_link,
                &WorkerLink::removeParticipantRequested);
        connect(m_link, &WorkerLink::participantAdded, dialog,
                [dialog](const QString &id) { dialog->presentDone(tr("%1 was added.").arg(id)); });
        connect(m_link, &WorkerLink::participantRenamed, dialog,
                [dialog](const QString &id) { dialog->presentDone(tr("%1 has its new name.").arg(id)); });
        connect(m_link, &WorkerLink::participantRemoved, dialog,
                [dialog](const QString &id, const QString &warning) {
                    dialog->presentDone(warning.isEmpty() ? tr("%1 was removed; files and data stay.").arg(id)
                                                          : warning);
                });
        connect(m_link, &WorkerLink::participantFailed, dialog, &ParticipantsDialog::presentError);
    }
    bringUp(m_participants);
}

void WindowDialogs::showHelp()
{
    if (!m_help) {
        m_help = new HelpWindow(helpSections(m_facts.settings), m_window);
        m_help->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_help, &HelpWindow::linkActivated, m_desk, &DashboardDesk::openLink);
    }
    bringUp(m_help);
}

void WindowDialogs::showAbout()
{
    if (!m_about) {
        m_about = new AboutDialog(m_window);
        m_about->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_about, &AboutDialog::linkActivated, m_desk, &DashboardDesk::openLink);
    }
    bringUp(m_about);
}

} // namespace wristkeep
