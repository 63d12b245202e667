// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mainwindow.h"

#include "core/clock.h"
#include "gui/dashboardmodel.h"
#include "gui/dashboardview.h"
#include "gui/disconnectdialog.h"
#include "gui/helpwindow.h"
#include "gui/synclogmodel.h"
#include "gui/wrongaccountdialog.h"
#include "sync/catalogue.h"
#include "ui_mainwindow.h"

#include <QDir>
#include <QLayout>
#include <QMessageBox>
#include <QPointer>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// "Last sync: today, 09:12" and countdowns age even when nothing happens.
constexpr std::chrono::seconds ageing{20};

CatalogueEntry catalogueEntry(const QString &provider)
{
    Result<CatalogueEntry> found = findCatalogueEntry(provider);
    return found ? *found : CatalogueEntry{provider, provider, {}};
}

DataTitles titlesOf(const CatalogueEntry &entry)
{
    DataTitles titles;
    for (const DataType &type : entry.types)
        titles.insert(type.id, type.title);
    return titles;
}

DashboardFacts firstFacts(const WindowOptions &options, const CatalogueEntry &entry)
{
    DashboardFacts facts;
    facts.account.provider = options.provider;
    facts.provider = entry.title;
    facts.demo = options.demo;
    facts.configured = options.demo || options.settings.hasCredentials(options.provider);
    return facts;
}

std::unique_ptr<WorkerLink> linkTo(SyncWorker *worker)
{
    auto link = std::make_unique<WorkerLink>();
    link->attach(worker);
    return link;
}

} // namespace

struct MainWindow::Parts
{
    Parts(WindowOptions given, std::unique_ptr<WorkerLink> wire)
        : options(std::move(given)), entry(catalogueEntry(options.provider)), link(std::move(wire)),
          model(firstFacts(options, entry), link.get(),
                options.clock ? options.clock : std::make_shared<const SystemClock>()),
          log(titlesOf(entry))
    {
    }

    WindowOptions options;
    CatalogueEntry entry;
    std::unique_ptr<WorkerLink> link;
    DashboardModel model;
    SyncLogModel log;
    QTimer clock;
    Ui::MainWindow ui;
    QPointer<HelpWindow> help;
};

MainWindow::MainWindow(WindowOptions options, SyncWorker *worker, QWidget *parent)
    : MainWindow(std::move(options), linkTo(worker), parent)
{
}

MainWindow::MainWindow(WindowOptions options, std::unique_ptr<WorkerLink> link, QWidget *parent)
    : QMainWindow(parent), m_parts(std::make_unique<Parts>(std::move(options), std::move(link)))
{
    m_parts->ui.setupUi(this);
    setWindowIcon(QIcon(u":/icons/wristkeep.svg"_s));
    setWindowTitle(m_parts->options.demo ? tr("Wristkeep: Demo") : tr("Wristkeep"));
    buildMenus();
    joinCards();

    DashboardModel *model = &m_parts->model;
    connect(model, &DashboardModel::changed, this, &MainWindow::refresh);
    connect(model, &DashboardModel::participantsChanged, this, &MainWindow::onParticipantsChanged);
    connect(model, &DashboardModel::browserWanted, this, &MainWindow::openBrowser);
    connect(model, &DashboardModel::wrongAccountAsked, this, &MainWindow::askWrongAccount);
    connect(m_parts->link.get(), &WorkerLink::logged, &m_parts->log, &SyncLogModel::append);
    connect(&m_parts->clock, &QTimer::timeout, this, &MainWindow::refresh);
    m_parts->clock.start(ageing);

    const QStringList &warnings = m_parts->options.settings.warnings;
    if (!warnings.isEmpty())
        model->notify(
            {Tone::Attention, tr("Something in the configuration was skipped"), warnings.join(u'\n'), {}});
    refresh();
    // Parts hidden before the first show do not tell the layouts further up, which would keep room for them.
    const QList<QLayout *> layouts = findChildren<QLayout *>();
    for (QLayout *one : layouts)
        one->invalidate();
    resize(900, 600);
}

MainWindow::~MainWindow() = default;

DashboardModel *MainWindow::model() const
{
    return &m_parts->model;
}

