// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/rightdaybench.h"

#include "providers/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

const QString fixtures = QStringLiteral(WRISTKEEP_FIXTURES "/rightday/");

void require(bool holds, const QString &reason)
{
    if (!holds)
        qFatal("%s", qUtf8Printable(reason));
}

QDate dateOf(const QString &text)
{
    return QDate::fromString(text, Qt::ISODate);
}

QDate dayOf(const Row &lived)
{
    return dateOf(lived[u"day"_s]);
}

Zone zoneOf(const Row &lived)
{
    return {QTimeZone(lived[u"zone"_s].toLatin1()), ZoneSource::Profile};
}

QList<QDate> daysOf(const QList<Row> &lived)
{
    QList<QDate> days;
    for (const Row &stretch : lived) {
        if (days.isEmpty() || days.last() != dayOf(stretch))
            days << dayOf(stretch);
    }
    return days;
}

int stepsOf(const QList<Row> &lived, QDate day)
{
    int steps = 0;
    for (const Row &stretch : lived) {
        if (dayOf(stretch) == day)
            steps += stretch[u"minutes"_s].toInt() * stretch[u"steps_a_minute"_s].toInt();
    }
    return steps;
}

/// Fitbit's wall-clock minutes of one day, in the order in which they were lived.
QByteArray fitbitHeart(const QList<Row> &lived, QDate day)
{
    QByteArrayList points;
    for (const Row &stretch : lived) {
        if (dayOf(stretch) != day)
            continue;
        QTime wall = QTime::fromString(stretch[u"wall"_s], u"HH:mm"_s);
        for (int i = 0; i < stretch[u"minutes"_s].toInt(); ++i, wall = wall.addSecs(60))
            points << "{\"time\":\"" + wall.toString(u"HH:mm:ss"_s).toLatin1() +
                          "\",\"value\":" + stretch[u"bpm"_s].toLatin1() + '}';
    }
    return "{\"activities-heart\":[{\"dateTime\":\"" + day.toString(Qt::ISODate).toLatin1() +
           "\",\"value\":{\"customHeartRateZones\":[],\"heartRateZones\":[]}}],"
           "\"activities-heart-intraday\":{\"dataset\":[" +
           points.join(',') + "],\"datasetInterval\":1,\"datasetType\":\"minute\"}}";
}

QByteArray fitbitSteps(const QList<Row> &lived)
{
    QByteArrayList days;
    for (const QDate day : daysOf(lived))
        days << "{\"dateTime\":\"" + day.toString(Qt::ISODate).toLatin1() + "\",\"value\":\"" +
                    QByteArray::number(stepsOf(lived, day)) + "\"}";
    return "{\"activities-steps\":[" + days.join(',') + "]}";
}

/// Google's windows of one minute, as instants; `value` makes what a window holds.
QByteArray googleWindows(const QList<Row> &lived, const std::function<QByteArray(const Row &)> &value)
{
    const auto text = [](qint64 utc) {
        return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate).toLatin1();
    };
    QByteArrayList points;
    for (const Row &stretch : lived) {
        const qint64 first = utcOf(stretch[u"utc"_s]);
        for (int i = 0; i < stretch[u"minutes"_s].toInt(); ++i)
            points << "{\"startTime\":\"" + text(first + 60LL * i) + "\",\"endTime\":\"" +
                          text(first + 60LL * i + 60) + "\"," + value(stretch) + '}';
    }
    return "{\"rollupDataPoints\":[" + points.join(',') + "]}";
}

QByteArray googleDate(QDate date)
{
    return u"{\"date\":{\"year\":%1,\"month\":%2,\"day\":%3},\"time\":{}}"_s.arg(date.year())
        .arg(date.month())
        .arg(date.day())
        .toLatin1();
}

QByteArray googleSteps(const QList<Row> &lived)
{
    QByteArrayList points;
    for (const QDate day : daysOf(lived))
        points << "{\"civilStartTime\":" + googleDate(day) +
                      ",\"civilEndTime\":" + googleDate(day.addDays(1)) + ",\"steps\":{\"countSum\":\"" +
                      QByteArray::number(stepsOf(lived, day)) + "\"}}";
    return "{\"rollupDataPoints\":[" + points.join(',') + "]}";
}

} // namespace

Row::Row(const QStringList &names, const QStringList &fields)
{
    require(names.size() == fields.size(), u"Not a whole line: "_s + fields.join(u','));
    for (qsizetype i = 0; i < names.size(); ++i)
        m_fields.insert(names.at(i), fields.at(i));
}

QString Row::operator[](const QString &name) const
{
    require(m_fields.contains(name), u"No column "_s + name);
    return m_fields.value(name);
}

QList<Row> readTable(const QString &file)
{
    QStringList names;
    QList<Row> rows;
    for (const QByteArray &line : bytesOf(fixtures + file).split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const QStringList fields = QString::fromUtf8(line).split(u',');
        if (names.isEmpty())
            names = fields;
        else
            rows << Row(names, fields);
    }
    require(!rows.isEmpty(), u"Nothing in "_s + file);
    return rows;
}

QList<Row> livedOf(const QString &name)
{
    QList<Row> lived;
    for (const Row &stretch : readTable(u"lived.csv"_s)) {
        if (stretch[u"case"_s] == name)
            lived << stretch;
    }
    return lived;
}

