// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pagedprovider.h"

#include "core/civilday.h"
#include "core/json.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <map>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

DataType typeOf(const QString &id, int maxDays)
{
    DataType type;
    type.id = id;
    type.title = u"Beats, every minute"_s;
    type.inDefaultRun = true;
    type.maxDaysPerRequest = maxDays;
    return type;
}

} // namespace

QByteArray pagedPoint(QDate date, int minute, int value)
{
    return "{\"d\":\"" + date.toString(Qt::ISODate).toLatin1() + "\",\"t\":" + QByteArray::number(minute) +
           ",\"v\":" + QByteArray::number(value) + '}';
}

QByteArray pagedAnswer(const QByteArrayList &points, const QByteArray &next)
{
    return "{\"points\":[" + points.join(',') + "],\"next\":\"" + next + "\"}";
}

const QList<DataType> &PagedProvider::dataTypes() const
{
    static const QList<DataType> types{typeOf(u"beats_1min"_s, 7), typeOf(u"listed_1min"_s, 7),
                                       typeOf(u"beats_raw"_s, 1)};
    return types;
}

OAuthClient PagedProvider::oauthClient(const Settings &) const
{
    OAuthClient client;
    client.provider = id();
    client.providerTitle = title();
    client.clientId = u"someone"_s;
    client.tokenUrl = m_base.resolved(QUrl(u"/token"_s));
    client.classifyError = [](const HttpResponse &) { return Error(); };
    return client;
}

Result<HttpRequest> PagedProvider::request(const FetchTask &task, const Settings &, const Zone &) const
{
    HttpRequest request;
    if (task.page.startsWith(u"http"_s)) {
        request.url = QUrl(task.page);
        return request;
    }
    request.url = m_base.resolved(QUrl(u"/v1/%1:read"_s.arg(task.dataType)));
    const QString days = task.first.toString(Qt::ISODate) + u'/' + task.last.toString(Qt::ISODate);
    if (task.dataType == u"listed_1min"_s) {
        QUrlQuery query{{u"days"_s, days}};
        if (!task.page.isEmpty())
            query.addQueryItem(u"pageToken"_s, QString::fromLatin1(QUrl::toPercentEncoding(task.page)));
        request.url.setQuery(query);
        return request;
    }
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{\"days\":\"" + days.toLatin1() + "\",\"page\":\"" + task.page.toLatin1() + "\"}";
    return request;
}

Result<Batch> PagedProvider::parse(const QByteArray &body, const ParseContext &context) const
{
    const auto root = JsonNode::parse(body);
    const auto items = root ? root->member(u"points"_s).and_then([](const JsonNode &n) { return n.items(); })
                            : Result<QList<JsonNode>>(failure(root.error()));
    if (!items)
        return failure(items.error());
    Batch batch;
    batch.dataType = context.task.dataType;
    batch.nextPage = root->value().toObject().value(u"next"_s).toString();
    std::map<QDate, int> points;
    SampleSeries series{context.task.dataType, u"1min"_s, u"bpm"_s, {}};
    for (const JsonNode &item : *items) {
        const QJsonObject point = item.value().toObject();
        const QDate date = QDate::fromString(point.value(u"d"_s).toString(), Qt::ISODate);
        ++points[date];
        series.samples.push_back({civilDay(date, context.zone).startUtc + 60LL * point.value(u"t"_s).toInt(),
                                  point.value(u"v"_s).toDouble()});
    }
    std::sort(series.samples.begin(), series.samples.end(),
              [](const Sample &a, const Sample &b) { return a.t < b.t; });
    batch.series.append(series);
    for (QDate day = context.task.first; day <= context.task.last; day = day.addDays(1))
        batch.days.append({day, points[day] > 0, points[day]});
    return batch;
}

Result<DayBodies> PagedProvider::dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                           const ParseContext &) const
{
    DayBodies divided;
    for (const QDate date : dates) {
        const QRegularExpression element(u"\\{\"d\":\"%1\"[^}]*\\}"_s.arg(date.toString(Qt::ISODate)));
        QByteArrayList points;
        for (const QByteArray &body : bodies) {
            for (auto it = element.globalMatch(QString::fromUtf8(body)); it.hasNext();)
                points.append(it.next().captured(0).toUtf8());
        }
        divided.insert(date, pagedAnswer(points));
    }
    return divided;
}

HttpRequest PagedProvider::profileRequest(const Settings &) const
{
    HttpRequest request;
    request.url = m_base;
    return request;
}

Result<RemoteProfile> PagedProvider::parseProfile(const QByteArray &) const
{
    return RemoteProfile();
}

Error PagedProvider::classify(const HttpResponse &response, qint64) const
{
    Error error;
    error.httpStatus = response.status;
    error.kind = response.status == 401   ? ErrorKind::TokenRefused
                 : response.status == 429 ? ErrorKind::RateLimited
                 : response.status >= 500 ? ErrorKind::ServiceFailing
                                          : ErrorKind::RequestRefused;
    return error;
}

} // namespace wristkeep::test
