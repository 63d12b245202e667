// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboarddesk.h"

#include "gui/dashboardmodel.h"

#include <QDir>

namespace wristkeep {

DashboardDesk::DashboardDesk(DesktopActions actions, DashboardModel *model, QObject *parent)
    : QObject(parent), m_actions(std::move(actions)), m_model(model)
{
}

void DashboardDesk::openLink(const QUrl &url)
{
    if (!m_actions.openUrl(url))
        m_model->notify({Tone::Attention,
                         tr("No program opened"),
                         tr("This computer has no program for %1.").arg(url.toDisplayString()),
                         {}});
}

void DashboardDesk::openBrowser(const QUrl &url)
{
    if (!m_actions.openUrl(url))
        m_model->notify({Tone::Attention, tr("No browser opened"),
                         tr("This computer did not start a browser by itself."),
                         tr("Copy the link below and open it in any browser on this computer.")});
}

void DashboardDesk::openFolder(const QString &folder)
{
    // Before the first sync the participant's own folder is not there yet.
    QDir place(folder);
    while (!place.exists() && !place.isRoot())
        place.setPath(QFileInfo(place.path()).path());
    openLink(QUrl::fromLocalFile(place.path()));
}

void DashboardDesk::startDemo()
{
    if (!m_actions.startDemo())
        m_model->notify({Tone::Problem, tr("The demo did not start"),
                         tr("A second Wristkeep could not be started."),
                         tr("Start it in a terminal: wristkeep --demo")});
}

} // namespace wristkeep
