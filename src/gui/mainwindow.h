// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dashboard: shows the account's state with its one primary button, progress, and the sync log.
// It holds no rules: it renders what SyncWorker says and emits requests.

#include "gui/desktopactions.h"
#include "gui/workerlink.h"

#include <QMainWindow>

#include <memory>

namespace wristkeep {

class DashboardModel;
struct DashboardView;
enum class PrimaryAction : std::uint8_t;

struct WindowOptions
{
    Settings settings;
    bool demo = false;
    QString provider;                        ///< id
    std::shared_ptr<const Clock> clock = {}; ///< none: the computer's
    DesktopActions desktop = systemDesktop();
};

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `worker` lives on another thread; only queued signals and slots are used. Whoever makes the worker
    /// also tells it to open(), after this window is there to hear the answer.
    MainWindow(WindowOptions options, SyncWorker *worker, QWidget *parent = nullptr);
    /// The same over a bare link, which a test plays.
    MainWindow(WindowOptions options, std::unique_ptr<WorkerLink> link, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What the window shows; for whoever acts beside it: tray, schedule, notifications.
    [[nodiscard]] DashboardModel *model() const;

private:
    struct Parts;

    void buildMenus();
    void joinCards();
    void refresh();
    void showTask(bool connecting);
    void refreshMenus(const DashboardView &view);
    void onAction(PrimaryAction action);
    void onParticipantsChanged();
    void openLink(const QUrl &url);
    void openBrowser(const QUrl &url);
    void openFolder();
    void askDisconnect();
    void askWrongAccount(const WrongAccountQuestion &question);
    void showHelp();
    void showAbout();
    void startDemo();
    [[nodiscard]] QString folder() const;

    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