qint64 utcOf(const QString &text)
{
    const QDateTime instant = QDateTime::fromString(text, Qt::ISODate);
    require(instant.isValid() && instant.timeSpec() == Qt::UTC, u"No instant: "_s + text);
    return instant.toSecsSinceEpoch();
}

RightDayBench::RightDayBench(QString provider) : m_provider(std::move(provider)) {}

void RightDayBench::keep(Store &store, const Question &question, const QByteArray &body,
                         const Zone &zone) const
{
    AnswerToKeep work;
    work.answer.task = {account(), question.type, question.first, question.last, {}};
    work.answer.url = QUrl(u"https://service.example/x.json"_s);
    work.answer.body = body;
    work.answer.fetchedAtUtc = QDateTime(question.came, QTime(12, 0), Qt::UTC).toSecsSinceEpoch();
    work.answer.language = u"metric"_s;
    work.answer.zone = zone;
    work.answer.origin = m_provider;
    work.provider = *findProvider(m_provider);
    work.today = question.came;
    m_bench.keep(store, work);
}

void RightDayBench::keepFitbit(Store &store, const QList<Row> &lived, const Zone &zone) const
{
    const QList<QDate> days = daysOf(lived);
    const QDate came = days.last().addDays(30);
    keep(store, {u"steps"_s, days.first(), days.last(), came}, fitbitSteps(lived), zone);
    for (const QDate day : days)
        keep(store, {u"heartrate_1min"_s, day, day, came}, fitbitHeart(lived, day), zone);
}

void RightDayBench::keepGoogle(Store &store, const QList<Row> &lived, const Zone &zone) const
{
    const QList<QDate> days = daysOf(lived);
    const QDate came = days.last().addDays(30);
    // In another zone the last hours lie on the day after.
    const bool isOtherZone = zone.id() != zoneOf(lived.first()).id();
    const QDate last = days.last().addDays(isOtherZone ? 1 : 0);
    keep(store, {u"steps"_s, days.first(), days.last(), came}, googleSteps(lived), zone);
    keep(store, {u"heartrate_1min"_s, days.first(), last, came},
         googleWindows(lived,
                       [](const Row &stretch) {
                           return "\"heartRate\":{\"beatsPerMinuteAvg\":" + stretch[u"bpm"_s].toLatin1() +
                                  '}';
                       }),
         zone);
    keep(store, {u"steps_1min"_s, days.first(), last, came},
         googleWindows(lived,
                       [](const Row &stretch) {
                           return "\"steps\":{\"countSum\":\"" + stretch[u"steps_a_minute"_s].toLatin1() +
                                  "\"}";
                       }),
         zone);
}

void RightDayBench::keepLivedAs(Store &store, const QString &name, const Zone &zone) const
{
    if (m_provider == u"fitbit"_s)
        keepFitbit(store, livedOf(name), zone);
    else
        keepGoogle(store, livedOf(name), zone);
}

void RightDayBench::keepLived(Store &store, const QString &name) const
{
    QList<Row> together;
    const auto flush = [&] {
        if (together.isEmpty())
            return;
        const Zone zone = zoneOf(together.first());
        if (m_provider == u"fitbit"_s)
            keepFitbit(store, together, zone);
        else
            keepGoogle(store, together, zone);
        together.clear();
    };
    for (const Row &stretch : livedOf(name)) {
        if (!together.isEmpty() && together.last()[u"zone"_s] != stretch[u"zone"_s])
            flush();
        together << stretch;
    }
    flush();
}

void RightDayBench::keepAnswers(Store &store, const QString &name) const
{
    const Zone berlin{QTimeZone("Europe/Berlin"), ZoneSource::Profile};
    for (const Row &row : readTable(u"answers.csv"_s)) {
        if (row[u"case"_s] != name || row[u"provider"_s] != m_provider)
            continue;
        keep(store, {row[u"type"_s], dateOf(row[u"first"_s]), dateOf(row[u"last"_s]), dateOf(row[u"came"_s])},
             bytesOf(fixtures + u"answers/"_s + row[u"answer"_s]), berlin);
    }
}

Result<RebuildReport> RightDayBench::rebuild(const RebuildRequest &request) const
{
    return m_bench.rebuild(request);
}

QStringList RightDayBench::rows(const QString &query) const
{
    return rowsOf(m_bench.place.databaseFile(), query);
}

QString RightDayBench::folder() const
{
    return m_bench.options().dataDirs.value(m_provider) + u"/default/"_s;
}

int RightDayBench::readingsInFile(const QString &name) const
{
    const QJsonDocument file = QJsonDocument::fromJson(bytesOf(folder() + name));
    if (!file.isObject())
        return -1;
    const QJsonObject root = file.object();
    const QJsonObject intraday = root.value(u"activities-heart-intraday"_s).toObject();
    qsizetype readings = intraday.value(u"dataset"_s).toArray().size();
    for (const QString &list : {u"rollupDataPoints"_s, u"dataPoints"_s, u"weight"_s})
        readings += root.value(list).toArray().size();
    return int(readings);
}

QStringList RightDayBench::filesWith(const QString &text) const
{
    QStringList names;
    for (const QString &name : QDir(folder()).entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        if (bytesOf(folder() + name).contains(text.toUtf8()))
            names << name;
    }
    return names;
}

} // namespace wristkeep::test
