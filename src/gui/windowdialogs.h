// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The windows beside the dashboard that a menu opens: settings, participants, help, About. Each is there at
// most once; opening it again brings it to the front.

#include "gui/settingsdialog.h"

#include <QObject>
#include <QPointer>

namespace wristkeep {

class AboutDialog;
class DashboardDesk;
class DashboardModel;
class HelpWindow;
class ParticipantsDialog;
class WorkerLink;

class WindowDialogs : public QObject
{
    Q_OBJECT
public:
    /// `window` is what they belong to; all given outlives this.
    WindowDialogs(SettingsFacts facts, DashboardModel *model, WorkerLink *link, DashboardDesk *desk,
                  QWidget *window);

public Q_SLOTS:
    void showSettings();
    void showParticipants();
    void showHelp();
    void showAbout();

Q_SIGNALS:
    /// What was changed counts from the next start.
    void restartRequested();

private:
    SettingsFacts m_facts;
    DashboardModel *m_model;
    WorkerLink *m_link;
    DashboardDesk *m_desk;
    QWidget *m_window;
    QPointer<SettingsDialog> m_settings;
    QPointer<ParticipantsDialog> m_participants;
    QPointer<HelpWindow> m_help;
    QPointer<AboutDialog> m_about;
};

} // namespace wristkeep
