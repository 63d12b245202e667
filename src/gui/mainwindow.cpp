// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mainwindow.h"

#include "core/clock.h"
#include "gui/backfilldesk.h"
#include "gui/dashboarddesk.h"
#include "gui/dashboarddialogs.h"
#include "gui/dashboardmodel.h"
#include "gui/dashboardstart.h"
#include "gui/dashboardview.h"
#include "gui/daypane.h"
#include "gui/estimatedesk.h"
#include "gui/foldercounter.h"
#include "gui/preferences.h"
#include "gui/setuppage.h"
#include "gui/synclogmodel.h"
#include "gui/windowdialogs.h"
#include "sync/dayqueries.h"
#include "sync/logkeeper.h"
#include "ui_mainwindow.h"

#include <QDir>
#include <QLayout>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// "Last sync: today, 09:12" ages even when nothing happens.
constexpr std::chrono::milliseconds ageing{20'000};
constexpr std::chrono::milliseconds counting{1'000};

/// Of earlier sessions; more would only fill the memory of whoever never looks that far back.
constexpr qsizetype earlierLines = 20'000;

std::unique_ptr<WorkerLink> linkTo(SyncWorker *worker)
{
    auto link = std::make_unique<WorkerLink>();
    link->attach(worker);
    return link;
}

} // namespace

struct MainWindow::Parts
{
    Parts(WindowOptions given, std::unique_ptr<WorkerLink> wire, MainWindow *window)
        : options(std::move(given)), link(std::move(wire)),
          model(firstFacts(options.settings, options.provider, options.demo), link.get(),
                options.clock ? options.clock : std::make_shared<const SystemClock>()),
          log(dataTitles()), keeper(options.logFile),
          desk(new DashboardDesk(options.desktop, &model, window)),
          dialogs(new DashboardDialogs(&model, window)),
          history(new BackfillDesk(&model, link.get(), window)), estimates(&model, link.get()),
          beside(new WindowDialogs(
              {options.settings, options.demo, options.editor, options.preferences, options.autostart},
              &model, link.get(), desk, window))
    {
        if (!options.settings.databaseFile.isEmpty())
            days = std::make_unique<DayQueries>(options.settings.databaseFile);
    }

    WindowOptions options;
    std::unique_ptr<WorkerLink> link;
    DashboardModel model;
    SyncLogModel log;
    LogKeeper keeper;
    FolderCounter counter;
    QTimer clock;
    Ui::MainWindow ui;
    SetupPage *setup = nullptr; ///< made when it is first shown
    QString setupShown;         ///< the provider it speaks of
    DashboardDesk *desk;
    DashboardDialogs *dialogs;
    BackfillDesk *history;
    EstimateDesk estimates;
    WindowDialogs *beside;
    std::unique_ptr<DayQueries> days; ///< none: there is no database to ask
};

MainWindow::MainWindow(WindowOptions options, SyncWorker *worker, QWidget *parent)
    : MainWindow(std::move(options), linkTo(worker), parent)
{
}

MainWindow::MainWindow(WindowOptions options, std::unique_ptr<WorkerLink> link, QWidget *parent)
    : QMainWindow(parent), m_parts(std::make_unique<Parts>(std::move(options), std::move(link), this))
{
    m_parts->ui.setupUi(this);
    setWindowIcon(QIcon(u":/icons/wristkeep.svg"_s));
    setWindowTitle(m_parts->options.demo ? tr("Wristkeep: Demo") : tr("Wristkeep"));
    buildMenus();
    joinStripAndCards();
    joinDay();
    joinHistory();
    joinLog();
    joinModel();

    const QStringList &warnings = m_parts->options.settings.warnings;
    if (!warnings.isEmpty())
        m_parts->model.notify(
            {Tone::Attention, tr("Something in the configuration was skipped"), warnings.join(u'\n'), {}});
    refresh();
    // Parts hidden before the first show do not tell the layouts further up, which would keep room for them.
    const QList<QLayout *> layouts = findChildren<QLayout *>();
    for (QLayout *one : layouts)
        one->invalidate();
    restoreWindow();
}

MainWindow::~MainWindow()
{
    if (isVisible())
        rememberWindow();
}

DashboardModel *MainWindow::model() const
{
    return &m_parts->model;
}

WorkerLink *MainWindow::link() const
{
    return m_parts->link.get();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    rememberWindow();
    QMainWindow::hideEvent(event);
}

void MainWindow::rememberWindow()
{
    if (m_parts->options.preferences != nullptr)
        m_parts->options.preferences->setWindow(saveGeometry(), saveState());
}

void MainWindow::restoreWindow()
{
    resize(900, 600);
    // At this size the day needs the room; whoever opens the log finds it open the next time.
    m_parts->ui.logDock->hide();
    if (const Preferences *preferences = m_parts->options.preferences) {
        restoreGeometry(preferences->windowGeometry());
        restoreState(preferences->windowState());
    }
}

void MainWindow::buildMenus()
{
    Ui::MainWindow &ui = m_parts->ui;
    ui.syncAction->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    connect(ui.openFolderAction, &QAction::triggered, this, [this] { m_parts->desk->openFolder(folder()); });
    connect(ui.settingsAction, &QAction::triggered, m_parts->beside, &WindowDialogs::showSettings);
    connect(ui.quitAction, &QAction::triggered, this, &MainWindow::quitRequested);
    connect(ui.syncAction, &QAction::triggered, this, [this] { onAction(PrimaryAction::SyncNow); });
    connect(ui.connectAction, &QAction::triggered, &m_parts->model, &DashboardModel::connectAccount);
    connect(ui.disconnectAction, &QAction::triggered, m_parts->dialogs, &DashboardDialogs::askDisconnect);
    connect(ui.participantsAction, &QAction::triggered, m_parts->beside, &WindowDialogs::showParticipants);
    connect(ui.helpAction, &QAction::triggered, m_parts->beside, &WindowDialogs::showHelp);
    connect(ui.aboutAction, &QAction::triggered, m_parts->beside, &WindowDialogs::showAbout);
    connect(m_parts->beside, &WindowDialogs::restartRequested, this, &MainWindow::restartRequested);

    QAction *log = ui.logDock->toggleViewAction();
    log->setObjectName(u"logAction"_s);
    log->setText(tr("Sync &log"));
    log->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    ui.viewMenu->addAction(log);
    connect(log, &QAction::toggled, ui.sync, &SyncCard::presentLogShown);
    connect(ui.sync, &SyncCard::logRequested, ui.logDock, &QDockWidget::setVisible);
}

void MainWindow::joinStripAndCards()
{
    Ui::MainWindow &ui = m_parts->ui;
    DashboardModel *model = &m_parts->model;
    ui.sync->setTypes(catalogueEntry(m_parts->options.provider).types);
    connect(ui.strip, &StatusStrip::actionRequested, this, &MainWindow::onAction);
    connect(ui.strip, &StatusStrip::participantChosen, model, &DashboardModel::chooseParticipant);
    connect(ui.strip, &StatusStrip::manageRequested, m_parts->beside, &WindowDialogs::showParticipants);
    connect(ui.banner, &NoticeBanner::dismissed, model, &DashboardModel::dismissNotice);
    connect(ui.connection, &ConnectionCard::detailsRequested, m_parts->dialogs,
            &DashboardDialogs::showDetails);
    connect(ui.connection, &ConnectionCard::serviceChosen, model, &DashboardModel::chooseService);
    connect(model, &DashboardModel::serviceChanged, this,
            [this](const QString &id) { m_parts->ui.sync->setTypes(catalogueEntry(id).types); });
    connect(ui.sync, &SyncCard::permissionMissing, m_parts->dialogs, &DashboardDialogs::askForPermission);
    connect(ui.sync, &SyncCard::cancelRequested, model, &DashboardModel::cancel);
    connect(ui.files, &FilesCard::openFolderRequested, this, [this] { m_parts->desk->openFolder(folder()); });
    connect(ui.connecting, &ConnectingCard::openRequested, this,
            [this] { m_parts->desk->openBrowser(m_parts->model.facts().authorizeUrl); });
    connect(&m_parts->counter, &FolderCounter::counted, ui.files, &FilesCard::presentContent);
}

SetupPage *MainWindow::setupPage()
{
    // Most starts never show it, and its texts cost a tenth of the time to the first picture.
    if (m_parts->setup == nullptr)
        makeSetupPage();
    const QString provider = setupProvider();
    if (m_parts->setupShown != provider) {
        m_parts->setupShown = provider;
        m_parts->setup->present(setupFormFor(provider), m_parts->options.editor);
    }
    return m_parts->setup;
}

void MainWindow::makeSetupPage()
{
    auto *setup = new SetupPage;
    m_parts->setup = setup;
    setup->setObjectName(u"setup"_s);
    m_parts->ui.pages->addWidget(setup);
    WorkerLink *link = m_parts->link.get();
    connect(setup, &SetupPage::linkActivated, m_parts->desk, &DashboardDesk::openLink);
    connect(setup, &SetupPage::redirectTestRequested, link, &WorkerLink::checkRedirectRequested);
    connect(link, &WorkerLink::redirectChecked, setup, &SetupPage::presentRedirectVerdict);
    connect(setup, &SetupPage::saved, this, &MainWindow::restartRequested);
}

QString MainWindow::setupProvider() const
{
    const QString &provider = m_parts->model.facts().account.provider;
    const std::optional<CatalogueEntry> next = successorOf(provider);
    return m_parts->model.facts().movingOver && next ? next->provider : provider;
}

SetupForm MainWindow::setupFormFor(const QString &provider) const
{
    const QString key = u"WRISTKEEP_PROVIDER"_s;
    SetupForm form = setupForm(provider, m_parts->options.settings);
    const SettingValue chosen = m_parts->options.settings.values.value(key);
    if (provider == m_parts->options.provider || chosen.origin == SettingOrigin::Default)
        return form;
    if (isFixedOutside(chosen))
        m_parts->model.notify({Tone::Attention,
                               tr("%1 is not chosen yet").arg(form.provider),
                               tr("%1 says %2. %3").arg(key, chosen.value, fixedOutsideText(chosen)),
                               {}});
    else
        form.also.insert(key, provider);
    return form;
}

void MainWindow::joinDay()
{
    auto *day = new DayPane;
    DashboardModel *model = &m_parts->model;
    m_parts->ui.dayColumn->addWidget(day);
    day->setToday(model->today());
    day->setAccount(model->facts().account);
    connect(model, &DashboardModel::todayChanged, day, &DayPane::setToday);
    connect(model, &DashboardModel::accountChanged, day, &DayPane::setAccount);
    connect(model, &DashboardModel::runEnded, day, &DayPane::reload);
    connect(day, &DayPane::daysKnown, model, &DashboardModel::noteDays);
    connect(day, &DayPane::syncDayRequested, model, [model](QDate date) {
        SyncRequest wish;
        wish.first = wish.last = date;
        wish.askSettledAgain = true;
        model->sync(wish);
    });
    // Asked only once the data is open: before, there may be no file, or one of an older form.
    day->presentWaiting();
    const WorkerLink *link = m_parts->link.get();
    connect(link, &WorkerLink::opened, day, [this, day] { day->setQueries(m_parts->days.get()); });
    connect(link, &WorkerLink::openFailed, day, &DayPane::presentWaiting);
}

void MainWindow::joinHistory()
{
    Ui::MainWindow &ui = m_parts->ui;
    BackfillDesk *history = m_parts->history;
    history->setCard(ui.backfill);
    const auto ask = [this] {
        m_parts->history->askToBegin(m_parts->ui.sync->types(), m_parts->ui.sync->data());
    };
    connect(ui.sync, &SyncCard::historyRequested, this, ask);
    connect(ui.historyAction, &QAction::triggered, this, ask);
    connect(history, &BackfillDesk::changed, this, &MainWindow::refresh);
    connect(history, &BackfillDesk::keptMore, this, &MainWindow::countFiles);
    connect(history, &BackfillDesk::keptMore, findChild<DayPane *>(), &DayPane::reload);
    connect(history, &BackfillDesk::keptMore, &m_parts->estimates, &EstimateDesk::renew);
    m_parts->estimates.setCard(ui.sync);
}

void MainWindow::joinLog()
{
    LogPanel *panel = m_parts->ui.log;
    LogKeeper *keeper = &m_parts->keeper;
    panel->setModel(&m_parts->log);
    connect(m_parts->link.get(), &WorkerLink::logged, &m_parts->log, &SyncLogModel::collect);
    connect(m_parts->link.get(), &WorkerLink::logged, keeper, &LogKeeper::keep);
    // Whoever never opens the log does not pay for its past.
    connect(panel, &LogPanel::firstShown, this, [this, keeper] {
        keeper->readEarlier(earlierLines, this, [this](const Result<QList<LogEntry>> &entries) {
            if (entries)
                m_parts->log.prepend(*entries);
            else
                m_parts->model.notifyError(entries.error());
        });
    });
    connect(panel, &LogPanel::saveRequested, this,
            [this, keeper](const QString &path, const std::function<QByteArray()> &text) {
                keeper->saveAs(path, text, this, [this](const Result<bool> &saved) {
                    if (!saved)
                        m_parts->model.notifyError(saved.error());
                });
            });
    connect(keeper, &LogKeeper::writingFailed, &m_parts->model, &DashboardModel::notifyError);
}

void MainWindow::joinModel()
{
    DashboardModel *model = &m_parts->model;
    connect(model, &DashboardModel::changed, this, &MainWindow::refresh);
    connect(model, &DashboardModel::participantsChanged, this, &MainWindow::onParticipantsChanged);
    connect(model, &DashboardModel::browserWanted, m_parts->desk, &DashboardDesk::openBrowser);
    connect(model, &DashboardModel::wrongAccountAsked, m_parts->dialogs, &DashboardDialogs::askWrongAccount);
    connect(model, &DashboardModel::runEnded, this, &MainWindow::countFiles);
    connect(model, &DashboardModel::accountChanged, this, &MainWindow::countFiles);
    connect(m_parts->link.get(), &WorkerLink::opened, this, &MainWindow::countFiles);
    connect(&m_parts->clock, &QTimer::timeout, this, &MainWindow::onTick);
    m_parts->clock.start(ageing);
}

void MainWindow::refresh()
{
    Ui::MainWindow &ui = m_parts->ui;
    const DashboardFacts &facts = m_parts->model.facts();
    const qint64 now = m_parts->model.nowUtc();
    const DashboardView view = dashboardView(facts, now);
    ui.strip->present(view, facts.demo);
    ui.connection->present(facts, participantName(), now);
    ui.files->presentFolder(folder());
    ui.sync->present(facts, view.maySync, now, m_parts->model.today());
    ui.connecting->present(facts);
    ui.banner->present(facts.notice);
    refreshPages(view);
    refreshMenus(view);
    m_parts->history->present(!view.showsSetup && !view.showsConnecting);
    m_parts->estimates.present(view.maySync);
    const auto pace = view.countsDown || m_parts->history->countsDown() ? counting : ageing;
    if (m_parts->clock.intervalAsDuration() != pace)
        m_parts->clock.setInterval(pace);
}

void MainWindow::refreshPages(const DashboardView &view)
{
    Ui::MainWindow &ui = m_parts->ui;
    ui.left->setVisible(!view.showsSetup);
    ui.pages->setCurrentWidget(view.showsSetup        ? static_cast<QWidget *>(setupPage())
                               : view.showsConnecting ? ui.connectingPlace
                                                      : ui.dayPlace);
}

void MainWindow::refreshMenus(const DashboardView &view)
{
    Ui::MainWindow &ui = m_parts->ui;
    ui.syncAction->setEnabled(view.maySync);
    ui.historyAction->setEnabled(view.maySync);
    ui.connectAction->setEnabled(view.mayConnect);
    ui.disconnectAction->setEnabled(view.mayDisconnect);
    ui.participantsAction->setEnabled(view.mayChoose);
}

void MainWindow::onAction(PrimaryAction action)
{
    DashboardModel &model = m_parts->model;
    switch (action) {
    case PrimaryAction::None:
        break;
    case PrimaryAction::OpenAgain:
        model.openAgain();
        break;
    case PrimaryAction::TryDemo:
        m_parts->desk->startDemo();
        break;
    case PrimaryAction::Connect:
    case PrimaryAction::Reconnect:
        model.connectAccount();
        break;
    case PrimaryAction::SyncNow:
        model.sync(m_parts->ui.sync->wish());
        break;
    case PrimaryAction::OpenSettings:
        m_parts->beside->showSettings();
        break;
    case PrimaryAction::MoveOver:
        model.moveOver(true);
        break;
    case PrimaryAction::StayHere:
        model.moveOver(false);
        break;
    case PrimaryAction::CancelConnect:
    case PrimaryAction::CancelSync:
        model.cancel();
        break;
    }
}

void MainWindow::onParticipantsChanged()
{
    const QList<ParticipantEntry> &participants = m_parts->model.participants();
    m_parts->ui.strip->presentParticipants(participants, m_parts->model.facts().account.participant);
    m_parts->ui.log->setSeveralParticipants(participants.size() > 1);
}

void MainWindow::onTick()
{
    m_parts->model.lookAtTheClock();
    if (isVisible())
        refresh();
}

void MainWindow::countFiles()
{
    m_parts->counter.count(folder());
}

QString MainWindow::folder() const
{
    return QDir(m_parts->options.settings.dataDir(m_parts->model.facts().account.provider))
        .filePath(participantFolder(m_parts->model.facts().account.participant));
}

QString MainWindow::participantName() const
{
    const QString id = m_parts->model.facts().account.participant;
    for (const ParticipantEntry &entry : m_parts->model.participants()) {
        if (entry.id == id && !entry.name.isEmpty())
            return entry.name;
    }
    // "default" is a name for files; a person alone needs none.
    return id == defaultParticipant() ? tr("Connection") : id;
}

} // namespace wristkeep
