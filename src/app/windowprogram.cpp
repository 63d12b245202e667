// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowprogram.h"

#include "app/autostartentry.h"
#include "app/notifier.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "gui/dashboardmodel.h"
#include "gui/mainwindow.h"
#include "gui/trayicon.h"
#include "gui/windowkeeper.h"
#include "sync/networkprobe.h"
#include "sync/scheduler.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <chrono>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// Closing is quick; a worker that does not answer must not keep a closed program alive.
constexpr std::chrono::seconds longestClosing{5};
/// "Last sync: today, 09:12" and countdowns age even when nothing happens.
constexpr std::chrono::seconds ageing{60};
constexpr std::chrono::seconds patienceWithNetwork{10};
/// A window on another workspace may never be painted.
constexpr std::chrono::milliseconds longestFirstPicture{500};

QList<QUrl> servicesOf(const QList<AccountKey> &accounts, const Settings &settings)
{
    QList<QUrl> services;
    for (const AccountKey &account : accounts) {
        const QUrl url =
            settings.url(account.provider == "fitbit"_L1 ? "FITBIT_API_URL" : "GOOGLE_HEALTH_API_URL");
        if (!services.contains(url))
            services << url;
    }
    return services;
}

WorkerOptions workerOptions(const WindowProgramOptions &options)
{
    WorkerOptions made;
    made.settings = options.settings;
    made.clock = options.clock;
    made.secrets = options.secrets;
    made.demo = options.arguments.demo;
    return made;
}

/// A database of the earlier program lies among that program's files, where ours would only puzzle.
QString logFile(const Settings &settings, bool demo)
{
    const QDir place = demo ? QFileInfo(settings.databaseFile).absoluteDir()
                            : QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    return place.absoluteFilePath(u"sync-log.jsonl"_s);
}

WindowOptions windowOptions(const WindowProgramOptions &options, Preferences *preferences)
{
    WindowOptions made;
    made.preferences = preferences;
    made.logFile = logFile(options.settings, options.arguments.demo);
    made.editor = options.editor;
    made.autostart = autostartOf(options.arguments);
    made.settings = options.settings;
    made.demo = options.arguments.demo;
    made.provider = options.settings.provider;
    made.clock = options.clock;
    return made;
}

} // namespace

QString preferencesFile(const Settings &settings, bool demo)
{
    const QFileInfo neighbour(demo ? settings.databaseFile : settings.settingsFile);
    return neighbour.absoluteDir().absoluteFilePath(u"window.ini"_s);
}

Autostart autostartOf(const WindowArguments &arguments)
{
    if (arguments.demo)
        return {};
    QStringList command{QCoreApplication::applicationFilePath(), u"--tray"_s};
    if (!arguments.envFile.isEmpty())
        command << u"--env-file"_s << QFileInfo(arguments.envFile).absoluteFilePath();
    const auto entry = std::make_shared<AutostartEntry>(
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation), command);
    return {[entry] { return entry->isOn(); }, [entry](bool on) { return entry->setOn(on); }, true};
}

WindowProgram::WindowProgram(WindowProgramOptions options, QObject *parent)
    : QObject(parent), m_options(std::move(options)),
      m_preferences(preferencesFile(m_options.settings, m_options.arguments.demo))
{
    auto worker = std::make_unique<SyncWorker>(workerOptions(m_options));
    m_worker = worker.get();
    m_thread = std::make_unique<ThreadHolder>(u"sync"_s, std::move(worker));
    m_link.attach(m_worker);
    m_appearance.apply(m_preferences.appearance());
    m_window = std::make_unique<MainWindow>(windowOptions(m_options, &m_preferences), m_worker);
    m_keeper = std::make_unique<WindowKeeper>(m_window.get());
    m_tray = std::make_unique<TrayIcon>();
    m_notifier = std::make_unique<Notifier>([this](const Notification &one) { tellWithoutService(one); });

    joinTray();
    joinSchedule();
    joinNotifications();
    joinHistories();
    connect(&m_preferences, &Preferences::changed, this, &WindowProgram::applyPreferences);
    applyPreferences();

    connect(m_keeper.get(), &WindowKeeper::hidden, this, &WindowProgram::onHidden);
    connect(m_keeper.get(), &WindowKeeper::quitting, this, &WindowProgram::onQuitting);
    connect(m_worker, &SyncWorker::closed, this, &WindowProgram::ended, Qt::QueuedConnection);
    // Quit means it, wherever closing would only hide the window.
    connect(m_window.get(), &MainWindow::quitRequested, m_keeper.get(), &WindowKeeper::quit);
    connect(m_window.get(), &MainWindow::restartRequested, this, [this] {
        Q_EMIT restartWanted();
        quit();
    });
}

