// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/sleepv1parser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/provider.h"

#include <QDateTime>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 SleepMinute = 60;
constexpr qint64 LongestGap = 12 * 3600; // a larger step back in time is disorder, not a gap
constexpr qint64 LongestSleep = 48 * 3600;
constexpr double MostSleepMinutes = 2 * 24 * 60;

/// "2024-03-09T23:32:30.000": wall clock, no offset.
Result<QDateTime> wallClockStamp(const JsonNode &node)
{
    const auto text = node.text();
    if (!text)
        return failure(text.error());
    QDateTime stamp = QDateTime::fromString(*text, Qt::ISODateWithMs);
    if (!stamp.isValid() || stamp.timeSpec() != Qt::LocalTime)
        return node.wrong(u"a time like 2024-03-09T23:32:30.000"_s);
    // Held as if it were UTC, so that this computer's own zone has no say in it.
    return QDateTime(stamp.date(), stamp.time(), Qt::UTC);
}

/// A time in the repeated hour takes the first occurrence; one that the clock skipped, the instant of the
/// change.
qint64 toUtc(const QDateTime &stamp, const Zone &zone)
{
    const CivilDay day = civilDay(stamp.date(), zone);
    return WallClock(day).toUtc(stamp.time()).value_or(day.changeUtc.value_or(day.startUtc));
}

QTime wallTime(qint64 utc, const Zone &zone)
{
    const QDateTime instant = QDateTime::fromSecsSinceEpoch(utc, Qt::UTC);
    return instant.addSecs(zone.zone.offsetFromUtc(instant)).time();
}

Result<QString> stageOf(const JsonNode &minute)
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

/// The minutes of a night, joined to stages. Minute follows minute, also across midnight and a clock
/// change; where the wall clock jumps, the set has a hole of that length.
Result<QList<Session::Stage>> readStages(const JsonNode &log, qint64 startUtc, const Zone &zone)
{
    QList<Session::Stage> stages;
    const auto list = log.optionalMember(u"minuteData"_s);
    if (!list)
        return stages;
    const auto minutes = list->items();
    if (!minutes)
        return failure(minutes.error());

    qint64 expected = startUtc;
    for (const JsonNode &minute : *minutes) {
        const auto time =
            minute.member(u"dateTime"_s).and_then([](const JsonNode &node) { return node.time(); });
        if (!time)
            return failure(time.error());
        const auto stage = stageOf(minute);
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
        if (skipped > LongestGap || expected + skipped - startUtc > LongestSleep)
            return notUnderstood(minute.path(), u"is out of order."_s);
        const qint64 at = expected + skipped;
        if (!stages.isEmpty() && stages.last().stage == *stage &&
            stages.last().startUtc + stages.last().seconds == at)
            stages.last().seconds += int(SleepMinute);
        else
            stages.append(Session::Stage{at, int(SleepMinute), *stage});
        expected = at + SleepMinute;
    }
    return stages;
}

/// What the log says besides: its scalar members, for display and for a later reader.
QString detailsOf(const JsonNode &log)
{
    QJsonObject details;
    const QJsonObject members = log.value().toObject();
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (!member.value().isArray() && !member.value().isObject() && !member.value().isNull())
            details.insert(member.key(), member.value());
    }
    return QString::fromUtf8(QJsonDocument(details).toJson(QJsonDocument::Compact));
}

Result<QString> keyOf(const JsonNode &log, const QDateTime &start)
{
    const auto id = log.optionalMember(u"logId"_s);
    if (!id)
        return u"start-"_s + start.toString(u"yyyy-MM-dd'T'HH:mm:ss"_s);
    if (id->value().isString())
        return id->value().toString();
    const auto number = id->integer();
    return number ? Result<QString>(QString::number(*number)) : failure(number.error());
}

