// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/backfilltext.h"

#include "cli/plantext.h"
#include "cli/statustext.h"

#include <QJsonArray>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString backfillFact(const QString &name, const QString &value)
{
    return u"  "_s + name.leftJustified(12) + value;
}

QString stateWords(BackfillState state)
{
    switch (state) {
    case BackfillState::WaitingForQuota:
        return u"waits for the provider's limit"_s;
    case BackfillState::WaitingForNetwork:
        return u"waits for the network"_s;
    case BackfillState::WaitingForService:
        return u"waits for the service"_s;
    case BackfillState::WaitingForRetry:
        return u"tries again later"_s;
    case BackfillState::Interrupted:
        return u"begun; nobody works on it just now"_s;
    default:
        return backfillStateName(state);
    }
}

QString isoText(QDate date)
{
    return date.toString(Qt::ISODate);
}

template<typename T>
QJsonValue valueOrNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

} // namespace

QStringList backfillLines(const BackfillStatus &status, const QString &resumeCall)
{
    QStringList lines{u"Backfill of %1: %2"_s.arg(status.account.participant, stateWords(status.state))};
    lines << backfillFact(u"Days"_s, u"%1 to %2"_s.arg(isoText(status.first), isoText(status.last)));
    lines << backfillFact(u"Data"_s, status.dataTypes.join(u", "_s));
    if (status.cellsTotal > 0)
        lines << backfillFact(u"Done"_s,
                              u"%1 of %2 days of data"_s.arg(status.cellsDone).arg(status.cellsTotal));
    if (status.requestsLeft > 0) {
        QString left = u"%1 requests"_s.arg(status.requestsLeft);
        if (status.etaSeconds)
            left += u", about %1"_s.arg(durationText(*status.etaSeconds));
        lines << backfillFact(u"Left"_s, left);
    }
    if (!status.reason.isEmpty())
        lines << backfillFact(u"Why"_s, status.reason);
    if (status.nextWakeUtc)
        lines << backfillFact(u"Goes on"_s, u"at %1 in the window, or from then on with: %2"_s.arg(
                                                instantText(double(*status.nextWakeUtc)), resumeCall));
    else if (status.state == BackfillState::Paused || status.state == BackfillState::Interrupted)
        lines << backfillFact(u"Goes on"_s, u"with: "_s + resumeCall);
    return lines;
}

QJsonObject backfillObject(const BackfillStatus &status)
{
    return {{u"type"_s, u"backfill"_s},
            {u"participant"_s, status.account.participant},
            {u"provider"_s, status.account.provider},
            {u"state"_s, backfillStateName(status.state)},
            {u"first"_s, isoText(status.first)},
            {u"last"_s, isoText(status.last)},
            {u"data"_s, QJsonArray::fromStringList(status.dataTypes)},
            {u"cells_done"_s, status.cellsDone},
            {u"cells_total"_s, status.cellsTotal},
            {u"requests_left"_s, status.requestsLeft},
            {u"eta_s"_s, valueOrNull(status.etaSeconds)},
            {u"next_at"_s, valueOrNull(status.nextWakeUtc)},
            {u"reason"_s, status.reason}};
}

} // namespace wristkeep
