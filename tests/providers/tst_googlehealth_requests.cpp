// SPDX-License-Identifier: GPL-3.0-or-later

// What goes out, byte for byte, for every type: paths, filters, bodies, days with a clock change, pages.

#include "core/settings.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QByteArray base = "http://127.0.0.1:8080/v4/users/me/dataTypes/";

Settings settings()
{
    Settings result;
    result.values.insert(u"GOOGLE_HEALTH_API_URL"_s,
                         SettingValue{u"http://127.0.0.1:8080"_s, SettingOrigin::Environment, {}});
    return result;
}

Zone zone(const char *id)
{
    return Zone{QTimeZone(id), ZoneSource::Profile};
}

Result<HttpRequest> ask(const QString &type, QDate first, QDate last, const QString &page = {},
                        const char *zoneId = "Europe/Berlin")
{
    const FetchTask task{AccountKey{u"default"_s, u"google-health"_s}, type, first, last, page};
    return findProvider(u"google-health"_s).value()->request(task, settings(), zone(zoneId));
}

} // namespace

class TstGoogleHealthRequests : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyType_data();
    void everyType();
    void headers();
    void daysAcrossClockChanges_data();
    void daysAcrossClockChanges();
    void minutesStartOnTheMinute();
    void pageTokensAreEncoded();
    void refusesWhatItHasNot();
};

