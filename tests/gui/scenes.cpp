// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardmodel.h"
#include "gui/logdetails.h"
#include "gui/stage.h"
#include "gui/syncchoice.h"
#include "gui/synctypesbutton.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

ReportCell cell(const QString &type, QDate date, CellState state, const QString &reason = {})
{
    ReportCell result;
    result.key = {Stage::account(), type, date};
    result.state = state;
    result.reason = reason;
    return result;
}

Error error(ErrorKind kind, const QString &detail = {})
{
    Error result;
    result.kind = kind;
    result.detail = detail;
    return result;
}

const QDate yesterday(2026, 11, 22);

} // namespace

namespace {

/// From the service that has closed to the one that goes on.
void addMove(QList<Scene> &scenes)
{
    scenes << Scene{u"40-service-ended"_s, {.ended = true}, [](Stage &stage) { stage.openConnected(); }};
    scenes << Scene{u"41-moving-over"_s, {.ended = true}, [](Stage &stage) {
                        stage.openConnected();
                        stage.press("action");
                    }};
    scenes << Scene{u"42-moved-not-connected"_s, {.provider = u"google-health"_s}, [](Stage &stage) {
                        AccountStatus before = stage.connectedStatus();
                        before.state = ConnectionState::ReconnectNeeded;
                        stage.open(before);
                    }};
}

/// How runs can end besides well.
void addEnds(QList<Scene> &scenes)
{
    scenes << Scene{u"23-offline"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(0, 2, {});
                        SyncReport report = stage.goodReport();
                        report.added = 0;
                        report.filesWritten.clear();
                        for (ReportCell &one : report.cells) {
                            one.state = CellState::Failed;
                            one.triedAndFailed = true;
                            one.error = ErrorKind::Network;
                            one.reason =
                                u"Could not reach Fitbit. Check the internet connection, then try again."_s;
                        }
                        Q_EMIT stage.link->syncFinished(report);
                    }};
    scenes << Scene{u"24-another-run"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(0, 0, {});
                        stage.endSync(error(ErrorKind::Busy));
                    }};
    scenes << Scene{
        u"25-folder-trouble"_s, {}, [](Stage &stage) {
            stage.openConnected();
            stage.startSync(1, 2, {});
            stage.endSync(error(
                ErrorKind::Storage,
                u"/home/ada/.local/share/wristkeep/fitbit_data/default cannot be written: no space left on device."_s));
        }};
    scenes << Scene{u"26-up-to-date"_s, {}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.lastRunUtc = stage.now() - 3600;
                        status.lastRunText = u"2 of 2 done."_s;
                        stage.open(status);
                    }};
    scenes << Scene{u"27-stopping"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(12, 60, 200);
                        stage.press("action");
                    }};
    scenes << Scene{u"28-disconnecting"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.window->model()->disconnectAccount(false);
                    }};
}

/// What can be chosen and looked up.
void addChoices(QList<Scene> &scenes)
{
    scenes << Scene{u"29-range"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(2, 2, {});
                        stage.finishSync(stage.goodReport());
                        stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
                    }};
    scenes << Scene{u"34-range-and-trouble"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
                        stage.startSync(1, 2, {});
                        stage.endSync(error(ErrorKind::Storage,
                                            u"/home/ada/.local/share/wristkeep/fitbit_data/default cannot be "
                                            "written: no space left on device."_s));
                    }};
    scenes << Scene{u"35-notice"_s, {true, true}, [](Stage &stage) {
                        stage.openConnected();
                        ConnectReport report;
                        report.account = Stage::account();
                        report.connected = true;
                        report.missing = {u"sleep"_s, u"weight"_s};
                        Q_EMIT stage.link->connectFinished(report);
                        Q_EMIT stage.link->statusRead({stage.connectedStatus()});
                    }};
    scenes << Scene{u"30-details"_s, {}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.missing = {u"sleep"_s};
                        status.expiresAt = double(stage.now() + 3 * 3600);
                        stage.open(status);
                        stage.find<QPushButton>("details")->click();
                    }};
    scenes << Scene{u"31-log"_s,
                    {},
                    [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QAction>("logAction")->trigger();
                        stage.startSync(2, 2, {});
                        for (int i = 0; i < 4; ++i)
                            stage.logSomeLines();
                        stage.finishSync(stage.goodReport());
                    },
                    true};
    scenes << Scene{u"32-log-empty"_s,
                    {},
                    [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QAction>("logAction")->trigger();
                    },
                    true};
    scenes << Scene{
        u"33-log-details"_s, {}, [](Stage &stage) {
            stage.openConnected();
            LogEntry entry;
            entry.timeUtc = stage.now() * 1000;
            entry.level = LogLevel::Problem;
            entry.participant = Stage::account().participant;
            entry.dataType = u"heartrate_1min"_s;
            entry.date = yesterday;
            entry.result = u"failed"_s;
            entry.text =
                u"Fitbit, heart rate, 2026-11-22: Could not reach Fitbit. Check the internet connection, then try again."_s;
            entry.nextStep = u"Check the internet connection, then try again."_s;
            entry.request =
                u"GET https://api.fitbit.com/1/user/-/activities/heart/date/2026-11-22/1d/1min.json"_s;
            entry.durationMs = 30412;
            auto *dialog = new LogDetails(entry, {{u"heartrate_1min"_s, u"Heart rate, every minute"_s}},
                                          stage.window.get());
            dialog->open();
        }};
}

