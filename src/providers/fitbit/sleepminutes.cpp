// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/sleepminutes.h"

#include "core/civilday.h"
#include "core/json.h"
#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/sleepspans.h"

#include <QDateTime>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 SleepMinute = 60;

QTime wallTime(qint64 utc, const Zone &zone)
{
    const QDateTime instant = QDateTime::fromSecsSinceEpoch(utc, Qt::UTC);
    return instant.addSecs(zone.zone.offsetFromUtc(instant)).time();
}

Result<QString> stageOfMinute(const JsonNode &minute)
{
    const auto value = minute.member(u"value"_s);
    if (!value)
        return failure(value.error());
    const auto number = value->numberOrText();
    if (!number)
        return failure(number.error());
    if (*number == 1)
        return u"asleep"_s;
    if (*number == 2)
        return u"restless"_s;
    if (*number == 3)
        return u"awake"_s;
    return notUnderstood(value->path(), u"is none of 1, 2 and 3."_s);
}

} // namespace

Result<QList<Session::Stage>> stagesOfMinutes(const JsonNode &list, qint64 startUtc, const Zone &zone)
{
    const auto minutes = list.items();
    if (!minutes)
        return failure(minutes.error());
    QList<Session::Stage> stages;
    qint64 expected = startUtc;
    for (const JsonNode &minute : *minutes) {
        const auto time =
            minute.member(u"dateTime"_s).and_then([](const JsonNode &node) { return node.time(); });
        if (!time)
            return failure(time.error());
        const auto stage = stageOfMinute(minute);
        if (!stage)
            return failure(stage.error());
        qint64 skipped = wallTime(expected, zone).secsTo(*time);
        // The wall clock of a clock-change night may be served unchanged: a whole hour off is no hole.
        if (skipped == 3600 || skipped == -3600)
            skipped = zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(startUtc, Qt::UTC)) !=
                              zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(expected, Qt::UTC))
                          ? 0
                          : skipped;
        if (qAbs(skipped) < SleepMinute) // the minutes may be served without the start's seconds
            skipped = 0;
        if (skipped < 0)
            skipped += 24 * 3600;
        if (skipped > LongestSleepGap || expected + skipped - startUtc > LongestSleep)
            return notUnderstood(minute.path(), u"is out of order."_s);
        const qint64 at = expected + skipped;
        appendStage(stages, {at, int(SleepMinute), *stage});
        expected = at + SleepMinute;
    }
    return stages;
}

} // namespace wristkeep
