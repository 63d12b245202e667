// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stage.h"

#include "gui/card.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QDialog>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

Settings stageSettings(const Stage::Setting &setting)
{
    SettingsSources sources;
    if (setting.configured)
        sources.environment = {{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s},
                               {u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s}};
    if (setting.configured && setting.provider == "google-health"_L1) {
        sources.environment.insert(u"GOOGLE_HEALTH_CLIENT_ID"_s, u"123-abc.apps.googleusercontent.com"_s);
        sources.environment.insert(u"GOOGLE_HEALTH_CLIENT_SECRET"_s, u"GOCSPX-0123456789abcdef01234567"_s);
    }
    if (!setting.ended)
        sources.environment.insert(u"FITBIT_API_URL"_s, u"https://fitbit.example"_s);
    sources.places = {u"/home/ada/.local/share/wristkeep"_s, u"/home/ada/.config/wristkeep"_s,
                      u"/nonexistent/current"_s};
    const Result<Settings> settings = resolveSettings(sources);
    return settings ? *settings : Settings{};
}

ReportCell cell(const QString &type, QDate date, CellState state, const QString &reason = {})
{
    ReportCell result;
    result.key = {Stage::account(), type, date};
    result.state = state;
    result.reason = reason;
    return result;
}

const QDate yesterday(2026, 11, 22);

} // namespace

Stage::Stage(Setting setting)
    : clock(std::make_shared<FixedClock>(QDateTime({2026, 11, 23}, {9, 12}, Qt::UTC)))
{
    WindowOptions options;
    options.settings = stageSettings(setting);
    options.demo = setting.demo;
    options.provider = setting.provider;
    options.clock = clock;
    options.desktop.openUrl = [this](const QUrl &url) {
        openedUrls << url;
        return browserWorks;
    };
    options.desktop.startDemo = [this] { return ++demosStarted > 0; };
    auto wire = std::make_unique<WorkerLink>();
    link = wire.get();
    options.preferences = setting.preferences;
    options.logFile = setting.logFile;
    window = std::make_unique<MainWindow>(std::move(options), std::move(wire));
    reckons = [this](const SyncRequest &request) {
        PlanEstimate made = plan(2);
        made.account = request.accounts.first();
        made.first = request.first.value_or(yesterday);
        made.last = request.last.value_or(yesterday);
        if (!request.dataTypes.isEmpty())
            made.types.clear();
        for (const QString &type : request.dataTypes)
            made.types << PlanEstimate::OfType{type, 1, 1};
        return made;
    };
    QObject::connect(link, &WorkerLink::estimateRequested, window.get(), [this](const SyncRequest &request) {
        foretold << request;
        if (reckons)
            Q_EMIT link->estimated({reckons(request)});
    });
    QObject::connect(link, &WorkerLink::estimateBackfillRequested, window.get(),
                     [this](const BackfillOrder &order) {
                         if (!reckonsHistory)
                             return;
                         if (const std::optional<PlanEstimate> plan = reckonsHistory(order))
                             Q_EMIT link->backfillEstimated(*plan);
                     });
    // The day has a window part of its own; here it is a quiet place.
    QLayout *day = find<QWidget>("dayPlace")->layout();
    if (day->isEmpty())
        day->addWidget(new Card);
}

Stage::~Stage() = default;

AccountKey Stage::account()
{
    return {u"default"_s, u"fitbit"_s};
}

AccountStatus Stage::connectedStatus() const
{
    AccountStatus status;
    status.key = account();
    status.state = ConnectionState::Connected;
    status.userId = u"9ZXW8V"_s;
    status.zone = u"Europe/Berlin"_s;
    status.zoneSource = u"profile"_s;
    status.granted = {u"activity"_s, u"heartrate"_s, u"profile"_s, u"sleep"_s, u"weight"_s};
    status.quota.limit = 150;
    status.quota.left = 148;
    status.quota.resetAtUtc = now() + 48 * 60;
    status.updatedAt = u"2026-11-22 20:15:03.123456"_s;
    return status;
}

void Stage::open(const AccountStatus &status)
{
    Q_EMIT link->opened();
    Q_EMIT link->participantsRead({{account().participant, {}}});
    Q_EMIT link->statusRead({status});
}

void Stage::openNotConnected()
{
    AccountStatus status;
    status.key = account();
    open(status);
}

void Stage::openConnected()
{
    open(connectedStatus());
}

void Stage::startConnecting()
{
    press("action");
    const QString redirect = u"http://localhost:5000/fitbit/callback"_s;
    Q_EMIT link->authorizeUrlReady(
        QUrl(u"https://www.fitbit.com/oauth2/authorize?client_id=23ABCD&response_type=code&scope=activity"
             "%20heartrate&redirect_uri=http%3A%2F%2Flocalhost%3A5000%2Ffitbit%2Fcallback&state=x"_s),
        redirect);
}

void Stage::startSync(int done, int total, std::optional<int> etaSeconds)
{
    press("action");
    Q_EMIT link->progressed({done, total, etaSeconds, u"Fitbit, heart rate, 2026-11-22"_s});
}

