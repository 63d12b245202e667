// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/typesbench.h"

#include <QTest>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

void failWith(const QByteArray &what, const SimAnswer &answer)
{
    QTest::qFail((what + ": " + answer.body.left(300)).constData(), __FILE__, __LINE__);
}

} // namespace

QJsonObject truthOf(SimBench &bench, QDate date)
{
    return bench.control("truth", {{u"date"_s, date.toString(Qt::ISODate)}, {u"minutes"_s, false}});
}

QDate dayWith(SimBench &bench, QDate last, const std::function<bool(const QJsonObject &)> &wanted)
{
    for (QDate date = last; date > last.addDays(-150); date = date.addDays(-1)) {
        if (wanted(truthOf(bench, date)))
            return date;
    }
    return {};
}

QByteArray isoText(QDate date)
{
    return date.toString(Qt::ISODate).toLatin1();
}

QByteArray isoRange(QDate from, QDate to)
{
    return isoText(from) + '/' + isoText(to) + ".json";
}

QJsonArray fitbitList(SimBench &bench, const QByteArray &path, const QString &member,
                      const SimHeaders &headers)
{
    const SimAnswer answer = bench.get(path, headers);
    if (answer.status != 200 || !answer.json().value(member).isArray())
        failWith(path, answer);
    return answer.json().value(member).toArray();
}

QDate dateIn(const QJsonValue &date)
{
    return {date[u"year"_s].toInt(), date[u"month"_s].toInt(), date[u"day"_s].toInt()};
}

qint64 instantIn(const QJsonValue &text)
{
    return QDateTime::fromString(text.toString(), Qt::ISODate).toSecsSinceEpoch();
}

QByteArray instantText(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate).toLatin1();
}

qint64 int64In(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : -1;
}

qint64 partOf(const QJsonArray &parts, const QString &key, const QString &name, const QString &value)
{
    for (const QJsonValue &part : parts) {
        if (part[key].toString() != name)
            continue;
        const QString text = part[value].toString();
        return text.endsWith(u's') ? text.chopped(1).toLongLong() : text.toLongLong();
    }
    return 0;
}

QByteArray civilRange(const QByteArray &member, QDate from, QDate to)
{
    return member + " >= \"" + isoText(from) + "\" AND " + member + " < \"" + isoText(to) + '"';
}

QJsonArray googlePoints(GoogleBench &bench, const QByteArray &type, const QByteArray &filter, bool reconcile)
{
    const SimAnswer answer = bench.list(type + (reconcile ? "/dataPoints:reconcile" : "/dataPoints"),
                                        {{"filter", filter}, {"pageSize", "10000"}});
    if (answer.status != 200)
        failWith(type, answer);
    return answer.json().value(u"dataPoints"_s).toArray();
}

QHash<QDate, QJsonObject> googleDays(GoogleBench &bench, const QByteArray &type, const QString &key,
                                     QDate first, QDate last)
{
    const SimAnswer answer =
        bench.rollUp(type + "/dataPoints:dailyRollUp", GoogleBench::dailyBody(first, last.addDays(1)));
    if (answer.status != 200)
        failWith(type, answer);
    QHash<QDate, QJsonObject> days;
    const QJsonArray windows = answer.json().value(u"rollupDataPoints"_s).toArray();
    for (const QJsonValue &window : windows)
        days.insert(dateIn(window[u"civilStartTime"_s][u"date"_s]), window[key].toObject());
    return days;
}

} // namespace wristkeep