void MainWindow::buildMenus()
{
    Ui::MainWindow &ui = m_parts->ui;
    DashboardModel *model = &m_parts->model;
    connect(ui.openFolderAction, &QAction::triggered, this, &MainWindow::openFolder);
    connect(ui.quitAction, &QAction::triggered, this, &QWidget::close);
    connect(ui.syncAction, &QAction::triggered, this, [this] { onAction(PrimaryAction::SyncNow); });
    connect(ui.connectAction, &QAction::triggered, model, &DashboardModel::connectAccount);
    connect(ui.disconnectAction, &QAction::triggered, this, &MainWindow::askDisconnect);
    connect(ui.helpAction, &QAction::triggered, this, &MainWindow::showHelp);
    connect(ui.aboutAction, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::joinCards()
{
    Ui::MainWindow &ui = m_parts->ui;
    DashboardModel *model = &m_parts->model;
    ui.synced->setTypes(m_parts->entry.types);
    ui.sync->setTitles(titlesOf(m_parts->entry));
    ui.log->setModel(&m_parts->log);
    ui.setup->present(setupForm(m_parts->options.provider, m_parts->options.settings), {});
    connect(ui.strip, &StatusStrip::actionRequested, this, &MainWindow::onAction);
    connect(ui.strip, &StatusStrip::participantChosen, model, &DashboardModel::chooseParticipant);
    connect(ui.banner, &NoticeBanner::dismissed, model, &DashboardModel::dismissNotice);
    connect(ui.synced, &SyncedCard::openFolderRequested, this, &MainWindow::openFolder);
    connect(ui.connecting, &ConnectingCard::openRequested, this,
            [this] { openBrowser(m_parts->model.facts().authorizeUrl); });
    connect(ui.setup, &SetupPage::linkActivated, this, &MainWindow::openLink);
}

void MainWindow::refresh()
{
    Ui::MainWindow &ui = m_parts->ui;
    const DashboardFacts &facts = m_parts->model.facts();
    const qint64 now = m_parts->model.nowUtc();
    const DashboardView view = dashboardView(facts, now);
    ui.strip->present(view, facts.demo);
    ui.connection->present(facts, now);
    ui.synced->present(facts, folder());
    ui.sync->present(facts, view.maySync, now, m_parts->model.today());
    ui.connecting->present(facts);
    showTask(view.showsConnecting);
    ui.banner->present(facts.notice);
    ui.pages->setCurrentWidget(view.showsSetup ? static_cast<QWidget *>(ui.setup) : ui.dashboard);
    refreshMenus(view);
}

void MainWindow::showTask(bool connecting)
{
    Ui::MainWindow &ui = m_parts->ui;
    const QList<QWidget *> dayCards{ui.sync, ui.synced};
    // What goes goes first: all cards at once would make the window grow for good.
    if (!connecting)
        ui.connecting->hide();
    for (QWidget *card : dayCards)
        card->setVisible(!connecting);
    if (connecting)
        ui.connecting->show();
}

void MainWindow::refreshMenus(const DashboardView &view)
{
    Ui::MainWindow &ui = m_parts->ui;
    ui.syncAction->setEnabled(view.maySync);
    ui.connectAction->setEnabled(view.mayConnect);
    ui.disconnectAction->setEnabled(view.mayDisconnect);
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
        startDemo();
        break;
    case PrimaryAction::Connect:
    case PrimaryAction::Reconnect:
        model.connectAccount();
        break;
    case PrimaryAction::SyncNow:
        model.sync(m_parts->ui.sync->chosenDay());
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

void MainWindow::openLink(const QUrl &url)
{
    if (!m_parts->options.desktop.openUrl(url))
        m_parts->model.notify({Tone::Attention,
                               tr("No program opened"),
                               tr("This computer has no program for %1.").arg(url.toDisplayString()),
                               {}});
}

void MainWindow::openBrowser(const QUrl &url)
{
    if (!m_parts->options.desktop.openUrl(url))
        m_parts->model.notify({Tone::Attention, tr("No browser opened"),
                               tr("This computer did not start a browser by itself."),
                               tr("Copy the link below and open it in any browser on this computer.")});
}

void MainWindow::openFolder()
{
    // Before the first sync the participant's own folder is not there yet.
    QDir place(folder());
    while (!place.exists() && !place.isRoot())
        place.setPath(QFileInfo(place.path()).path());
    openLink(QUrl::fromLocalFile(place.path()));
}

void MainWindow::askDisconnect()
{
    const DashboardFacts &facts = m_parts->model.facts();
    auto *dialog = new DisconnectDialog(facts.provider, facts.account.participant, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DisconnectDialog::confirmed, &m_parts->model, &DashboardModel::disconnectAccount);
    dialog->open();
}

void MainWindow::askWrongAccount(const WrongAccountQuestion &question)
{
    auto *dialog = new WrongAccountDialog(question, m_parts->model.facts().provider, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, &m_parts->model,
            [this](int result) { m_parts->model.answerWrongAccount(result == QDialog::Accepted); });
    // A sign-in that ended meanwhile needs no answer: the dialog goes without giving one.
    connect(&m_parts->model, &DashboardModel::wrongAccountSettled, dialog, &QObject::deleteLater);
    dialog->open();
}

void MainWindow::showHelp()
{
    if (!m_parts->help) {
        m_parts->help = new HelpWindow(helpSections(m_parts->options.settings), this);
        m_parts->help->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_parts->help, &HelpWindow::linkActivated, this, &MainWindow::openLink);
    }
    m_parts->help->show();
    m_parts->help->raise();
    m_parts->help->activateWindow();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Wristkeep"), {}, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("Wristkeep %1").arg(QString::fromLatin1(WRISTKEEP_VERSION)));
    box->setInformativeText(tr("Keeps your Fitbit data on your own computer.\n\n"
                               "Free software under the GNU General Public License, version 3 or later. "
                               "Built with Qt %1.")
                                .arg(QString::fromLatin1(qVersion())));
    box->open();
}

void MainWindow::startDemo()
{
    if (!m_parts->options.desktop.startDemo())
        m_parts->model.notify({Tone::Problem, tr("The demo did not start"),
                               tr("A second Wristkeep could not be started."),
                               tr("Start it in a terminal: wristkeep --demo")});
}

QString MainWindow::folder() const
{
    return QDir(m_parts->options.settings.dataDir(m_parts->options.provider))
        .filePath(participantFolder(m_parts->model.facts().account.participant));
}

} // namespace wristkeep