AccountStatus testingStatus(const Stage &stage, qint64 left)
{
    AccountStatus status = stage.connectedStatus();
    status.refreshEndsAt = double(stage.now() + left);
    status.lastRunUtc = stage.now() - 3600;
    status.lastRunText = u"2 of 2 done."_s;
    return status;
}

/// A permission that lasts seven days only.
void addEndingPermission(QList<Scene> &scenes)
{
    constexpr qint64 day = 86'400;
    scenes << Scene{
        u"36-ends-in-days"_s, {}, [](Stage &stage) { stage.open(testingStatus(stage, 7 * day - 1)); }};
    scenes << Scene{
        u"37-ends-soon"_s, {}, [](Stage &stage) { stage.open(testingStatus(stage, 2 * day - 60)); }};
    scenes << Scene{u"38-ends-details"_s, {}, [](Stage &stage) {
                        stage.open(testingStatus(stage, 7 * day - 1));
                        stage.find<QPushButton>("details")->click();
                    }};
    scenes << Scene{
        u"39-wrong-earlier-account"_s, {}, [](Stage &stage) {
            stage.openNotConnected();
            stage.startConnecting();
            Q_EMIT stage.link->wrongAccount(
                {Stage::account(), u"2515055256096816351"_s, u"7ABCDE"_s, {}, u"Fitbit"_s, u"9ZXW8V"_s});
        }};
}

} // namespace

