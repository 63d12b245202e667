// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stage.h"
#include "gui/syncchoice.h"

#include <QAction>
#include <QComboBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// A job as the worker tells of it in that state.
BackfillStatus jobIn(const Stage &stage, BackfillState state)
{
    BackfillStatus status = stage.history(state);
    switch (state) {
    case BackfillState::WaitingForQuota:
        status.nextWakeUtc = stage.now() + 22 * 60 + 41;
        status.reason = u"Fitbit takes no more requests for now: this hour's limit is used up."_s;
        break;
    case BackfillState::WaitingForNetwork:
        status.nextWakeUtc = stage.now() + 4 * 60;
        status.reason = u"Could not reach Fitbit. Check the internet connection, then try again."_s;
        break;
    case BackfillState::WaitingForService:
        status.nextWakeUtc = stage.now() + 3600;
        status.reason = u"Fitbit has a problem of its own at the moment. Try again later; nothing here needs "
                        "changing."_s;
        break;
    case BackfillState::WaitingForRetry:
        status.nextWakeUtc = stage.now() + 86'400;
        status.requestsLeft = 0;
        status.cellsDone = status.cellsTotal - 12;
        status.reason = u"12 days of data failed lately; they are tried again later."_s;
        break;
    case BackfillState::NeedsPerson:
        status.problem = ErrorKind::TokenRefused;
        status.reason = u"Fitbit no longer accepts the permission given to this program. Reconnect. The data "
                        "kept so far stays."_s;
        break;
    case BackfillState::Done:
        status.cellsDone = status.cellsTotal;
        status.requestsLeft = 0;
        break;
    default:
        break;
    }
    return status;
}

Scene sceneOf(const QString &name, BackfillState state)
{
    return {name, {}, [state](Stage &stage) {
                stage.openConnected();
                stage.tellHistory(jobIn(stage, state));
            }};
}