WindowProgram::~WindowProgram() = default;

void WindowProgram::start()
{
    m_keeper->start(m_options.arguments.tray);
    m_scheduler->begin();
    // Reading the database takes the processor from the first picture; a window nobody sees has none.
    m_opening.setSingleShot(true);
    connect(&m_opening, &QTimer::timeout, m_worker, &SyncWorker::open);
    const bool isSeen = m_window->isVisible() && !m_window->isMinimized();
    m_opening.start(isSeen ? longestFirstPicture : std::chrono::milliseconds(0));
    if (isSeen)
        m_window->installEventFilter(this);
}

bool WindowProgram::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && watched == m_window.get()) {
        watched->removeEventFilter(this);
        if (m_opening.isActive())
            m_opening.start(0);
    }
    return QObject::eventFilter(watched, event);
}

void WindowProgram::open(const QByteArray &token)
{
    // The Wayland plug-in takes it from there at the next activation, and removes it.
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token);
    m_keeper->open();
}

void WindowProgram::quit()
{
    m_keeper->quit();
}

void WindowProgram::joinTray()
{
    WindowKeeper *keeper = m_keeper.get();
    connect(m_tray.get(), &TrayIcon::openRequested, keeper, &WindowKeeper::open);
    connect(m_tray.get(), &TrayIcon::toggleRequested, keeper, &WindowKeeper::toggle);
    connect(m_tray.get(), &TrayIcon::messageClicked, keeper, &WindowKeeper::open);
    connect(m_tray.get(), &TrayIcon::quitRequested, keeper, &WindowKeeper::quit);
    connect(m_tray.get(), &TrayIcon::availableChanged, keeper, &WindowKeeper::setTray);
    keeper->setTray(m_tray->available());
    DashboardModel *model = m_window->model();
    connect(m_tray.get(), &TrayIcon::syncRequested, model, [model] { model->sync(SyncRequest()); });
    connect(model, &DashboardModel::changed, this, &WindowProgram::present);
    connect(&m_ageing, &QTimer::timeout, this, &WindowProgram::present);
    m_ageing.start(ageing);
}

void WindowProgram::joinSchedule()
{
    SchedulerTools tools;
    tools.clock = m_options.clock;
    tools.probe = [settings = m_options.settings](const QList<AccountKey> &accounts, QObject *context,
                                                  std::function<void(bool)> answered) {
        probeNetwork(servicesOf(accounts, settings), patienceWithNetwork, context, std::move(answered));
    };
    tools.lastBegan = [this] { return m_preferences.lastScheduledUtc(); };
    tools.keepBegan = [this](qint64 utc) { m_preferences.setLastScheduledUtc(utc); };
    m_scheduler = std::make_unique<Scheduler>(std::move(tools));
    connect(&m_link, &WorkerLink::statusRead, m_scheduler.get(), &Scheduler::setAccounts);
    connect(m_scheduler.get(), &Scheduler::runWanted, m_window->model(), &DashboardModel::run);
    connect(m_worker, &SyncWorker::opened, m_worker, &SyncWorker::readBackfills);
    connect(m_worker, &SyncWorker::backfillsRead, m_scheduler.get(), &Scheduler::setBackfills,
            Qt::QueuedConnection);
    connect(m_worker, &SyncWorker::backfillChanged, m_scheduler.get(), &Scheduler::setBackfill,
            Qt::QueuedConnection);
    connect(m_scheduler.get(), &Scheduler::backfillWanted, m_worker, &SyncWorker::wakeBackfills,
            Qt::QueuedConnection);
    present();
}