void TstGoogleHealthRequests::everyType_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QString &type, int days, const QString &page,
                        const QByteArray &url, const QByteArray &body) {
        QTest::newRow(name) << type << days << page << base + url << body;
    };
    row("steps", u"steps"_s, 1, {}, "steps/dataPoints:dailyRollUp?prettyPrint=false",
        R"({"range":{"start":{"date":{"year":2026,"month":11,"day":21}},)"
        R"("end":{"date":{"year":2026,"month":11,"day":22}}},"windowSizeDays":1,)"
        R"("dataSourceFamily":"users/me/dataSourceFamilies/all-sources"})");
    row("steps, 90 days", u"steps"_s, 90, u"T"_s, "steps/dataPoints:dailyRollUp?prettyPrint=false",
        R"({"range":{"start":{"date":{"year":2026,"month":11,"day":21}},)"
        R"("end":{"date":{"year":2027,"month":2,"day":19}}},"windowSizeDays":1,)"
        R"("dataSourceFamily":"users/me/dataSourceFamilies/all-sources","pageToken":"T"})");
    row("steps by the minute", u"steps_1min"_s, 1, {}, "steps/dataPoints:rollUp?prettyPrint=false",
        R"({"range":{"startTime":"2026-11-20T23:00:00Z","endTime":"2026-11-21T23:00:00Z"},"windowSize":"60s"})");
    row("steps by the minute, 14 days", u"steps_1min"_s, 14, {}, "steps/dataPoints:rollUp?prettyPrint=false",
        R"({"range":{"startTime":"2026-11-20T23:00:00Z","endTime":"2026-12-04T23:00:00Z"},"windowSize":"60s"})");
    row("heart rate", u"heartrate_1min"_s, 1, {}, "heart-rate/dataPoints:rollUp?prettyPrint=false",
        R"({"range":{"startTime":"2026-11-20T23:00:00Z","endTime":"2026-11-21T23:00:00Z"},"windowSize":"60s"})");
    row("heart rate, 13 days, a page", u"heartrate_1min"_s, 13, u"a\"b"_s,
        "heart-rate/dataPoints:rollUp?prettyPrint=false",
        R"({"range":{"startTime":"2026-11-20T23:00:00Z","endTime":"2026-12-03T23:00:00Z"},"windowSize":"60s",)"
        R"("pageToken":"a\"b"})");
    row("readings", u"heartrate_raw"_s, 1, {},
        "heart-rate/dataPoints:reconcile?filter=heart_rate.sample_time.physical_time%20%3E%3D%20%22"
        "2026-11-20T23%3A00%3A00Z%22%20AND%20heart_rate.sample_time.physical_time%20%3C%20%22"
        "2026-11-21T23%3A00%3A00Z%22&pageSize=10000&prettyPrint=false",
        {});
    row("readings, a page", u"heartrate_raw"_s, 1, u"CAES+/=&x"_s,
        "heart-rate/dataPoints:reconcile?filter=heart_rate.sample_time.physical_time%20%3E%3D%20%22"
        "2026-11-20T23%3A00%3A00Z%22%20AND%20heart_rate.sample_time.physical_time%20%3C%20%22"
        "2026-11-21T23%3A00%3A00Z%22&pageSize=10000&pageToken=CAES%2B%2F%3D%26x&prettyPrint=false",
        {});
    for (const auto &[type, path] :
         {std::pair(u"distance"_s, "distance"), std::pair(u"floors"_s, "floors"),
          std::pair(u"elevation"_s, "altitude"), std::pair(u"calories"_s, "total-calories"),
          std::pair(u"active_zone_minutes"_s, "active-zone-minutes"),
          std::pair(u"active_minutes"_s, "active-minutes"),
          std::pair(u"sedentary_minutes"_s, "sedentary-period"),
          std::pair(u"heart_rate_zone_minutes"_s, "time-in-heart-rate-zone")})
        row(path, type, 14, {}, QByteArray(path) + "/dataPoints:dailyRollUp?prettyPrint=false",
            R"({"range":{"start":{"date":{"year":2026,"month":11,"day":21}},)"
            R"("end":{"date":{"year":2026,"month":12,"day":5}}},"windowSizeDays":1,)"
            R"("dataSourceFamily":"users/me/dataSourceFamilies/all-sources"})");
    // By the civil end, in pages of 25: a larger page would be refused or cut down.
    row("sleep", u"sleep"_s, 1, {},
        "sleep/dataPoints?filter=sleep.interval.civil_end_time%20%3E%3D%20%222026-11-21%22%20AND%20"
        "sleep.interval.civil_end_time%20%3C%20%222026-11-22%22&pageSize=25&prettyPrint=false",
        {});
    row("sleep, 14 days, a page", u"sleep"_s, 14, u"T"_s,
        "sleep/dataPoints?filter=sleep.interval.civil_end_time%20%3E%3D%20%222026-11-21%22%20AND%20"
        "sleep.interval.civil_end_time%20%3C%20%222026-12-05%22&pageSize=25&pageToken=T&prettyPrint=false",
        {});
    row("weight", u"weight"_s, 1, {},
        "weight/dataPoints?filter=weight.sample_time.physical_time%20%3E%3D%20%22"
        "2026-11-20T23%3A00%3A00Z%22%20AND%20weight.sample_time.physical_time%20%3C%20%22"
        "2026-11-21T23%3A00%3A00Z%22&pageSize=10000&prettyPrint=false",
        {});
    row("body fat", u"body_fat"_s, 90, {},
        "body-fat/dataPoints?filter=body_fat.sample_time.physical_time%20%3E%3D%20%22"
        "2026-11-20T23%3A00%3A00Z%22%20AND%20body_fat.sample_time.physical_time%20%3C%20%22"
        "2027-02-18T23%3A00%3A00Z%22&pageSize=10000&prettyPrint=false",
        {});
    row("zones", u"heart_rate_zones"_s, 1, {},
        "daily-heart-rate-zones/dataPoints?filter=daily_heart_rate_zones.date%20%3E%3D%20%22"
        "2026-11-21%22%20AND%20daily_heart_rate_zones.date%20%3C%20%222026-11-22%22"
        "&pageSize=10000&prettyPrint=false",
        {});
    row("resting rate", u"resting_heart_rate"_s, 90, {},
        "daily-resting-heart-rate/dataPoints?filter=daily_resting_heart_rate.date%20%3E%3D%20%22"
        "2026-11-21%22%20AND%20daily_resting_heart_rate.date%20%3C%20%222027-02-19%22"
        "&pageSize=10000&prettyPrint=false",
        {});
}

void TstGoogleHealthRequests::everyType()
{
    QFETCH(QString, type);
    QFETCH(int, days);
    QFETCH(QString, page);
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, body);
    const QDate first(2026, 11, 21);
    const auto request = ask(type, first, first.addDays(days - 1), page);
    QVERIFY(request);
    QCOMPARE(request->url.toEncoded(), url);
    QCOMPARE(request->body, body);
    QCOMPARE(request->method, QByteArray(body.isEmpty() ? "GET" : "POST"));
    QVERIFY(body.isEmpty() || QJsonDocument::fromJson(body).isObject());
    QVERIFY(!request->sendOnce); // also a roll-up only reads
}