SyncReport Stage::goodReport() const
{
    SyncReport report;
    report.run = u"r1"_s;
    report.cells = {cell(u"steps"_s, yesterday, CellState::Provisional),
                    cell(u"heartrate_1min"_s, yesterday, CellState::Provisional)};
    report.added = 1342;
    report.filesWritten = {u"/a.json"_s, u"/b.json"_s};
    return report;
}

void Stage::finishSync(const SyncReport &report)
{
    Q_EMIT link->syncFinished(report);
    AccountStatus status = connectedStatus();
    status.lastRunUtc = now() - 60;
    status.quota.left = 146;
    Q_EMIT link->statusRead({status});
}

void Stage::logSomeLines()
{
    const auto line = [this](int second, LogLevel level, const QString &type, const QString &result,
                             const QString &text, qint64 ms, qint64 bytes) {
        LogEntry entry;
        entry.timeUtc = (now() - 60 + second) * 1000;
        entry.level = level;
        entry.participant = account().participant;
        entry.provider = account().provider;
        entry.dataType = type;
        if (!type.isEmpty())
            entry.date = yesterday;
        entry.result = result;
        entry.text = text;
        entry.durationMs = ms;
        entry.bytes = bytes;
        if (ms >= 0 && !type.isEmpty())
            entry.request = u"GET https://api.fitbit.com/1/user/-/activities/steps/date/2026-11-22/1d.json"_s;
        if (level == LogLevel::Problem)
            entry.nextStep = u"Check the internet connection, then try again."_s;
        Q_EMIT link->logged(entry);
    };
    line(0, LogLevel::Info, {}, {}, u"Sync started: yesterday, 2 kinds of data"_s, -1, -1);
    line(1, LogLevel::Info, u"steps"_s, u"provisional"_s, u"1 value saved"_s, 184, 312);
    line(2, LogLevel::Warning, u"heartrate_1min"_s, {}, u"No answer; trying again in 2 seconds"_s, 30000, -1);
    line(4, LogLevel::Problem, u"heartrate_1min"_s, u"failed"_s,
         u"Could not reach Fitbit after three tries. Check the internet connection, then try again."_s, 412,
         -1);
    line(9, LogLevel::Info, u"heartrate_1min"_s, u"provisional"_s, u"1,341 values saved"_s, 873, 38412);
    line(9, LogLevel::Info, {}, {}, u"Sync ended"_s, 9120, 38724);
}

PlanEstimate Stage::plan(int requests) const
{
    PlanEstimate made;
    made.account = account();
    made.first = made.last = yesterday;
    made.types = {{u"steps"_s, requests / 2, requests / 2},
                  {u"heartrate_1min"_s, requests - requests / 2, 1}};
    made.requests = requests;
    made.cells = 2;
    made.days = requests;
    made.windows = requests > 0 ? (requests + 149) / 150 : 0;
    made.windowSeconds = 3600;
    made.leftNow = 148;
    made.resetAtUtc = now() + 48 * 60;
    made.seconds = qint64(made.windows > 1 ? (made.windows - 1) * 3600 : requests);
    made.finishUtc = now() + made.seconds;
    made.archiveBytes = qint64(requests) * 4'096;
    made.fileBytes = qint64(requests) * 12'288;
    made.rowBytes = qint64(requests) * 5'000;
    return made;
}

BackfillStatus Stage::history(BackfillState state) const
{
    BackfillStatus status;
    status.account = account();
    status.state = state;
    status.first = QDate(2016, 11, 27);
    status.last = yesterday;
    status.dataTypes = {u"steps"_s, u"heartrate_1min"_s};
    status.cellsTotal = 7'298;
    status.cellsDone = 2'431;
    status.requestsLeft = 2'418;
    status.etaSeconds = 19 * 3600 + 12 * 60;
    status.changedUtc = now() - 5;
    return status;
}

void Stage::tellHistory(const BackfillStatus &status)
{
    Q_EMIT link->backfillChanged(status);
}

void Stage::endSync(Error stopped)
{
    SyncReport report;
    report.run = u"r1"_s;
    report.stopped = std::move(stopped);
    Q_EMIT link->syncFinished(report);
}

void Stage::press(const char *button) const
{
    if (auto *found = find<QAbstractButton>(button))
        found->click();
}

QString Stage::status() const
{
    return find<QLabel>("status")->text();
}

QDialog *Stage::dialog() const
{
    const QList<QDialog *> dialogs = window->findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

QString Stage::textIn(const QWidget *parent, const char *label)
{
    const auto *found = parent->findChild<QLabel *>(QLatin1StringView(label));
    return found != nullptr ? found->text() : QString();
}

QPushButton *Stage::buttonIn(const QWidget *parent, const QString &text)
{
    const QList<QPushButton *> buttons = parent->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

QWidget *Stage::named(const QString &name) const
{
    const QList<QWidget *> widgets = window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->isVisible() && accessibleName(widget) == name)
            return widget;
    }
    return nullptr;
}

QString Stage::accessibleName(QObject *object)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(object);
    return face != nullptr ? face->text(QAccessible::Name) : QString();
}

} // namespace wristkeep