void WindowProgram::joinNotifications()
{
    connect(&m_link, &WorkerLink::statusRead, this, [this](const QList<AccountStatus> &accounts) {
        m_accounts = accounts;
        tellOfAccounts();
    });
    connect(&m_ageing, &QTimer::timeout, this, &WindowProgram::tellOfAccounts);
    connect(&m_link, &WorkerLink::syncFinished, this,
            [this](const SyncReport &report) { tell(m_attention.hear(report, watched())); });
    connect(&m_link, &WorkerLink::opened, this,
            [this] { tell(m_attention.hear(std::optional<Error>(), watched())); });
    connect(&m_link, &WorkerLink::openFailed, this,
            [this](const Error &error) { tell(m_attention.hear(std::optional<Error>(error), watched())); });
    connect(m_notifier.get(), &Notifier::activated, m_keeper.get(), &WindowKeeper::open);
}

void WindowProgram::joinHistories()
{
    connect(&m_link, &WorkerLink::backfillsRead, this, [this](const QList<BackfillStatus> &histories) {
        m_histories.clear();
        for (const BackfillStatus &history : histories)
            m_histories.insert(history.account, history);
        tell(m_attention.hear(histories, watched()));
        present();
    });
    connect(&m_link, &WorkerLink::backfillChanged, this, [this](const BackfillStatus &history) {
        m_histories.insert(history.account, history);
        tell(m_attention.hear(history, watched()));
        present();
    });
    // The histories of somebody who is gone are nobody's concern any more.
    connect(&m_link, &WorkerLink::participantRemoved, &m_link, &WorkerLink::backfillsRequested);
}

void WindowProgram::present()
{
    if (!m_tray)
        return;
    const DashboardModel *model = m_window->model();
    const DashboardFacts &facts = model->facts();
    m_tray->present(trayFace(facts, m_histories.values(), model->nowUtc()));
    m_scheduler->setBusy(facts.store != StoreState::Open || facts.syncing || facts.connecting ||
                         facts.disconnecting);
}

void WindowProgram::tellOfAccounts()
{
    tell(m_attention.hear(m_accounts, m_window->model()->nowUtc(), watched()));
}

void WindowProgram::applyPreferences()
{
    m_appearance.apply(m_preferences.appearance());
    m_scheduler->setHours(m_preferences.scheduleHours());
    m_keeper->setSchedule(m_preferences.scheduleHours() > 0);
}

void WindowProgram::onHidden()
{
    if (m_preferences.toldAboutTray())
        return;
    m_preferences.setToldAboutTray(true);
    m_notifier->notify({tr("Wristkeep stays in the tray"),
                        tr("Closing the window does not end it. To end it, choose Quit in the menu of its "
                           "icon, or in the File menu of the window.")});
}

void WindowProgram::onQuitting()
{
    Q_EMIT ending();
    m_opening.stop();
    m_scheduler->setHours(0);
    // What stays on the screen while the rest is put in order looks like a program that hangs.
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows)
        window->hide();
    // Later: we may be inside the signal of its Quit.
    m_tray.release()->deleteLater();
    QMetaObject::invokeMethod(m_worker, &SyncWorker::close, Qt::QueuedConnection);
    QTimer::singleShot(longestClosing, this, &WindowProgram::ended);
}

void WindowProgram::tell(const std::optional<Notification> &notification)
{
    if (notification)
        m_notifier->notify(*notification);
}

void WindowProgram::tellWithoutService(const Notification &notification)
{
    if (m_tray && m_tray->available())
        m_tray->showMessage(notification.title, notification.body);
    else
        QApplication::alert(m_window.get());
}

bool WindowProgram::watched() const
{
    return QApplication::activeWindow() != nullptr;
}

} // namespace wristkeep
