// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dashboard's ways to the desktop: links, the browser, folders, the demo. What did not open is told in
// the banner.

#include "gui/desktopactions.h"

#include <QObject>

namespace wristkeep {

class DashboardModel;

class DashboardDesk : public QObject
{
    Q_OBJECT
public:
    DashboardDesk(DesktopActions actions, DashboardModel *model, QObject *parent = nullptr);

public Q_SLOTS:
    void openLink(const QUrl &url);
    void openBrowser(const QUrl &url);
    /// Or the nearest folder above that is there.
    void openFolder(const QString &folder);
    void startDemo();

private:
    DesktopActions m_actions;
    DashboardModel *m_model;
};

} // namespace wristkeep
