// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/sleepparser.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/answerdays.h"
#include "providers/fitbit/daytimes.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/sleeplevels.h"
#include "providers/fitbit/sleepminutes.h"
#include "providers/fitbit/sleepspans.h"
#include "providers/provider.h"

#include <QSet>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr double MostSleepMinutes = 2 * 24 * 60;

/// Minutes of the first version, levels of version 1.2; a log without either has no stages.
Result<QList<Session::Stage>> stagesOf(const JsonNode &log, const QDateTime &start, qint64 startUtc,
                                       const Zone &zone)
{
    if (const auto levels = log.optionalMember(u"levels"_s))
        return stagesOfLevels(*levels, start, startUtc, zone);
    if (const auto minutes = log.optionalMember(u"minuteData"_s))
        return stagesOfMinutes(*minutes, startUtc, zone);
    return QList<Session::Stage>();
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
    // Ids have up to 64 bits: more than a double holds.
    const qint64 number = id->value().toInteger();
    return number > 0 ? Result<QString>(QString::number(number)) : id->wrong(u"a log's number"_s);
}

/// The duration tells which of two hours a night began in.
qint64 startInstant(const JsonNode &log, const QDateTime &start, const Zone &zone)
{
    const QList<qint64> instants = instantsOf(start, zone);
    const auto duration = log.optionalMember(u"duration"_s);
    const auto end = log.member(u"endTime"_s).and_then(wallClockStamp);
    if (instants.size() > 1 && duration && end) {
        // One that is out of bounds is refused by endOf().
        const double ms = quantity(*duration, 0, double(LongestSleep) * 1000).value_or(0);
        const QList<qint64> ends = instantsOf(*end, zone);
        for (const qint64 instant : instants) {
            if (ends.contains(instant + qint64(ms / 1000)))
                return instant;
        }
    }
    return instantOf(start, zone);
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
        const qint64 endUtc = instantOf(*stamp, zone);
        if (endUtc < startUtc || endUtc - startUtc > LongestSleep)
            return notUnderstood(end->path(), u"does not fit the start."_s);
        return endUtc;
    }
    return stages.isEmpty() ? startUtc : stages.last().startUtc + stages.last().seconds;
}

Result<Session> readSleepLog(const DayElement &element, const Zone &zone)
{
    const JsonNode &log = element.node;
    const auto start = log.member(u"startTime"_s).and_then(wallClockStamp);
    if (!start)
        return failure(start.error());
    Session session;
    session.type = u"sleep"_s;
    session.date = element.date;
    session.startUtc = startInstant(log, *start, zone);
    if (qAbs(start->date().daysTo(element.date)) > 2)
        return notUnderstood(log.path() + u".startTime"_s, u"is not near the day of waking."_s);
    const auto stages = stagesOf(log, *start, session.startUtc, zone);
    if (!stages)
        return failure(stages.error());
    const auto end = endOf(log, session.startUtc, *stages, zone);
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

/// All sleeps of one day together.
struct SleepSums
{
    double asleep = 0;     ///< min
    double inBed = 0;      ///< min
    double efficiency = 0; ///< %, of the main sleep, or of the only one
    int logs = 0;
    bool hasMain = false;
};

Outcome addLog(const JsonNode &log, SleepSums &sums)
{
    const auto asleep = optionalQuantity(log, u"minutesAsleep"_s, MostSleepMinutes);
    const auto inBed = optionalQuantity(log, u"timeInBed"_s, MostSleepMinutes);
    const auto efficiency = optionalQuantity(log, u"efficiency"_s, 100);
    for (const auto *value : {&asleep, &inBed, &efficiency}) {
        if (!*value)
            return failure(value->error());
    }
    const auto main = log.optionalMember(u"isMainSleep"_s);
    const bool isMain = main && main->value().toBool();
    sums.asleep += *asleep;
    sums.inBed += *inBed;
    ++sums.logs;
    if (isMain || !sums.hasMain)
        sums.efficiency = isMain || sums.logs == 1 ? *efficiency : 0;
    sums.hasMain = sums.hasMain || isMain;
    return {};
}

QList<DailyValue> valuesOf(QDate date, const SleepSums &sums)
{
    const QList<DailyValue> all{{date, u"sleep_minutes_asleep"_s, sums.asleep, u"min"_s, {}},
                                {date, u"sleep_minutes_in_bed"_s, sums.inBed, u"min"_s, {}},
                                {date, u"sleep_efficiency"_s, sums.efficiency, u"%"_s, {}}};
    QList<DailyValue> values;
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(values),
                 [](const DailyValue &value) { return value.value > 0; });
    return values;
}

/// Stages are worked out after the night: an answer that says so is none yet, and not an empty one.
bool isPending(const JsonNode &root)
{
    const auto meta = root.optionalMember(u"meta"_s);
    const auto state = meta ? meta->optionalMember(u"state"_s) : std::nullopt;
    return state && state->value().toString() == "pending"_L1;
}

} // namespace

Result<Batch> parseSleep(const QByteArray &body, const ParseContext &context, const FitbitType &row)
{
    const auto root = JsonNode::parse(body);
    if (!root)
        return failure(root.error());
    if (isPending(*root))
        return failure(ErrorKind::ServiceFailing,
                       u"$.meta.state is pending: the sleep stages are still being worked out."_s);
    const auto logs = elementsWithDays(*root, row.list, row.dateMember, context.task);
    if (!logs)
        return failure(logs.error());

    Batch batch;
    batch.dataType = row.type.id;
    QSet<QString> keys;
    QMap<QDate, SleepSums> sums;
    for (const DayElement &log : *logs) {
        const auto session = readSleepLog(log, context.zone);
        if (!session)
            return failure(session.error());
        if (keys.contains(session->key))
            return notUnderstood(log.node.path(), u"is log %1 again."_s.arg(session->key));
        keys.insert(session->key);
        if (const auto added = addLog(log.node, sums[log.date]); !added)
            return failure(added.error());
        batch.sessions.append(*session);
    }
    QMap<QDate, int> points;
    for (auto day = sums.cbegin(); day != sums.cend(); ++day) {
        const QList<DailyValue> values = valuesOf(day.key(), *day);
        points.insert(day.key(), day->logs + int(values.size()));
        batch.daily += values;
    }
    batch.days = dayResults(context.task, points);
    return batch;
}

} // namespace wristkeep