Result<qint64> endOf(const JsonNode &log, qint64 startUtc, const QList<Session::Stage> &stages,
                     const Zone &zone)
{
    // The duration is right also in a clock-change night, when the two wall-clock stamps are an hour off.
    if (const auto duration = log.optionalMember(u"duration"_s)) {
        const auto ms = quantity(*duration, 0, double(LongestSleep) * 1000);
        return ms ? Result<qint64>(startUtc + qint64(*ms / 1000)) : failure(ms.error());
    }
    if (const auto end = log.optionalMember(u"endTime"_s)) {
        const auto stamp = wallClockStamp(*end);
        if (!stamp)
            return failure(stamp.error());
        const qint64 endUtc = toUtc(*stamp, zone);
        if (endUtc < startUtc || endUtc - startUtc > LongestSleep)
            return notUnderstood(end->path(), u"does not fit the start."_s);
        return endUtc;
    }
    return stages.isEmpty() ? startUtc : stages.last().startUtc + stages.last().seconds;
}

Result<Session> readSleepLog(const JsonNode &log, const ParseContext &context)
{
    const auto date = log.member(u"dateOfSleep"_s).and_then([&context](const JsonNode &node) {
        return answeredDate(node, context.task);
    });
    if (!date)
        return failure(date.error());
    const auto start = log.member(u"startTime"_s).and_then(wallClockStamp);
    if (!start)
        return failure(start.error());
    Session session;
    session.type = u"sleep"_s;
    session.date = *date;
    session.startUtc = toUtc(*start, context.zone);
    if (qAbs(start->date().daysTo(*date)) > 2)
        return notUnderstood(log.path() + u".startTime"_s, u"is not near the day of waking."_s);
    const auto stages = readStages(log, session.startUtc, context.zone);
    if (!stages)
        return failure(stages.error());
    const auto end = endOf(log, session.startUtc, *stages, context.zone);
    if (!end)
        return failure(end.error());
    const auto key = keyOf(log, *start);
    if (!key)
        return failure(key.error());
    session.stages = *stages;
    session.endUtc = *end;
    session.key = *key;
    session.details = detailsOf(log);
    return session;
}

Result<double> optionalQuantity(const JsonNode &log, const QString &member, double most)
{
    const auto node = log.optionalMember(member);
    return node ? quantity(*node, 0, most) : Result<double>(0);
}

} // namespace

Result<Batch> parseSleepV1(const QByteArray &body, const ParseContext &context)
{
    const auto logs = JsonNode::parse(body)
                          .and_then([](const JsonNode &root) { return root.member(u"sleep"_s); })
                          .and_then([](const JsonNode &node) { return node.items(); });
    if (!logs)
        return failure(logs.error());

    Batch batch;
    batch.dataType = u"sleep"_s;
    const QDate date = context.task.first;
    double asleep = 0;
    double inBed = 0;
    double efficiency = 0;
    for (const JsonNode &log : *logs) {
        const auto session = readSleepLog(log, context);
        if (!session)
            return failure(session.error());
        const auto minutesAsleep = optionalQuantity(log, u"minutesAsleep"_s, MostSleepMinutes);
        const auto timeInBed = optionalQuantity(log, u"timeInBed"_s, MostSleepMinutes);
        const auto quality = optionalQuantity(log, u"efficiency"_s, 100);
        for (const auto *value : {&minutesAsleep, &timeInBed, &quality}) {
            if (!*value)
                return failure(value->error());
        }
        asleep += *minutesAsleep;
        inBed += *timeInBed;
        const auto main = log.optionalMember(u"isMainSleep"_s);
        if (logs->size() == 1 || (main && main->value().toBool()))
            efficiency = *quality;
        batch.sessions.append(*session);
    }
    if (asleep > 0)
        batch.daily.append(DailyValue{date, u"sleep_minutes_asleep"_s, asleep, u"min"_s, {}});
    if (inBed > 0)
        batch.daily.append(DailyValue{date, u"sleep_minutes_in_bed"_s, inBed, u"min"_s, {}});
    if (efficiency > 0)
        batch.daily.append(DailyValue{date, u"sleep_efficiency"_s, efficiency, u"%"_s, {}});
    const int points = int(batch.sessions.size() + batch.daily.size());
    batch.days.append(DayResult{date, !batch.sessions.isEmpty(), points});
    return batch;
}

} // namespace wristkeep
