// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/sleepparser.h"

#include "core/json.h"
#include "providers/googlehealth/answerrows.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"

#include <QDateTime>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// Longer than anyone sleeps.
constexpr qint64 LongestSession = 72 * 3600;

Result<qint64> sleepInstant(const JsonNode &holder, const QString &name)
{
    const auto node = holder.member(name);
    if (!node)
        return failure(node.error());
    const QByteArray text = node->value().toString().toUtf8();
    if (const auto instant = instantOf(std::string_view(text.constData(), size_t(text.size()))))
        return instant->utc;
    return node->wrong(u"a time like 2026-11-21T07:02:00Z"_s);
}

struct SleepSpan
{
    qint64 startUtc = 0;
    qint64 endUtc = 0;
};

Result<SleepSpan> sleepSpan(const JsonNode &holder)
{
    const auto start = sleepInstant(holder, u"startTime"_s);
    const auto end = start ? sleepInstant(holder, u"endTime"_s) : start;
    if (!end)
        return failure(end.error());
    if (*end < *start || *end - *start > LongestSession)
        return notUnderstoodAt(holder.path() + u".endTime"_s, u"does not fit its start."_s);
    return SleepSpan{*start, *end};
}

/// Empty for a stage nobody knows: its time is a gap then.
QString stageName(const JsonNode &stage)
{
    static const QHash<QString, QString> names{{u"AWAKE"_s, u"awake"_s},   {u"LIGHT"_s, u"light"_s},
                                               {u"DEEP"_s, u"deep"_s},     {u"REM"_s, u"rem"_s},
                                               {u"ASLEEP"_s, u"asleep"_s}, {u"RESTLESS"_s, u"restless"_s}};
    const auto type = stage.optionalMember(u"type"_s);
    return type ? names.value(type->value().toString()) : QString();
}

Result<QList<Session::Stage>> sleepStages(const JsonNode &sleep, const SleepSpan &night)
{
    QList<Session::Stage> stages;
    const auto list = sleep.optionalMember(u"stages"_s);
    if (!list)
        return stages;
    const auto items = list->items();
    if (!items)
        return failure(items.error());
    for (const JsonNode &item : *items) {
        const auto span = sleepSpan(item);
        if (!span)
            return failure(span.error());
        if (qAbs(span->startUtc - night.startUtc) > LongestSession)
            return notUnderstoodAt(item.path(), u"is not near its sleep."_s);
        const QString name = stageName(item);
        if (!name.isEmpty())
            stages.append(Session::Stage{span->startUtc, int(span->endUtc - span->startUtc), name});
    }
    std::stable_sort(stages.begin(), stages.end(),
                     [](const auto &a, const auto &b) { return a.startUtc < b.startUtc; });
    return stages;
}

/// The last part of the record's name; without one, what else tells it from others.
Result<QString> sleepKey(const JsonNode &point, const SleepSpan &night)
{
    const auto name = point.optionalMember(u"name"_s);
    if (name && !name->value().isString())
        return name->wrong(u"a text"_s);
    const QString key = name ? name->value().toString().section(u'/', -1) : QString();
    if (!key.isEmpty())
        return key;
    return u"start-"_s + QDateTime::fromSecsSinceEpoch(night.startUtc, Qt::UTC).toString(Qt::ISODate);
}

/// Members of members get both names: "metadata.nap".
void addScalars(const QJsonObject &object, const QString &prefix, QJsonObject &scalars)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member->isObject())
            addScalars(member->toObject(), prefix + member.key() + u'.', scalars);
        else if (!member->isArray() && !member->isNull())
            scalars.insert(prefix + member.key(), *member);
    }
}

/// What the record says besides, the offsets of both ends and its source among it.
QString sleepDetails(const QJsonObject &point, const QJsonObject &sleep)
{
    QJsonObject scalars;
    QJsonObject rest = sleep;
    QJsonObject interval = rest.take(u"interval"_s).toObject();
    for (const auto &kept : {u"startTime"_s, u"endTime"_s, u"civilStartTime"_s, u"civilEndTime"_s})
        interval.remove(kept);
    addScalars(interval, {}, scalars);
    addScalars(rest, {}, scalars);
    addScalars(point.value("dataSource"_L1).toObject(), u"dataSource."_s, scalars);
    return QString::fromUtf8(QJsonDocument(scalars).toJson(QJsonDocument::Compact));
}

Result<Session> readSleep(const JsonNode &point, QDate date, const GoogleHealthType &type)
{
    const auto sleep = point.member(QLatin1StringView(type.member));
    const auto night =
        sleep.and_then([](const JsonNode &node) { return node.member(u"interval"_s); }).and_then(sleepSpan);
    if (!night)
        return failure(night.error());
    const auto stages = sleepStages(*sleep, *night);
    if (!stages)
        return failure(stages.error());
    const auto key = sleepKey(point, *night);
    if (!key)
        return failure(key.error());
    return Session{type.type.id,
                   *key,
                   date,
                   night->startUtc,
                   night->endUtc,
                   *stages,
                   sleepDetails(point.value().toObject(), sleep->value().toObject())};
}

/// Of a record that is served twice the last counts.
void takeSession(QList<Session> &sessions, Session session)
{
    const auto same = std::find_if(sessions.begin(), sessions.end(),
                                   [&session](const Session &each) { return each.key == session.key; });
    if (same == sessions.end())
        sessions.append(std::move(session));
    else
        *same = std::move(session);
}

Result<QList<Session>> readSessions(const QByteArray &body, const AnswerRows &answer,
                                    const ParseContext &context, const GoogleHealthType &type)
{
    QList<Session> sessions;
    if (answer.rows.empty())
        return sessions;
    const auto points = JsonNode::parse(body)
                            .and_then([&type](const JsonNode &root) {
                                return root.member(QLatin1StringView(listMember(type)));
                            })
                            .and_then([](const JsonNode &list) { return list.items(); });
    if (!points)
        return failure(points.error());
    for (const AnswerRow &row : answer.rows) {
        if (const auto asked = checkDayAsked(row, context.task, type); !asked)
            return failure(asked.error());
        // Of a member that is there twice, the two readers take different ones.
        if (row.index >= points->size())
            return notUnderstoodAt(rowPath(type, row.index), u"is there in one of two lists only."_s);
        auto session = readSleep(points->at(row.index), row.date, type);
        if (!session)
            return failure(session.error());
        takeSession(sessions, std::move(*session));
    }
    std::sort(sessions.begin(), sessions.end(), [](const Session &a, const Session &b) {
        return a.startUtc != b.startUtc ? a.startUtc < b.startUtc : a.key < b.key;
    });
    return sessions;
}

} // namespace

Result<Batch> parseSleep(const QByteArray &body, const ParseContext &context, const GoogleHealthType &type)
{
    const auto answer = answerRows(body, type);
    if (!answer)
        return failure(answer.error());
    const auto sessions = readSessions(body, *answer, context, type);
    if (!sessions)
        return failure(sessions.error());
    Batch batch;
    batch.dataType = type.type.id;
    batch.nextPage = answer->nextPage;
    batch.sessions = *sessions;
    for (QDate date = context.task.first; date <= context.task.last; date = date.addDays(1)) {
        const auto count = int(std::count_if(sessions->cbegin(), sessions->cend(),
                                             [date](const Session &each) { return each.date == date; }));
        batch.days.append(DayResult{date, count > 0, count});
    }
    return batch;
}

} // namespace wristkeep
