// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/daycontent.h"

#include "store/answerparts.h"
#include "store/digest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

bool isBefore(const Sample &a, const Sample &b)
{
    return a.t < b.t;
}

bool isInOrder(const std::vector<Sample> &samples)
{
    return std::adjacent_find(samples.cbegin(), samples.cend(),
                              [](const Sample &a, const Sample &b) { return a.t >= b.t; }) == samples.cend();
}

QByteArray exactly(double value)
{
    return QByteArray::number(value, 'g', 17);
}

/// Pages have an order that says nothing; texts of rows are sorted before they are hashed.
QByteArrayList sortedRows(const DayContent &content)
{
    QByteArrayList rows;
    for (const DailyValue &value : content.daily)
        rows.append("daily " + value.type.toUtf8() + ' ' + exactly(value.value) + ' ' + value.unit.toUtf8());
    for (const Session &session : content.sessions)
        rows.append("session " + session.type.toUtf8() + ' ' + session.key.toUtf8() + ' ' +
                    sessionText(session).toUtf8());
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

bool DayContent::hasDaily(const QString &type) const
{
    return std::any_of(daily.cbegin(), daily.cend(),
                       [&type](const DailyValue &value) { return value.type == type; });
}

bool DayContent::hasSession(const QString &type, const QString &key) const
{
    return std::any_of(sessions.cbegin(), sessions.cend(),
                       [&](const Session &session) { return session.type == type && session.key == key; });
}

std::vector<Sample> inOrder(std::vector<Sample> samples)
{
    if (isInOrder(samples))
        return samples;
    if (!std::is_sorted(samples.cbegin(), samples.cend(), isBefore))
        std::stable_sort(samples.begin(), samples.end(), isBefore);
    std::vector<Sample> result;
    result.reserve(samples.size());
    for (const Sample &sample : samples) {
        if (!result.empty() && result.back().t == sample.t)
            result.back() = sample;
        else
            result.push_back(sample);
    }
    return result;
}

DayContent contentOf(const QList<const Batch *> &batches, const CivilDay &day)
{
    DayContent content;
    content.day = day;
    for (const Batch *batch : batches) {
        for (const SampleSeries &series : batch->series) {
            std::vector<Sample> &samples = content.samples[{series.type, series.resolution, series.unit}];
            std::copy_if(series.samples.cbegin(), series.samples.cend(), std::back_inserter(samples),
                         [&day](const Sample &sample) { return isIn(day, sample.t); });
        }
        std::copy_if(batch->daily.cbegin(), batch->daily.cend(), std::back_inserter(content.daily),
                     [&day](const DailyValue &value) { return value.date == day.date; });
        std::copy_if(batch->sessions.cbegin(), batch->sessions.cend(), std::back_inserter(content.sessions),
                     [&day](const Session &session) { return session.date == day.date; });
    }
    for (auto &[name, samples] : content.samples)
        samples = inOrder(std::move(samples));
    return content;
}

QByteArray digestOf(const DayContent &content)
{
    QByteArray text;
    for (const auto &[name, samples] : content.samples) {
        text += std::get<0>(name).toUtf8() + ' ' + std::get<1>(name).toUtf8() + ' ' +
                std::get<2>(name).toUtf8() + '\n';
        for (const Sample &sample : samples)
            text += QByteArray::number(sample.t) + ' ' + exactly(sample.v) + '\n';
    }
    return sha256Hex(text + sortedRows(content).join('\n'));
}

QString sessionText(const Session &session)
{
    QJsonArray stages;
    for (const Session::Stage &stage : session.stages)
        stages.append(QJsonArray{stage.startUtc, stage.seconds, stage.stage});
    const QJsonObject object{{u"date"_s, session.date.toString(Qt::ISODate)},
                             {u"start_utc"_s, session.startUtc},
                             {u"end_utc"_s, session.endUtc},
                             {u"details"_s, session.details},
                             {u"stages"_s, stages}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace wristkeep