void TstGoogleHealthRequests::headers()
{
    const QDate day(2026, 11, 21);
    for (const auto &type : {u"steps"_s, u"heartrate_raw"_s}) {
        const HttpRequest request = ask(type, day, day).value();
        QHash<QByteArray, QByteArray> headers;
        for (const auto &[name, value] : request.headers)
            headers.insert(name.toLower(), value);
        QCOMPARE(headers.value("accept"), QByteArray("application/json"));
        QCOMPARE(headers.value("accept-language"), QByteArray("en"));
        QCOMPARE(headers.value("content-type"), QByteArray(type == u"steps"_s ? "application/json" : ""));
        QVERIFY(!headers.contains("authorization"));
    }
}

void TstGoogleHealthRequests::daysAcrossClockChanges_data()
{
    QTest::addColumn<QByteArray>("zoneId");
    QTest::addColumn<QDate>("day");
    QTest::addColumn<QByteArray>("range");
    const auto row = [](const char *zoneId, QDate day, const QByteArray &range) {
        QTest::newRow(qPrintable(QString::fromLatin1(zoneId) + u' ' + day.toString(Qt::ISODate)))
            << QByteArray(zoneId) << day << range;
    };
    row("Europe/Berlin", QDate(2026, 3, 29),
        R"("startTime":"2026-03-28T23:00:00Z","endTime":"2026-03-29T22:00:00Z")");
    row("Europe/Berlin", QDate(2026, 10, 25),
        R"("startTime":"2026-10-24T22:00:00Z","endTime":"2026-10-25T23:00:00Z")");
    row("America/Los_Angeles", QDate(2026, 11, 1),
        R"("startTime":"2026-11-01T07:00:00Z","endTime":"2026-11-02T08:00:00Z")");
    row("Pacific/Chatham", QDate(2026, 11, 21),
        R"("startTime":"2026-11-20T10:15:00Z","endTime":"2026-11-21T10:15:00Z")");
    row("Asia/Kolkata", QDate(2026, 11, 21),
        R"("startTime":"2026-11-20T18:30:00Z","endTime":"2026-11-21T18:30:00Z")");
    // The clock skips midnight: the day begins at one.
    row("America/Sao_Paulo", QDate(2018, 11, 4),
        R"("startTime":"2018-11-04T03:00:00Z","endTime":"2018-11-05T02:00:00Z")");
}

void TstGoogleHealthRequests::daysAcrossClockChanges()
{
    QFETCH(QByteArray, zoneId);
    QFETCH(QDate, day);
    QFETCH(QByteArray, range);
    const auto request = ask(u"heartrate_1min"_s, day, day, {}, zoneId.constData());
    QVERIFY(request);
    QVERIFY2(request->body.contains(range), request->body.constData());
}

// Windows follow their start: off the minute they would be other windows at every sync.
void TstGoogleHealthRequests::minutesStartOnTheMinute()
{
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        const auto request =
            ask(u"heartrate_1min"_s, QDate(2026, 3, 25), QDate(2026, 4, 6), {}, id.constData());
        QVERIFY2(request->body.contains(":00Z\",\"endTime\"") && request->body.contains(":00Z\"},"),
                 request->body.constData());
    }
}

void TstGoogleHealthRequests::pageTokensAreEncoded()
{
    const QDate day(2026, 11, 21);
    const QString token = u"\"\\ü&=%2B {}"_s;
    const auto posted = ask(u"steps"_s, day, day, token);
    QCOMPARE(QJsonDocument::fromJson(posted->body)[u"pageToken"_s].toString(), token);
    const auto got = ask(u"heartrate_raw"_s, day, day, token);
    QVERIFY2(got->url.toEncoded().contains("&pageToken=%22%5C%C3%BC%26%3D%252B%20%7B%7D&"),
             got->url.toEncoded().constData());
}

void TstGoogleHealthRequests::refusesWhatItHasNot()
{
    const QDate day(2026, 11, 21);
    for (const auto &refused :
         {ask(u"exercise"_s, day, day), ask(u"sleep"_s, day, day.addDays(14)), ask({}, day, day),
          ask(u"steps"_s, day, day.addDays(-1)), ask(u"steps"_s, {}, day), ask(u"steps"_s, day, {}),
          ask(u"steps"_s, day, day.addDays(90)), ask(u"calories"_s, day, day.addDays(14)),
          ask(u"active_minutes"_s, day, day.addDays(14)), ask(u"distance"_s, day, day.addDays(90)),
          ask(u"heartrate_1min"_s, day, day.addDays(14)), ask(u"heartrate_raw"_s, day, day.addDays(1))}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Internal);
    }
}

QTEST_GUILESS_MAIN(TstGoogleHealthRequests)
#include "tst_googlehealth_requests.moc"
