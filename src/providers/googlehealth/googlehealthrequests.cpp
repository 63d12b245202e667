// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealthrequests.h"

#include "core/civilday.h"
#include "core/fetchtask.h"
#include "core/settings.h"
#include "providers/googlehealth/googlehealthtypes.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// The query in its encoded form; every value is encoded whole.
class Query
{
public:
    void add(const char *name, const QString &value)
    {
        if (!m_text.isEmpty())
            m_text += '&';
        m_text += name + QByteArray("=") + QUrl::toPercentEncoding(value);
    }
    [[nodiscard]] QString text() const { return QString::fromLatin1(m_text); }

private:
    QByteArray m_text;
};

/// Without Accept-Language the network library would send the desktop's, and error texts would follow it.
HttpRequest requestFor(const QString &path, Query query, const Settings &settings)
{
    // Answers are indented otherwise, which makes them a quarter larger.
    query.add("prettyPrint", u"false"_s);
    HttpRequest request;
    request.url = settings.url("GOOGLE_HEALTH_API_URL");
    request.url.setPath(u"/v4/users/me/"_s + path);
    request.url.setQuery(query.text(), QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}, {"Accept-Language", "en"}};
    return request;
}

QByteArray jsonText(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

QString instantText(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate);
}

/// A half-open range of civil days as instants.
struct Instants
{
    QString from;
    QString to;
};

Instants instantsOf(const FetchTask &task, const Zone &zone)
{
    return {instantText(civilDay(task.first, zone).startUtc),
            instantText(civilDay(task.last, zone).endUtc())};
}

QByteArray civilDateJson(QDate date)
{
    return u"{\"date\":{\"year\":%1,\"month\":%2,\"day\":%3}}"_s.arg(date.year())
        .arg(date.month())
        .arg(date.day())
        .toLatin1();
}

/// Without pageSize: the service takes it for a promise about the range, not for a limit.
QByteArray withPage(QByteArray members, const FetchTask &task)
{
    if (!task.page.isEmpty())
        members += ",\"pageToken\":" + jsonText(task.page);
    return '{' + members + '}';
}

// Since 1972 no zone is off by a fraction of a minute, so that a day's first instant is a whole minute and
// the windows are the same whenever they are asked for.
QByteArray rollUpBody(const GoogleHealthType &row, const FetchTask &task, const Zone &zone)
{
    const Instants range = instantsOf(task, zone);
    const QString members =
        u"\"range\":{\"startTime\":\"%1\",\"endTime\":\"%2\"},\"windowSize\":\"%3s\""_s.arg(
            range.from, range.to, QString::number(row.windowSeconds));
    return withPage(members.toLatin1(), task);
}

QByteArray dailyRollUpBody(const FetchTask &task)
{
    const QByteArray range = "\"range\":{\"start\":" + civilDateJson(task.first) +
                             ",\"end\":" + civilDateJson(task.last.addDays(1)) + '}';
    return withPage(
        range + ",\"windowSizeDays\":1,\"dataSourceFamily\":\"users/me/dataSourceFamilies/all-sources\"",
        task);
}

QString filterOf(const GoogleHealthType &row, const FetchTask &task, const Zone &zone)
{
    Instants range{task.first.toString(Qt::ISODate), task.last.addDays(1).toString(Qt::ISODate)};
    if (!hasCivilDates(row))
        range = instantsOf(task, zone);
    const QString name = QString(row.path).replace(u'-', u'_') + u'.' + filterMember(row);
    return u"%1 >= \"%2\" AND %1 < \"%3\""_s.arg(name, range.from, range.to);
}

HttpRequest listRequest(const GoogleHealthType &row, const QString &path, const FetchTask &task,
                        const Settings &settings, const Zone &zone)
{
    Query query;
    query.add("filter", filterOf(row, task, zone));
    query.add("pageSize", QString::number(row.pageSize));
    if (!task.page.isEmpty())
        query.add("pageToken", task.page);
    return requestFor(path, query, settings);
}

HttpRequest rollUpRequest(const QString &path, const QByteArray &body, const Settings &settings)
{
    HttpRequest request = requestFor(path, {}, settings);
    request.method = "POST";
    request.headers.append(QPair<QByteArray, QByteArray>("Content-Type", "application/json"));
    request.body = body;
    return request;
}

} // namespace

HttpRequest googleHealthRequest(const GoogleHealthType &row, const FetchTask &task, const Settings &settings,
                                const Zone &zone)
{
    const QString points = u"dataTypes/%1/dataPoints"_s.arg(row.path);
    switch (row.call) {
    case GoogleHealthCall::List:
        return listRequest(row, points, task, settings, zone);
    case GoogleHealthCall::Reconcile:
        return listRequest(row, points + u":reconcile"_s, task, settings, zone);
    case GoogleHealthCall::RollUp:
        return rollUpRequest(points + u":rollUp"_s, rollUpBody(row, task, zone), settings);
    case GoogleHealthCall::DailyRollUp:
        break;
    }
    return rollUpRequest(points + u":dailyRollUp"_s, dailyRollUpBody(task), settings);
}

HttpRequest googleHealthGet(const QString &resource, const Settings &settings)
{
    return requestFor(resource, {}, settings);
}

} // namespace wristkeep
