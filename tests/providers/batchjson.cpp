// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/batchjson.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QString utcText(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate);
}

QJsonArray daysOf(const Batch &batch)
{
    QJsonArray list;
    for (const DayResult &day : batch.days)
        list.append(QJsonObject{{u"date"_s, day.date.toString(Qt::ISODate)},
                                {u"hasData"_s, day.hasData},
                                {u"points"_s, day.points}});
    return list;
}

QJsonArray seriesOf(const Batch &batch)
{
    QJsonArray list;
    for (const SampleSeries &series : batch.series) {
        QJsonArray samples;
        for (const Sample &sample : series.samples)
            samples.append(QString(u"%1 %2"_s).arg(utcText(sample.t)).arg(sample.v));
        list.append(QJsonObject{{u"type"_s, series.type},
                                {u"resolution"_s, series.resolution},
                                {u"unit"_s, series.unit},
                                {u"samples"_s, samples}});
    }
    return list;
}

QJsonArray dailyOf(const Batch &batch)
{
    QJsonArray list;
    for (const DailyValue &daily : batch.daily) {
        QJsonObject object{{u"date"_s, daily.date.toString(Qt::ISODate)},
                           {u"type"_s, daily.type},
                           {u"value"_s, daily.value},
                           {u"unit"_s, daily.unit}};
        if (!daily.zeroWitness.isEmpty())
            object.insert(u"zeroWitness"_s, daily.zeroWitness);
        list.append(object);
    }
    return list;
}

QJsonArray sessionsOf(const Batch &batch)
{
    QJsonArray list;
    for (const Session &session : batch.sessions) {
        QJsonArray stages;
        for (const Session::Stage &stage : session.stages)
            stages.append(u"%1 %2 s %3"_s.arg(utcText(stage.startUtc)).arg(stage.seconds).arg(stage.stage));
        list.append(QJsonObject{{u"type"_s, session.type},
                                {u"key"_s, session.key},
                                {u"date"_s, session.date.toString(Qt::ISODate)},
                                {u"start"_s, utcText(session.startUtc)},
                                {u"end"_s, utcText(session.endUtc)},
                                {u"stages"_s, stages},
                                {u"details"_s, QJsonDocument::fromJson(session.details.toUtf8()).object()}});
    }
    return list;
}

} // namespace

QJsonObject toJson(const Result<Batch> &result)
{
    if (!result)
        return {{u"error"_s, QJsonObject{{u"kind"_s, errorKindName(result.error().kind)},
                                         {u"detail"_s, result.error().detail}}}};
    QJsonObject batch{{u"dataType"_s, result->dataType}, {u"days"_s, daysOf(*result)}};
    if (!result->series.isEmpty())
        batch.insert(u"series"_s, seriesOf(*result));
    if (!result->daily.isEmpty())
        batch.insert(u"daily"_s, dailyOf(*result));
    if (!result->sessions.isEmpty())
        batch.insert(u"sessions"_s, sessionsOf(*result));
    if (!result->nextPage.isEmpty())
        batch.insert(u"nextPage"_s, result->nextPage);
    return {{u"batch"_s, batch}};
}
