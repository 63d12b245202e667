// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A main window on a stage: the test plays the worker and the desktop, and time stands still.

#include "core/clock.h"
#include "gui/mainwindow.h"

#include <QList>

#include <functional>
#include <memory>

class QDialog;
class QPushButton;

namespace wristkeep {

class Stage
{
public:
    struct Setting
    {
        bool configured = true;
        bool demo = false;
        Preferences *preferences = nullptr;
        QString logFile = {};
        QString provider = QStringLiteral("fitbit");
        bool ended = false; ///< Fitbit's service is the real one, which has closed
    };

    Stage() : Stage(Setting{}) {}
    explicit Stage(Setting setting);
    ~Stage();

    std::shared_ptr<FixedClock> clock;
    WorkerLink *link = nullptr; ///< owned by the window
    std::unique_ptr<MainWindow> window;
    QList<QUrl> openedUrls;
    bool browserWorks = true;
    int demosStarted = 0;
    /// Plays the worker's reckoning; what is asked for is kept in `foretold`.
    std::function<PlanEstimate(const SyncRequest &)> reckons;
    /// None: it does not answer.
    std::function<std::optional<PlanEstimate>(const BackfillOrder &)> reckonsHistory;
    QList<SyncRequest> foretold;

    [[nodiscard]] qint64 now() const { return clock->nowUtc(); }
    [[nodiscard]] static AccountKey account();
    /// A connected account with all permissions that has never been synced.
    [[nodiscard]] AccountStatus connectedStatus() const;

    /// Plays the worker: opened, one participant, this status.
    void open(const AccountStatus &status);
    void openNotConnected();
    void openConnected();
    void startConnecting();
    void startSync(int done, int total, std::optional<int> etaSeconds);
    /// Both default types for yesterday, all well.
    [[nodiscard]] SyncReport goodReport() const;
    void finishSync(const SyncReport &report);
    /// A run that was stopped before it had any cell.
    void endSync(Error stopped);
    void logSomeLines();
    /// A plan of so many requests for the usual data of yesterday.
    [[nodiscard]] PlanEstimate plan(int requests) const;
    /// Ten years of the usual data, a third of it done.
    [[nodiscard]] BackfillStatus history(BackfillState state) const;
    void tellHistory(const BackfillStatus &status);

    /// The visible widget of that object name; the test fails to compile its next line without it.
    template<typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return window->findChild<Widget *>(QLatin1StringView(name));
    }
    void press(const char *button) const;
    /// The words of the state: "Status: Connected".
    [[nodiscard]] QString status() const;
    /// The dialog that is shown, if any.
    [[nodiscard]] QDialog *dialog() const;
    /// A text inside one card or dialog.
    [[nodiscard]] static QString textIn(const QWidget *parent, const char *label);
    [[nodiscard]] static QPushButton *buttonIn(const QWidget *parent, const QString &text);
    /// What is to be seen under that name; null: nothing.
    [[nodiscard]] QWidget *named(const QString &accessibleName) const;
    /// What a screen reader says.
    [[nodiscard]] static QString accessibleName(QObject *object);
};

/// A state worth a picture.
struct Scene
{
    QString name;
    Stage::Setting setting;
    std::function<void(Stage &)> play;
    bool roomy = false; ///< needs more than the small window
};

QList<Scene> allScenes();
/// Of these, the ones about estimates and backfills.
QList<Scene> historyScenes();

} // namespace wristkeep
