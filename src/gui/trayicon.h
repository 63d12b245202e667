// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Wristkeep in the tray: shows how things stand and takes the few wishes a person has from there.

#include "gui/trayface.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <chrono>
#include <memory>

class QAction;
class QMenu;

namespace wristkeep {

class TrayIcon : public QObject
{
    Q_OBJECT
public:
    /// `lookEvery`: a desktop may start its tray after us, or lose it.
    explicit TrayIcon(std::chrono::milliseconds lookEvery = std::chrono::seconds(15),
                      QObject *parent = nullptr);
    ~TrayIcon() override;

    /// The desktop has a tray and the icon is in it.
    [[nodiscard]] bool available() const { return m_available; }
    void present(const TrayFace &face);
    [[nodiscard]] QMenu *menu() const { return m_menu.get(); }
    /// A message at the icon, for a desktop without a notification service.
    void showMessage(const QString &title, const QString &body);

Q_SIGNALS:
    void availableChanged(bool available);
    void openRequested();
    /// A left click: shows the window, or puts it away.
    void toggleRequested();
    void syncRequested();
    void quitRequested();
    void messageClicked();

private:
    void look();
    void onActivated(QSystemTrayIcon::ActivationReason reason);

    std::unique_ptr<QMenu> m_menu;
    QAction *m_sync = nullptr;
    QAction *m_result = nullptr;
    QSystemTrayIcon m_icon;
    QTimer m_timer;
    std::optional<TrayState> m_shown;
    bool m_available = false;
};

} // namespace wristkeep
