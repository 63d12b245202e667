// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backfill.h"

#include <QList>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct BackfillStateName
{
    BackfillState state;
    QString name;
};

const QList<BackfillStateName> &backfillStateNames()
{
    static const QList<BackfillStateName> names{
        {BackfillState::Running, u"running"_s},
        {BackfillState::Interrupted, u"interrupted"_s},
        {BackfillState::WaitingForQuota, u"waiting for quota"_s},
        {BackfillState::WaitingForNetwork, u"waiting for network"_s},
        {BackfillState::WaitingForService, u"waiting for service"_s},
        {BackfillState::WaitingForRetry, u"waiting for retry"_s},
        {BackfillState::Paused, u"paused"_s},
        {BackfillState::NeedsPerson, u"needs a person"_s},
        {BackfillState::Done, u"done"_s},
        {BackfillState::Cancelled, u"cancelled"_s},
    };
    return names;
}

} // namespace

QString backfillStateName(BackfillState state)
{
    const auto found = std::find_if(backfillStateNames().begin(), backfillStateNames().end(),
                                    [state](const BackfillStateName &each) { return each.state == state; });
    return found == backfillStateNames().end() ? QString() : found->name;
}

std::optional<BackfillState> backfillStateFromName(const QString &name)
{
    const auto found = std::find_if(backfillStateNames().begin(), backfillStateNames().end(),
                                    [&name](const BackfillStateName &each) { return each.name == name; });
    return found == backfillStateNames().end() ? std::nullopt : std::optional(found->state);
}

bool isUnderWay(BackfillState state)
{
    return state != BackfillState::Paused && state != BackfillState::Done &&
           state != BackfillState::Cancelled;
}

bool isDue(const BackfillStatus &status, qint64 nowUtc)
{
    switch (status.state) {
    case BackfillState::Interrupted:
        return true;
    case BackfillState::WaitingForQuota:
    case BackfillState::WaitingForNetwork:
    case BackfillState::WaitingForService:
    case BackfillState::WaitingForRetry:
    case BackfillState::NeedsPerson:
        return !status.nextWakeUtc || nowUtc >= *status.nextWakeUtc || nowUtc < status.changedUtc;
    case BackfillState::Running:
    case BackfillState::Paused:
    case BackfillState::Done:
    case BackfillState::Cancelled:
        break;
    }
    return false;
}

} // namespace wristkeep