QList<Scene> allScenes()
{
    QList<Scene> scenes;
    scenes << Scene{u"01-not-set-up"_s, {false, false}, [](Stage &stage) {
                        AccountStatus status;
                        status.key = Stage::account();
                        status.state = ConnectionState::NotConfigured;
                        stage.open(status);
                    }};
    scenes << Scene{u"02-starting"_s, {}, [](Stage &) {}};
    scenes << Scene{u"03-not-connected"_s, {}, [](Stage &stage) { stage.openNotConnected(); }};
    scenes << Scene{u"04-connecting"_s, {}, [](Stage &stage) {
                        stage.openNotConnected();
                        stage.startConnecting();
                    }};
    scenes << Scene{u"05-no-browser"_s, {}, [](Stage &stage) {
                        stage.openNotConnected();
                        stage.browserWorks = false;
                        stage.startConnecting();
                    }};
    scenes << Scene{u"06-denied"_s, {}, [](Stage &stage) {
                        stage.openNotConnected();
                        stage.startConnecting();
                        ConnectReport report;
                        report.account = Stage::account();
                        report.error = error(ErrorKind::ConsentDenied);
                        Q_EMIT stage.link->connectFinished(report);
                    }};
    scenes << Scene{u"07-connected"_s, {}, [](Stage &stage) { stage.openConnected(); }};
    scenes << Scene{u"08-syncing"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(12, 60, 34);
                        stage.logSomeLines();
                    }};
    scenes << Scene{u"09-done"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(2, 2, {});
                        stage.logSomeLines();
                        stage.finishSync(stage.goodReport());
                    }};
    scenes << Scene{u"10-partly"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(2, 2, {});
                        stage.logSomeLines();
                        SyncReport report = stage.goodReport();
                        report.cells[1] =
                            cell(u"heartrate_1min"_s, yesterday, CellState::Failed,
                                 u"Could not reach Fitbit. Check the internet connection, then try again."_s);
                        stage.finishSync(report);
                    }};
    scenes << Scene{u"11-not-permitted"_s, {}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.granted = {u"activity"_s, u"profile"_s};
                        status.missing = {u"heartrate"_s, u"sleep"_s, u"weight"_s};
                        stage.open(status);
                        stage.startSync(2, 2, {});
                        SyncReport report = stage.goodReport();
                        report.cells[1] =
                            cell(u"heartrate_1min"_s, yesterday, CellState::NotPermitted,
                                 u"No permission for heart rate (scope heartrate). Reconnect to grant it."_s);
                        Q_EMIT stage.link->syncFinished(report);
                    }};
    scenes << Scene{u"43-permission-question"_s, {}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.granted = QStringList{u"activity"_s, u"profile"_s};
                        stage.open(status);
                        stage.find<SyncTypesButton>("types")->menu()->actions().last()->trigger();
                    }};
    scenes << Scene{u"12-no-data"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(2, 2, {});
                        SyncReport report = stage.goodReport();
                        for (ReportCell &one : report.cells)
                            one.state = CellState::Empty;
                        stage.finishSync(report);
                    }};
    scenes << Scene{u"13-quota"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(1, 2, {});
                        SyncReport report = stage.goodReport();
                        report.cells[1].state.reset();
                        report.cells[1].waitsForQuota = true;
                        report.nextAtUtc = stage.now() + 23 * 60 - 19;
                        Q_EMIT stage.link->syncFinished(report);
                        AccountStatus status = stage.connectedStatus();
                        status.lastRunUtc = stage.now();
                        status.quota.left = 0;
                        status.quota.exhausted = true;
                        status.quota.resetAtUtc = report.nextAtUtc;
                        Q_EMIT stage.link->statusRead({status});
                    }};
    scenes << Scene{u"14-reconnect"_s, {}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.state = ConnectionState::ReconnectNeeded;
                        status.lastRunUtc = stage.now() - 86400;
                        status.lastRunText = u"2 of 2 synced."_s;
                        stage.open(status);
                    }};
    scenes << Scene{u"15-service-gone"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(0, 2, {});
                        SyncReport report = stage.goodReport();
                        for (ReportCell &one : report.cells) {
                            one.state = CellState::Failed;
                            one.triedAndFailed = true;
                        }
                        report.stopped = error(ErrorKind::ServiceGone);
                        Q_EMIT stage.link->syncFinished(report);
                    }};
    scenes << Scene{
        u"16-storage-trouble"_s, {}, [](Stage &stage) {
            Q_EMIT stage.link->openFailed(error(
                ErrorKind::Storage,
                u"/home/ada/.local/share/wristkeep/fitbit_singleuser.db cannot be opened: it is not a database."_s));
        }};
    scenes << Scene{u"17-demo"_s, {true, true}, [](Stage &stage) {
                        stage.openConnected();
                        stage.startSync(2, 2, {});
                        stage.logSomeLines();
                        stage.finishSync(stage.goodReport());
                    }};
    scenes << Scene{
        u"18-several"_s, {}, [](Stage &stage) {
            stage.openConnected();
            Q_EMIT stage.link->participantsRead(
                {{u"default"_s, u"A participant with quite a long name indeed"_s}, {u"p02"_s, {}}});
            stage.logSomeLines();
        }};
    scenes << Scene{u"19-disconnect-question"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QAction>("disconnectAction")->trigger();
                    }};
    scenes << Scene{
        u"20-wrong-account"_s, {}, [](Stage &stage) {
            stage.openNotConnected();
            stage.startConnecting();
            Q_EMIT stage.link->wrongAccount({Stage::account(), u"9ZXW8V"_s, u"7ABCDE"_s, {}, {}, {}});
        }};
    scenes << Scene{u"21-help"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QAction>("helpAction")->trigger();
                    }};
    scenes << Scene{u"22-about"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.find<QAction>("aboutAction")->trigger();
                    }};
    addEnds(scenes);
    addChoices(scenes);
    addEndingPermission(scenes);
    addMove(scenes);
    scenes << historyScenes();
    return scenes;
}

} // namespace wristkeep
