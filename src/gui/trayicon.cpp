// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/trayicon.h"

#include <QMenu>

namespace wristkeep {

TrayIcon::TrayIcon(std::chrono::milliseconds lookEvery, QObject *parent)
    : QObject(parent), m_menu(std::make_unique<QMenu>())
{
    const QAction *open = m_menu->addAction(tr("&Open"));
    m_menu->setDefaultAction(m_menu->actions().first());
    m_sync = m_menu->addAction(tr("&Sync now"));
    m_sync->setEnabled(false);
    m_menu->addSeparator();
    m_result = m_menu->addAction(QString());
    m_result->setEnabled(false);
    m_menu->addSeparator();
    const QAction *quit = m_menu->addAction(tr("&Quit"));
    connect(open, &QAction::triggered, this, &TrayIcon::openRequested);
    connect(m_sync, &QAction::triggered, this, &TrayIcon::syncRequested);
    connect(quit, &QAction::triggered, this, &TrayIcon::quitRequested);

    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, &TrayIcon::onActivated);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::messageClicked);
    present({});
    connect(&m_timer, &QTimer::timeout, this, &TrayIcon::look);
    m_timer.start(lookEvery);
    look();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::present(const TrayFace &face)
{
    if (m_shown != face.state) {
        m_shown = face.state;
        m_icon.setIcon(trayPicture(face.state));
    }
    m_icon.setToolTip(face.tooltip);
    m_sync->setEnabled(face.maySync);
    m_result->setVisible(!face.result.isEmpty());
    m_result->setText(face.result);
}

void TrayIcon::showMessage(const QString &title, const QString &body)
{
    if (m_available)
        m_icon.showMessage(title, body, m_icon.icon());
}

void TrayIcon::look()
{
    const bool available = QSystemTrayIcon::isSystemTrayAvailable();
    if (available == m_available)
        return;
    m_available = available;
    // Shown anew each time: an icon shown to a tray that is gone does not find the next one by itself.
    m_icon.setVisible(available);
    Q_EMIT availableChanged(available);
}

void TrayIcon::onActivated(QSystemTrayIcon::ActivationReason reason)
{
    // A double click has told its first click already.
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT toggleRequested();
}

} // namespace wristkeep
