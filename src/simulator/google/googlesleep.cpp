// SPDX-License-Identifier: GPL-3.0-or-later
// A night as the Health API writes it: stages with instants and offsets, a summary, what is known about it.
#include "simulator/google/googlecall.h"
#include "simulator/google/googlejson.h"
#include "simulator/google/googlevalues.h"

#include <algorithm>

namespace wristkeep {

namespace {

const char *stageType(SimSleepStage stage)
{
    constexpr std::array<const char *, SimSleepSums::stages> names = {"AWAKE",  "LIGHT",    "DEEP", "REM",
                                                                      "ASLEEP", "RESTLESS", "AWAKE"};
    return names.at(std::size_t(stage));
}

QByteArray int64Member(const char *name, qint64 value)
{
    return '"' + QByteArray(name) + "\":\"" + QByteArray::number(value) + '"';
}

QByteArray stagesJson(const char *name, const QList<SimSleepSpan> &spans, const SimUser &user)
{
    QByteArray out = '"' + QByteArray(name) + "\":[";
    for (const SimSleepSpan &span : spans) {
        const qint64 end = span.utc + span.seconds;
        out += out.endsWith('[') ? R"({"startTime":")" : R"(,{"startTime":")";
        appendInstant(out, span.utc * 1000);
        out += R"(","startUtcOffset":")" + QByteArray::number(user.offsetOf(span.utc)) + R"(s","endTime":")";
        appendInstant(out, end * 1000);
        out += R"(","endUtcOffset":")" + QByteArray::number(user.offsetOf(end)) + R"(s","type":")" +
               stageType(span.stage) + "\"}";
    }
    return out + ']';
}

const char *stagesStatus(SimSleepQuality quality)
{
    switch (quality) {
    case SimSleepQuality::Staged:
        return "SUCCEEDED";
    case SimSleepQuality::FewReadings:
        return "REJECTED_COVERAGE";
    case SimSleepQuality::TooShort:
        break;
    }
    return "REJECTED_NAP";
}

/// False flags are left out.
QByteArray metadataJson(const SimSleepLog &log)
{
    QByteArray out = R"("metadata":{)";
    const auto add = [&out](const QByteArray &member) { out += (out.endsWith('{') ? "" : ",") + member; };
    if (!log.pending) {
        add(R"("stagesStatus":")" + QByteArray(stagesStatus(log.quality)) + '"');
        add(R"("processed":true)");
    }
    if (log.main)
        add(R"("mainSleep":true)");
    if (log.nap)
        add(R"("nap":true)");
    return out + '}';
}

QByteArray summaryJson(const SimSleepLog &log)
{
    const SimSleepSums sums = sumsOf(log);
    QByteArray out = R"("summary":{)" + int64Member("minutesInSleepPeriod", log.minutesInBed()) + ',' +
                     int64Member("minutesAfterWakeUp", sums.afterWakeUp) + ',' +
                     int64Member("minutesToFallAsleep", 0) + ',' +
                     int64Member("minutesAsleep", sums.minutesAsleep) + ',' +
                     int64Member("minutesAwake", sums.minutesAwake) + R"(,"stagesSummary":[)";
    for (int number = 0; number < SimSleepSums::stages; ++number) {
        const auto stage = SimSleepStage(number);
        const auto spans = std::count_if(log.spans.begin(), log.spans.end(),
                                         [stage](const SimSleepSpan &span) { return span.stage == stage; });
        const qint64 count = stage == SimSleepStage::Asleep ? spans : sums.count(stage);
        if (count == 0)
            continue;
        out += (out.endsWith('[') ? R"({"type":")" : R"(,{"type":")") + QByteArray(stageType(stage)) +
               R"(",)" + int64Member("minutes", sums.of(stage)) + ',' + int64Member("count", count) + '}';
    }
    return out + "]}";
}

/// With microseconds, as live answers have them.
QByteArray workedOutAt(qint64 utc, qint64 id)
{
    QByteArray out;
    appendInstant(out, utc * 1000);
    out.chop(1);
    return out + '.' + QByteArray::number(1 + id % 999'983).rightJustified(6, '0') + 'Z';
}

QByteArray logMembers(const SimSleepLog &log, const SimUser &user)
{
    constexpr qint64 created = 212; // seconds after the night ended
    constexpr qint64 updated = 371;
    QByteArray out = R"("type":")" + QByteArray(log.staged() ? "STAGES" : "CLASSIC") + R"(",)" +
                     stagesJson("stages", log.spans, user) + ',';
    if (!log.awakenings.isEmpty())
        out += stagesJson("shortAwakenings", log.awakenings, user) + ',';
    return out + metadataJson(log) + ',' + summaryJson(log) + R"(,"createTime":")" +
           workedOutAt(log.endUtc + created, log.id) + R"(","updateTime":")" +
           workedOutAt(log.endUtc + updated + (log.revised ? 86'400 : 0), log.id) + '"';
}

} // namespace

QByteArray sleepValue(const GooglePoint &point, const GoogleCall &call)
{
    const QList<SimSleepLog> logs = call.user.sleeps(point.date);
    const auto log =
        std::find_if(logs.begin(), logs.end(), [&](const SimSleepLog &one) { return one.id == point.id; });
    return log == logs.end() ? QByteArray() : logMembers(*log, call.user);
}

} // namespace wristkeep
