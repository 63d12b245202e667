// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dashboard: the account's state with its one primary button, connection, sync and files on the left, the
// day on the right, the sync log in a dock. It holds no rules: it renders what SyncWorker says and emits
// requests.

#include "core/settingseditor.h"
#include "gui/autostart.h"
#include "gui/desktopactions.h"
#include "gui/workerlink.h"

#include <QMainWindow>

#include <memory>

namespace wristkeep {

class DashboardModel;
class Preferences;
class SetupPage;
struct SetupForm;
struct DashboardView;
enum class PrimaryAction : std::uint8_t;

struct WindowOptions
{
    Settings settings;
    bool demo = false;
    QString provider;                        ///< id
    std::shared_ptr<const Clock> clock = {}; ///< none: the computer's
    DesktopActions desktop = systemDesktop();
    Preferences *preferences = nullptr; ///< outlives the window; null: nothing is remembered
    QString logFile = {};               ///< absolute; empty: the sync log is not kept over restarts
    SettingsEditor editor = {};         ///< none: nothing can be saved
    Autostart autostart = {};           ///< not available: not offered
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
    [[nodiscard]] WorkerLink *link() const;

Q_SIGNALS:
    void quitRequested();
    /// Settings were changed that count from the next start.
    void restartRequested();

protected:
    void hideEvent(QHideEvent *event) override;

private:
    struct Parts;

    void buildMenus();
    void joinStripAndCards();
    [[nodiscard]] SetupPage *setupPage();
    void makeSetupPage();
    [[nodiscard]] QString setupProvider() const;
    [[nodiscard]] SetupForm setupFormFor(const QString &provider) const;
    void joinDay();
    void joinHistory();
    void joinLog();
    void joinModel();
    void rememberWindow();
    void restoreWindow();
    void refresh();
    void refreshPages(const DashboardView &view);
    void refreshMenus(const DashboardView &view);
    void onAction(PrimaryAction action);
    void onParticipantsChanged();
    void onTick();
    void countFiles();
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString participantName() const;

    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
