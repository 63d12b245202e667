// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/apicall.h"

#include "simulator/fitbiterrors.h"
#include "simulator/simrandom.h"
#include "simulator/simworld.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

bool ApiCall::inUtc() const
{
    return formValue(request.query, u"timezone"_s) == u"UTC"_s;
}

DayData ApiCall::day(QDate date) const
{
    return inUtc() ? user.dayInUtc(date) : user.day(date);
}

DayHorizon ApiCall::horizon(const DayData &data) const
{
    return horizonOf(data.day, lastSync, now);
}

SimDayTotals ApiCall::totals(QDate date) const
{
    if (!inUtc() && user.civilDayOf(date).endUtc() <= lastSync)
        return user.totals(date);
    const DayData data = day(date);
    return totalsUntil(data, horizon(data).syncedSecond);
}

QList<SimSleepLog> ApiCall::sleeps(QDate date) const
{
    return arrivedSleeps(user, date, lastSync);
}

QList<SimWeighIn> ApiCall::weighIns(QDate date) const
{
    return arrivedWeighIns(user, date, lastSync);
}

bool ApiCall::varies(QDate date, int perMille, quint64 purpose) const
{
    if (world.switches.plain)
        return false;
    return SimRandom(mixKey({user.traits().key, quint64(date.toJulianDay()), 40 + purpose})).chance(perMille);
}

std::optional<SimResponse> ApiCall::refuseIntraday() const
{
    if (world.switches.intraday)
        return std::nullopt;
    return fitbitError(403, u"insufficient_permissions"_s,
                       u"API client is not authorized by Fitbit to access the resource requested."_s);
}

qint64 lastSyncOf(const SimWorld &world, qint64 now)
{
    constexpr qint64 quarter = 900;
    constexpr qint64 secondsIntoQuarter = 32;
    if (world.switches.lastSync)
        return qMin(*world.switches.lastSync, now);
    const qint64 latest = (now - secondsIntoQuarter) / quarter * quarter + secondsIntoQuarter;
    return latest - world.switches.syncLag;
}

} // namespace wristkeep