PlanEstimate tenYears(const Stage &stage, const BackfillOrder &order)
{
    PlanEstimate plan = stage.plan(3'650);
    plan.account = order.account;
    plan.first = order.first.value_or(QDate(2016, 11, 27));
    plan.seconds = 28 * 3600;
    plan.finishUtc = stage.now() + plan.seconds;
    plan.windows = 29;
    if (order.account.provider == "google-health"_L1) {
        plan.windows = 16;
        plan.windowSeconds = 60;
        plan.seconds = 15 * 60 + 13;
        plan.finishUtc = stage.now() + plan.seconds;
    }
    return plan;
}

void addEstimates(QList<Scene> &scenes)
{
    scenes << Scene{u"60-nothing-to-ask"_s, {}, [](Stage &stage) {
                        stage.reckons = [&stage](const SyncRequest &) { return stage.plan(0); };
                        stage.openConnected();
                    }};
    scenes << Scene{u"66-not-to-be-told"_s, {}, [](Stage &stage) {
                        stage.reckons = nullptr;
                        stage.openConnected();
                        Error error;
                        error.kind = ErrorKind::Storage;
                        error.detail = u"/home/ada/.local/share/wristkeep/fitbit_singleuser.db cannot be "
                                       "read: input/output error."_s;
                        Q_EMIT stage.link->estimateFailed(stage.foretold.last(), error);
                    }};
    scenes << Scene{u"61-a-long-range"_s, {}, [](Stage &stage) {
                        stage.reckons = [&stage](const SyncRequest &request) {
                            PlanEstimate plan = stage.plan(1'204);
                            plan.first = request.first.value_or(plan.first);
                            return plan;
                        };
                        stage.openConnected();
                        stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
                        stage.startSync(2, 2, {});
                        stage.finishSync(stage.goodReport());
                    }};
    scenes << Scene{u"62-long-range-and-trouble"_s, {}, [](Stage &stage) {
                        stage.reckons = [&stage](const SyncRequest &) { return stage.plan(1'204); };
                        stage.openConnected();
                        stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
                        stage.startSync(1, 2, {});
                        Error error;
                        error.kind = ErrorKind::ProjectRefused;
                        error.detail = u"The Google Health API is not switched on in the project this client "
                                       "ID belongs to, or was switched on minutes ago."_s;
                        error.nextStep = u"Enable it in the Cloud Console, wait a little, then sync again."_s;
                        stage.endSync(error);
                    }};
    scenes << Scene{u"63-all-history"_s, {}, [](Stage &stage) {
                        stage.reckonsHistory = [&stage](const BackfillOrder &order) {
                            return tenYears(stage, order);
                        };
                        stage.openConnected();
                        stage.press("history");
                    }};
    scenes << Scene{u"64-all-history-unknown"_s, {.provider = u"google-health"_s}, [](Stage &stage) {
                        AccountStatus status = stage.connectedStatus();
                        status.key.provider = u"google-health"_s;
                        stage.reckonsHistory = [&stage](const BackfillOrder &order) {
                            PlanEstimate nothing;
                            nothing.account = order.account;
                            return order.first ? tenYears(stage, order) : nothing;
                        };
                        stage.open(status);
                        stage.press("history");
                    }};
    scenes << Scene{u"65-all-history-again"_s, {}, [](Stage &stage) {
                        stage.reckonsHistory = [&stage](const BackfillOrder &order) {
                            PlanEstimate plan = tenYears(stage, order);
                            plan.notPermitted = 3'650;
                            plan.seconds = 12 * 86'400 + 5 * 3'600; // of more kinds of data
                            plan.finishUtc = stage.now() + plan.seconds;
                            return plan;
                        };
                        stage.openConnected();
                        stage.tellHistory(stage.history(BackfillState::Paused));
                        stage.press("history");
                    }};
}

} // namespace

QList<Scene> historyScenes()
{
    QList<Scene> scenes;
    addEstimates(scenes);
    scenes << sceneOf(u"70-history-running"_s, BackfillState::Running)
           << sceneOf(u"71-history-interrupted"_s, BackfillState::Interrupted)
           << sceneOf(u"72-history-quota"_s, BackfillState::WaitingForQuota)
           << sceneOf(u"73-history-network"_s, BackfillState::WaitingForNetwork)
           << sceneOf(u"74-history-service"_s, BackfillState::WaitingForService)
           << sceneOf(u"75-history-retry"_s, BackfillState::WaitingForRetry)
           << sceneOf(u"76-history-paused"_s, BackfillState::Paused)
           << sceneOf(u"77-history-needs-person"_s, BackfillState::NeedsPerson)
           << sceneOf(u"78-history-done"_s, BackfillState::Done)
           << sceneOf(u"79-history-cancelled"_s, BackfillState::Cancelled);
    scenes << Scene{u"80-history-begins"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        BackfillStatus status = stage.history(BackfillState::Running);
                        status.cellsTotal = status.cellsDone = status.requestsLeft = 0;
                        status.etaSeconds.reset();
                        stage.tellHistory(status);
                    }};
    scenes << Scene{u"81-history-and-sync"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.tellHistory(stage.history(BackfillState::Running));
                        stage.startSync(12, 60, 34);
                    }};
    scenes << Scene{u"82-history-with-gaps"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        BackfillStatus status = jobIn(stage, BackfillState::Done);
                        status.reason = u"12 days of data could not be fetched; a sync of these days tries "
                                        "again."_s;
                        stage.tellHistory(status);
                    }};
    scenes << Scene{u"83-history-and-notice"_s, {}, [](Stage &stage) {
                        stage.openConnected();
                        stage.tellHistory(jobIn(stage, BackfillState::NeedsPerson));
                        Error error;
                        error.kind = ErrorKind::Storage;
                        error.detail = u"/home/ada/.local/share/wristkeep/fitbit_singleuser.db cannot be "
                                       "written: no space left on device."_s;
                        Q_EMIT stage.link->requestFailed(error);
                    }};
    return scenes;
}

} // namespace wristkeep
