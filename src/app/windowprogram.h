// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window program, put together: worker, window, tray, schedule, notifications; and its end in order.

#include "app/threadholder.h"
#include "app/windowarguments.h"
#include "core/settings.h"
#include "core/settingseditor.h"
#include "gui/appearance.h"
#include "gui/attention.h"
#include "gui/autostart.h"
#include "gui/preferences.h"
#include "gui/workerlink.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace wristkeep {

class Clock;
class MainWindow;
class Notifier;
class Scheduler;
class SecretRegister;
class TrayIcon;
class WindowKeeper;

struct WindowProgramOptions
{
    Settings settings;
    WindowArguments arguments;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<SecretRegister> secrets;
    SettingsEditor editor;
};

/// Where the window's own choices are kept: beside the settings; the demo's beside its database.
QString preferencesFile(const Settings &settings, bool demo);

/// "Start at login" for this program with these arguments.
Autostart autostartOf(const WindowArguments &arguments);

class WindowProgram : public QObject
{
    Q_OBJECT
public:
    explicit WindowProgram(WindowProgramOptions options, QObject *parent = nullptr);
    ~WindowProgram() override;

    /// Shows the window, or puts it out of the way as the arguments say, and opens the data.
    void start();

public Q_SLOTS:
    /// Brings the window to the front; `token` lets a Wayland desktop allow it.
    void open(const QByteArray &token);
    void quit();

Q_SIGNALS:
    /// The person has ended it; what is under way is being put in order.
    void ending();
    void ended();
    /// The program is to begin anew once it has ended.
    void restartWanted();

protected:
    /// Sees the window's first picture.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void joinTray();
    void joinSchedule();
    void joinNotifications();
    void present();
    void tellOfAccounts();
    void joinHistories();
    void applyPreferences();
    void onHidden();
    void onQuitting();
    void tell(const std::optional<Notification> &notification);
    void tellWithoutService(const Notification &notification);
    [[nodiscard]] bool watched() const;

    WindowProgramOptions m_options;
    Preferences m_preferences;
    AppearanceSwitch m_appearance;
    WorkerLink m_link; ///< hears the worker beside the window
    SyncWorker *m_worker = nullptr;
    std::unique_ptr<ThreadHolder> m_thread;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowKeeper> m_keeper;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<Scheduler> m_scheduler;
    std::unique_ptr<Notifier> m_notifier;
    Attention m_attention;
    QList<AccountStatus> m_accounts; ///< as last read: they change by getting older, too
    QHash<AccountKey, BackfillStatus> m_histories;
    QTimer m_ageing;
    QTimer m_opening; ///< until the data is opened
};

} // namespace wristkeep
